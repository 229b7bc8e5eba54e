package dev.reprise.runtime;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.Span;
import dev.reprise.execution.StatesError;
import dev.reprise.journal.store.ConsumedUnits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RunListener} is told. Times are the execution's own: those of the facts from which the events follow.
 */
public sealed interface RunEvent {

    /** Which execution. */
    String executionArn();

    /** When it happened. */
    Instant at();

    /** An execution has begun. */
    record Started(String executionArn, Instant at) implements RunEvent {}

    /** An invocation has taken an execution over, to go on with it. */
    record Resumed(String executionArn, Instant at) implements RunEvent {}

    /**
     * An execution was given up until it is resumed.
     *
     * @param wakeAt when that is to be: a time that has come means at once; null when only a message from outside wakes
     *     it
     */
    record Suspended(
            String executionArn, Instant at, @Nullable Instant wakeAt) implements RunEvent {}

    /**
     * An execution has ended.
     *
     * @param startedAt when it had started
     */
    record Ended(String executionArn, Instant startedAt, Instant at, Outcome outcome) implements RunEvent {}

    /** An event within one scope. */
    sealed interface InScope extends RunEvent {
        /** The scope; of an item or a branch its own. */
        ScopePath scope();
    }

    /** A state was entered. */
    record StateEntered(String executionArn, Instant at, ScopePath scope, String state) implements InScope {}

    /** A state is over, by itself or by a catcher. */
    record StateLeft(String executionArn, Instant at, ScopePath scope, String state) implements InScope {}

    /** Something went wrong in a state. It may be retried, left by a catcher, or the end of its scope. */
    record StateFailed(String executionArn, Instant at, ScopePath scope, String state, StatesError error)
            implements InScope {}

    /**
     * A state that failed is to be tried again.
     *
     * @param due when
     */
    record StateRetried(String executionArn, Instant at, ScopePath scope, String state, Instant due)
            implements InScope {}

    /** An item of a Map, or a branch of a Parallel, has begun. */
    record ItemStarted(String executionArn, Instant at, ScopePath scope) implements InScope {}

    /** An item or a branch has come to its end. */
    record ItemSucceeded(String executionArn, Instant at, ScopePath scope) implements InScope {}

    /** An item or a branch has failed. */
    record ItemFailed(String executionArn, Instant at, ScopePath scope, StatesError error) implements InScope {}

    /**
     * A task was asked for.
     *
     * @param attempt 0 for the first, 1 for the first retry
     */
    record TaskAsked(String executionArn, Instant at, EffectId task, String state, int attempt) implements InScope {
        @Override
        public ScopePath scope() {
            return task.scope();
        }
    }

    /**
     * A task has its result.
     *
     * @param error null when it succeeded
     */
    record TaskAnswered(
            String executionArn,
            Instant at,
            EffectId task,
            @Nullable StatesError error) implements InScope {
        @Override
        public ScopePath scope() {
            return task.scope();
        }
    }

    /**
     * A part of the execution that takes time is over: told besides the event that ended it.
     *
     * @param from since when it had lasted, in whatever invocation it began
     * @param error why it failed; null when it succeeded or was cut short
     * @param isCut whether it ended for a reason outside itself, such as the end of what is around it
     */
    record SpanEnded(
            String executionArn,
            Instant at,
            Span span,
            Instant from,
            @Nullable StatesError error,
            boolean isCut) implements RunEvent {}

    /**
     * What had happened until then is durable.
     *
     * @param units what the execution has consumed in all
     * @param spent what of it since this was told last
     */
    record Flushed(String executionArn, Instant at, ConsumedUnits units, ConsumedUnits spent) implements RunEvent {}
}
