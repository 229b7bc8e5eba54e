package dev.reprise.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was seen of one execution. Times are the scheduler's. */
final class Course {

    static final long NEVER = Long.MAX_VALUE;

    final ExecutionId id;

    /** The task that started it; null for the client's own. */
    final @Nullable Caller caller;

    final JsonNode input;

    /** When the table took its head. */
    final long createdAt;

    final NavigableMap<Long, Witness.Written> segments = new TreeMap<>();
    final List<Witness.TaskStart> taskStarts = new ArrayList<>();
    final List<Witness.Poll> polls = new ArrayList<>();
    final List<Witness.Answer> answers = new ArrayList<>();

    /** Tasks that ran on when the invocations that had begun them answered. */
    final Map<DeafTask, SimulatedInvocation> outlived = new LinkedHashMap<>();

    /** When the head took the end; never while it runs. */
    long closedAt = NEVER;

    /** When its retention is over, as long as it has ended. */
    long retainedUntil = NEVER;

    /** When somebody was first told that the execution is stopped, or will be. */
    long stopAnsweredAt = NEVER;

    /** Whether anybody has asked for its stop. */
    boolean wasStopped;

    /** When the execution was redriven the last time; before everything when it never was. */
    long redrivenAt = -1;

    /** When it started, as its head tells. */
    final Instant startedAt;

    /** Whether another execution had its name before, which has ended and outlived its retention. */
    boolean isNamedAnew;

    Course(ExecutionId id, Instant startedAt, @Nullable Caller caller, JsonNode input, long createdAt) {
        this.id = id;
        this.startedAt = startedAt;
        this.caller = caller;
        this.input = input;
        this.createdAt = createdAt;
    }

    /** Whether it was deleted, which is for after its retention. */
    boolean deleted;

    boolean wasRedriven() {
        return redrivenAt >= 0;
    }
}
