package dev.reprise.execution;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact that the interpreter could not have computed. The journal is a list of these, in the order in which they took
 * effect.
 */
public sealed interface Entry {

    /** When it happened; the logical time of everything computed from it. Millisecond precision. */
    Instant at();

    /** The same fact as if it had happened at another time. */
    default Entry movedTo(Instant time) {
        return switch (this) {
            case Started entry -> new Started(time, entry.input());
            case TaskSubmitted entry -> new TaskSubmitted(entry.effect(), time, entry.response());
            case TaskStarted entry -> new TaskStarted(entry.effect(), time, entry.worker());
            case TaskHeard entry -> new TaskHeard(entry.effect(), time, entry.heardAt());
            case ItemsRead entry -> new ItemsRead(entry.effect(), time, entry.version(), entry.count());
            case TaskSucceeded entry -> new TaskSucceeded(entry.effect(), time, entry.output());
            case TaskFailed entry -> new TaskFailed(entry.effect(), time, entry.error());
            case TimerFired entry -> new TimerFired(entry.effect(), time, entry.kind());
            case Stopped entry -> new Stopped(time, entry.error(), entry.cause());
            case GivenUp entry -> new GivenUp(time, entry.error());
            case Redriven entry -> new Redriven(time, entry.count());
            case Interrupted entry ->
                new Interrupted(entry.transitions(), entry.end().movedTo(time));
        };
    }

    /** A fact about one effect of one scope. */
    sealed interface OfEffect extends Entry {
        /** The effect that it answers. */
        EffectId effect();
    }

    /** The execution began. Always the first entry. */
    record Started(Instant at, JsonNode input) implements Entry {}

    /**
     * Whoever does a task has taken it on: the request of a {@code .sync} or {@code .waitForTaskToken} task was
     * answered, or an activity was queued. The task goes on.
     *
     * @param response what the request was answered with; null for an activity
     */
    record TaskSubmitted(
            EffectId effect, Instant at, @Nullable JsonNode response) implements OfEffect {}

    /**
     * Somebody has begun to do a task: a worker took an activity, or a task that must not run twice is about to be
     * asked for.
     *
     * @param worker the name that an activity's worker gives itself; null when there is none
     */
    record TaskStarted(
            EffectId effect, Instant at, @Nullable String worker) implements OfEffect {}

    /**
     * A task would have timed out, had a heartbeat of it not come. Other heartbeats are not told.
     *
     * @param heardAt when it came; from then on its {@code HeartbeatSeconds} count anew
     */
    record TaskHeard(EffectId effect, Instant at, Instant heardAt) implements OfEffect {}

    /**
     * A distributed Map's data set was read. The items themselves are no part of the journal: whoever replays it reads
     * them again, of this version, before it has the interpreter take this in ({@link Provisions#items}).
     *
     * @param version what tells this data set from one that has changed, such as an object's version or entity tag
     * @param count how many items it has
     */
    record ItemsRead(EffectId effect, Instant at, String version, int count) implements OfEffect {}

    /** A task gave its result, or results were written. */
    record TaskSucceeded(EffectId effect, Instant at, JsonNode output) implements OfEffect {}

    /** A task failed. */
    record TaskFailed(EffectId effect, Instant at, StatesError error) implements OfEffect {}

    /** A timer's time came. */
    record TimerFired(EffectId effect, Instant at, TimerKind kind) implements OfEffect {}

    /** A fact that ends the execution wherever it stands; nothing in it handles that. */
    sealed interface End extends Entry {
        /** How the execution ended. */
        Outcome outcome();
    }

    /** Somebody stopped the execution. */
    record Stopped(
            Instant at, @Nullable String error, @Nullable String cause) implements End {
        @Override
        public Outcome outcome() {
            return new Outcome.Aborted(error, cause);
        }
    }

    /** The runtime cannot carry the execution on: it fails. */
    record GivenUp(Instant at, StatesError error) implements End {
        @Override
        public Outcome outcome() {
            return new Outcome.Failed(error);
        }
    }

    /**
     * The execution had ended without success, and goes on from where it stood before: <a
     * href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html">RedriveExecution</a>.
     *
     * @param count how often it has been redriven, this time included
     */
    record Redriven(Instant at, int count) implements Entry {}

    /**
     * The end of an execution that did not wait for the work before it: what the entry before leads to may never be
     * worked out, as in a loop without end.
     *
     * @param transitions how far that work had come: {@code Interpreter.transitions}
     * @param end {@link Stopped}, {@link GivenUp}, or the execution's time-out
     */
    record Interrupted(long transitions, Entry end) implements Entry {

        public Interrupted {
            if (transitions < 0) {
                throw new IllegalArgumentException("transitions must not be negative, was " + transitions);
            }
            boolean isEnd = end instanceof Stopped
                    || end instanceof GivenUp
                    || (end instanceof TimerFired fired && fired.effect().equals(EffectId.EXECUTION));
            if (!isEnd) {
                throw new IllegalArgumentException("Only the execution's end interrupts its work, not " + end);
            }
        }

        @Override
        public Instant at() {
            return end.at();
        }
    }
}
