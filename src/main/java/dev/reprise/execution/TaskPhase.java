package dev.reprise.execution;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a task has come, as far as the journal tells. Each phase keeps what the ones before it told.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html">AWS, Service integration
 *     patterns</a>
 */
public sealed interface TaskPhase {

    /** The execution asks for it. Whether anybody has begun to do it, no entry tells. */
    record Requested() implements TaskPhase {

        /** The only one there need be. */
        public static final Requested INSTANCE = new Requested();

        @Override
        public TaskPhase begun(Instant at, @Nullable String worker) {
            return new Begun(at, worker);
        }

        @Override
        public TaskPhase submitted(Instant at, @Nullable JsonNode response) {
            return new Submitted(at, response, null);
        }
    }

    /**
     * Somebody has begun to do it ({@link Entry.TaskStarted}).
     *
     * @param worker the name that an activity's worker gives itself; null when there is none
     */
    record Begun(Instant at, @Nullable String worker) implements TaskPhase {

        @Override
        public TaskPhase begun(Instant again, @Nullable String other) {
            return new Begun(again, other);
        }

        @Override
        public TaskPhase submitted(Instant taken, @Nullable JsonNode response) {
            return new Submitted(taken, response, this);
        }

        @Override
        public Begun beginning() {
            return this;
        }
    }

    /**
     * Whoever does it has taken it on ({@link Entry.TaskSubmitted}): it must not be asked for again, only waited for.
     *
     * @param response what the request was answered with, by which a job is known; null when there was nothing to tell
     * @param beginning that it was begun; null when no entry tells of it
     */
    record Submitted(
            Instant at,
            @Nullable JsonNode response,
            @Nullable Begun beginning) implements TaskPhase {

        @Override
        public TaskPhase begun(Instant started, @Nullable String worker) {
            return new Submitted(at, response, new Begun(started, worker));
        }

        @Override
        public TaskPhase submitted(Instant again, @Nullable JsonNode other) {
            return new Submitted(again, other, beginning);
        }

        @Override
        public Submitted submission() {
            return this;
        }
    }

    /**
     * A heartbeat came that mattered ({@link Entry.TaskHeard}).
     *
     * @param at when it came
     * @param phase how far the task has come otherwise
     */
    record Heard(Instant at, TaskPhase phase) implements TaskPhase {

        public Heard {
            if (phase instanceof Heard) {
                throw new IllegalArgumentException("The last heartbeat counts alone, not after " + phase);
            }
        }

        @Override
        public TaskPhase begun(Instant started, @Nullable String worker) {
            return new Heard(at, phase.begun(started, worker));
        }

        @Override
        public TaskPhase submitted(Instant taken, @Nullable JsonNode response) {
            return new Heard(at, phase.submitted(taken, response));
        }

        @Override
        public TaskPhase heard(Instant again) {
            return new Heard(again, phase);
        }

        @Override
        public @Nullable Begun beginning() {
            return phase.beginning();
        }

        @Override
        public @Nullable Submitted submission() {
            return phase.submission();
        }

        @Override
        public Instant heardAt() {
            return at;
        }
    }

    /** The phase after somebody has begun. */
    TaskPhase begun(Instant at, @Nullable String worker);

    /** The phase after somebody has taken it on. */
    TaskPhase submitted(Instant at, @Nullable JsonNode response);

    /** The phase after a heartbeat. */
    default TaskPhase heard(Instant at) {
        return new Heard(at, this);
    }

    /** That somebody has begun to do it; null when no entry tells of it. */
    default @Nullable Begun beginning() {
        return null;
    }

    /** That somebody has taken it on; null when no entry tells of it. */
    default @Nullable Submitted submission() {
        return null;
    }

    /** When the last heartbeat came that mattered; null when none did. */
    default @Nullable Instant heardAt() {
        return null;
    }
}
