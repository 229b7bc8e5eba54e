package dev.reprise.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.asl.TaskSemantics;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the interpreter asks the outside to do. It must not begin before the entry that caused it is durable.
 */
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
     * @param phase how far it has come, as far as the journal tells
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
            TaskPhase phase)
            implements Effect {

        /**
         * From when {@code TimeoutSeconds} and {@code HeartbeatSeconds} count: an activity's from when a worker takes
         * it, that of any other task which somebody else does from when it was taken on. Null as long as no entry
         * tells: an activity's do not count yet, those of any other task count from when it is really asked for, which
         * may be again after a crash.
         */
        public @Nullable Instant boundsFrom() {
            if (pattern == TaskPattern.ACTIVITY) {
                TaskPhase.Begun taken = phase.beginning();
                return taken == null ? null : taken.at();
            }
            TaskPhase.Submitted submission = phase.submission();
            return submission == null ? null : submission.at();
        }

        /** When a {@link TimerKind#TIMEOUT} is due whose time counts from then; null when there is no bound. */
        public @Nullable Instant timeoutAt(Instant from) {
            return timeout == null ? null : from.plus(timeout);
        }

        /**
         * When a {@link TimerKind#HEARTBEAT} is due whose time counts from then, or from the last heartbeat, if that
         * came later; null when there is no bound.
         */
        public @Nullable Instant heartbeatAt(Instant from) {
            if (heartbeat == null) {
                return null;
            }
            Instant heard = phase.heardAt();
            return (heard == null || heard.isBefore(from) ? from : heard).plus(heartbeat);
        }

        /** Whether its start is to be recorded: an activity's, and that of a task that must not run twice. */
        public boolean isStartRecorded() {
            return pattern == TaskPattern.ACTIVITY || semantics == TaskSemantics.AT_MOST_ONCE_PER_RETRY;
        }

        /**
         * Whether it was begun and must not be begun again, while nobody is known to have taken it on: what became of
         * it cannot be known any more.
         */
        public boolean isInterrupted() {
            return semantics == TaskSemantics.AT_MOST_ONCE_PER_RETRY
                    && pattern != TaskPattern.ACTIVITY
                    && phase.beginning() != null
                    && phase.submission() == null;
        }

        /** The same task, in another phase. */
        public RunTask in(TaskPhase other) {
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
                    other);
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
     * Write a part of a distributed Map's results, and answer with {@link Entry.TaskSucceeded}, whose output says where
     * it is, or with {@link Entry.TaskFailed}.
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
