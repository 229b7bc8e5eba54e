package dev.reprise.journal.store;

import dev.reprise.execution.ExecutionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which executions there are, and which somebody has to look after. It may lag some moments behind. A part of an {@link
 * ExecutionStore}, which says what holds for every method.
 */
public interface ExecutionIndex {

    /**
     * A workflow's executions, newest first. Reads an index, which may lag some moments behind, then the heads.
     *
     * @param limit at least 1, at most 100
     * @param token {@link Page#next} of the page before; null for the first
     * @throws IllegalArgumentException when the token is none that this method gave
     */
    Page<Head> list(String workflow, int limit, @Nullable String token, UnitMeter meter);

    /**
     * Executions in one partition of {@link JournalTable#BY_LABEL}, newest first. Reads an index, which may lag some
     * moments behind, then the heads.
     *
     * @param partition {@link JournalTable#label} or {@link JournalTable#ended}
     * @param from when they started at the earliest; null for any time
     * @param to when they started at the latest; null for any time
     * @param limit at least 1, at most 100
     * @param token {@link Page#next} of the page before; null for the first
     * @throws IllegalArgumentException when the token is none that this method gave
     */
    Page<Head> labelled(
            String partition,
            @Nullable Instant from,
            @Nullable Instant to,
            int limit,
            @Nullable String token,
            UnitMeter meter);

    /**
     * Puts an execution's labels, those that it begins with, where they are found; nothing happens to those that are
     * there.
     */
    void putLabels(ExecutionId id, Map<String, String> labels, Instant startedAt, UnitMeter meter);

    /**
     * Executions to resume by {@code until}, earliest first: suspended ones whose wake-up time comes, leased ones whose
     * lease ends, and closed ones of whose end others are still to be told. Reads an index, which may lag some moments
     * behind.
     *
     * @param limit at least 1
     */
    List<DueExecution> due(Instant until, int limit, UnitMeter meter);

    /**
     * Closed executions whose retention ends by {@code until}, and that are more than a head; earliest first. For the
     * sweeper, as {@link #due} is.
     */
    List<DueExecution> expired(Instant until, int limit, UnitMeter meter);
}
