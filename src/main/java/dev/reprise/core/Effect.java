package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.asl.TaskSemantics;
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
     * @param resource what runs it
     * @param pattern when it is over
     * @param semantics what becomes of it when it was begun and its process died
     * @param input what the task gets ({@code Parameters} or {@code Arguments} evaluated, else the state's input)
     * @param attempt 0 for the first attempt, 1 for the first retry, …
     * @param requestedAt when it was asked for
     * @param timeout how long it may last; null when there is no bound
     * @param heartbeat the longest silence allowed; null when there is no bound
     * @param credentials evaluated {@code Credentials}; null when absent
     * @param submitted whether whoever does it has taken it on ({@link Entry.TaskSubmitted}): it must not be asked for again, only waited for
     * @param startedAt when somebody began to do it, as far as that is recorded ({@link Entry.TaskStarted}); null when it is not
     * @param heardAt when its last heartbeat came that mattered ({@link Entry.TaskHeard}); null when none did
     */
    record RunTask(
            EffectId id,
            String state,
            Resource resource,
            TaskPattern pattern,
            TaskSemantics semantics,
            JsonNode input,
            int attempt,
            Instant requestedAt,
            @Nullable Duration timeout,
            @Nullable Duration heartbeat,
            @Nullable JsonNode credentials,
            boolean submitted,
            @Nullable Instant startedAt,
            @Nullable Instant heardAt)
            implements Effect {

        /** When a {@link TimerKind#TIMEOUT} is due; null when there is no bound, or its time does not count yet. */
        public @Nullable Instant timeoutAt() {
            return after(timeout, begunAt());
        }

        /** When a {@link TimerKind#HEARTBEAT} is due, unless one is heard before; null when there is no bound, or its time does not count yet. */
        public @Nullable Instant heartbeatAt() {
            return after(heartbeat, heardAt == null ? begunAt() : heardAt);
        }

        private static @Nullable Instant after(@Nullable Duration bound, @Nullable Instant from) {
            return bound == null || from == null ? null : from.plus(bound);
        }

        /** The bounds of an activity count from when a worker takes it, not while it waits for one. */
        private @Nullable Instant begunAt() {
            return pattern == TaskPattern.ACTIVITY ? startedAt : requestedAt;
        }

        /** Whether its start is to be recorded: an activity's, and that of a task that must not run twice. */
        public boolean isStartRecorded() {
            return pattern == TaskPattern.ACTIVITY || semantics == TaskSemantics.AT_MOST_ONCE_PER_RETRY;
        }

        /** Whether it was begun and must not be begun again, while nobody is known to have taken it on: what became of it cannot be known any more. */
        public boolean isInterrupted() {
            return pattern != TaskPattern.ACTIVITY && startedAt != null && !submitted;
        }

        /** The same task, taken on. */
        public RunTask asSubmitted() {
            return with(true, startedAt, heardAt);
        }

        /** The same task, begun. */
        RunTask asStarted(Instant at) {
            return with(submitted, at, heardAt);
        }

        /** The same task, heard of. */
        RunTask asHeard(Instant at) {
            return with(submitted, startedAt, at);
        }

        private RunTask with(boolean taken, @Nullable Instant started, @Nullable Instant heard) {
            return new RunTask(
                    id,
                    state,
                    resource,
                    pattern,
                    semantics,
                    input,
                    attempt,
                    requestedAt,
                    timeout,
                    heartbeat,
                    credentials,
                    taken,
                    started,
                    heard);
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
