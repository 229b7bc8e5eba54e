package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing that the interpreter asks the outside to do. It must not begin before the entry that caused it is durable. */
public sealed interface Effect {

    /** Its name; entries that answer it carry the same. */
    EffectId id();

    /**
     * Run a task and answer with {@link Entry.TaskSucceeded} or {@link Entry.TaskFailed}.
     *
     * @param state the Task state's name
     * @param resource URI of what runs it
     * @param input what the task gets ({@code Parameters} or {@code Arguments} evaluated, else the state's input)
     * @param attempt 0 for the first attempt, 1 for the first retry, …
     * @param requestedAt what its bounds count from
     * @param timeout how long it may last; null when there is no bound
     * @param heartbeat the longest silence allowed; null when there is no bound
     * @param credentials evaluated {@code Credentials}; null when absent
     * @param submitted whether whoever does it has taken it on ({@link Entry.TaskSubmitted}): it must not be asked for again, only waited for
     */
    record RunTask(
            EffectId id,
            String state,
            String resource,
            JsonNode input,
            int attempt,
            Instant requestedAt,
            @Nullable Duration timeout,
            @Nullable Duration heartbeat,
            @Nullable JsonNode credentials,
            boolean submitted)
            implements Effect {

        /** When a {@link TimerKind#TIMEOUT} is due; null when there is no bound. */
        public @Nullable Instant timeoutAt() {
            return timeout == null ? null : requestedAt.plus(timeout);
        }

        /** When a {@link TimerKind#HEARTBEAT} is due, unless one is heard before; null when there is no bound. */
        public @Nullable Instant heartbeatAt() {
            return heartbeat == null ? null : requestedAt.plus(heartbeat);
        }

        /** The same task, taken on. */
        RunTask asSubmitted() {
            return new RunTask(id, state, resource, input, attempt, requestedAt, timeout, heartbeat, credentials, true);
        }
    }

    /**
     * Read a distributed Map's data set, and answer with {@link Entry.ItemsRead} or {@link Entry.TaskFailed}.
     *
     * @param state the Map state's name
     * @param request where the data set is, and how it is read
     */
    record ReadItems(EffectId id, String state, DataSetRequest request) implements Effect {}

    /**
     * Write a part of a distributed Map's results, and answer with {@link Entry.TaskSucceeded}, whose output says where it is, or with {@link Entry.TaskFailed}.
     *
     * @param state the Map state's name
     * @param results what is to be written
     */
    record WriteResults(EffectId id, String state, MapResults results) implements Effect {}

    /** Answer with {@link Entry.TimerFired} once {@code due} has come. */
    record StartTimer(EffectId id, TimerKind kind, Instant due) implements Effect {}

    /** Nobody waits for this effect any more: cancel its task and its timers. */
    record Abandon(EffectId id) implements Effect {}

    /** The execution has ended. Always the last effect. */
    record End(EffectId id, Outcome outcome) implements Effect {}
}
