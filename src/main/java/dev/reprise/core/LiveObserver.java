package dev.reprise.core;

import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.Span;
import dev.reprise.execution.StatesError;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Is told what an execution does, in the interpreter's own words, from the moment on at which it is {@linkplain
 * Interpreter#observe attached}: {@link ExecutionObserver} is for its history, in AWS's. It must not throw. The time is
 * the execution's own; a scope is that in which the state is, and an item or a branch is named by its own scope.
 */
public interface LiveObserver {

    /** A scope has come to a state. */
    void stateEntered(ScopePath scope, String state, Instant at);

    /** A state is over, by itself or by a catcher. */
    void stateLeft(ScopePath scope, String state, Instant at);

    /** Something went wrong in a state. It may be retried, left by a catcher, or the end of its scope. */
    void stateFailed(ScopePath scope, String state, StatesError error, Instant at);

    /** A state that failed is to be tried again. */
    void stateRetried(ScopePath scope, String state, Instant due, Instant at);

    /**
     * It is known how many items or branches the state has that a scope is in.
     *
     * @param maxConcurrency so many at once at most; 0 for no bound
     * @param toleratedFailureCount null when none is given
     * @param toleratedFailurePercentage 0 to 100; null when none is given
     */
    default void childrenCounted(
            ScopePath scope,
            int total,
            int maxConcurrency,
            @Nullable Long toleratedFailureCount,
            @Nullable BigDecimal toleratedFailurePercentage) {}

    /** An item of a Map, or a branch of a Parallel, has begun. */
    void itemStarted(ScopePath item, Instant at);

    /** It has come to its end. */
    void itemSucceeded(ScopePath item, Instant at);

    /** It has failed. */
    void itemFailed(ScopePath item, StatesError error, Instant at);

    /**
     * A part of the execution that takes time is over.
     *
     * @param from since when it had lasted, whoever ran the execution then
     * @param error why it failed; null when it succeeded or was cut short
     * @param isCut whether it ended for a reason outside itself, such as the end of what is around it
     */
    default void spanEnded(Span span, Instant from, @Nullable StatesError error, boolean isCut, Instant at) {}
}
