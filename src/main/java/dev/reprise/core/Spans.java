package dev.reprise.core;

import dev.reprise.execution.Effect;
import dev.reprise.execution.Span;
import dev.reprise.execution.StatesError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells who listens which parts of an execution are over, and since when they had lasted, which the execution knows
 * wherever it was interrupted. While nobody listens no span is named.
 */
final class Spans {

    private final Execution execution;

    Spans(Execution execution) {
        this.execution = execution;
    }

    /**
     * The state that a scope is in is over, or has just been left.
     *
     * @param error null when it succeeded
     */
    void stateEnded(Scope scope, @Nullable StatesError error) {
        if (execution.live != null && isInState(scope)) {
            tell(state(scope), scope.enteredAt, error, false);
        }
    }

    /** @param error null when it succeeded */
    void childEnded(Scope child, @Nullable StatesError error) {
        if (execution.live != null) {
            tell(child(child), child.begunAt, error, false);
        }
    }

    /** @param error null when it succeeded */
    void attemptEnded(Scope scope, Effect.RunTask task, @Nullable StatesError error) {
        if (execution.live != null) {
            tell(attempt(scope, task), task.requestedAt(), error, false);
        }
    }

    /** A task that a scope waited for is nobody's matter any more. */
    void attemptCut(Scope scope, Effect.RunTask task) {
        if (execution.live != null) {
            tell(attempt(scope, task), task.requestedAt(), null, true);
        }
    }

    /** A scope is to end for a reason that lies outside. One that has ended has told so. */
    void cut(Scope scope) {
        if (execution.live == null || scope.phase == Scope.Phase.CLOSED) {
            return;
        }
        if (isInState(scope)) {
            tell(state(scope), scope.enteredAt, null, true);
        }
        if (scope.within != null) {
            tell(child(scope), scope.begunAt, null, true);
        }
    }

    private void tell(@Nullable Span span, Instant from, @Nullable StatesError error, boolean cut) {
        if (span != null && execution.live != null) {
            execution.live.spanEnded(span, from, error, cut, execution.now());
        }
    }

    private static boolean isInState(Scope scope) {
        return switch (scope.phase) {
            case REPEATING, SPAWNING, WAITING -> true;
            case ENTERING, CLOSED -> false;
        };
    }

    /** Null when the state takes no time. */
    private static Span.@Nullable State state(Scope scope) {
        Span.StateType type = switch (scope.state) {
            case TaskBehaviour task -> Span.StateType.TASK;
            case MapBehaviour map -> Span.StateType.MAP;
            case ParallelBehaviour parallel -> Span.StateType.PARALLEL;
            case WaitBehaviour wait -> Span.StateType.WAIT;
            case PassBehaviour pass -> null;
            case ChoiceBehaviour choice -> null;
            case SucceedBehaviour succeed -> null;
            case FailBehaviour fail -> null;
        };
        return type == null
                ? null
                : new Span.State(child(scope), scope.path, scope.enteredEvent, scope.state.name, type);
    }

    /** Null for the execution's root. */
    private static Span.@Nullable Child child(Scope scope) {
        Span.State around = scope.within == null ? null : state(scope.within.owner);
        return around == null ? null : new Span.Child(around, scope.path);
    }

    private static Span.@Nullable Attempt attempt(Scope scope, Effect.RunTask task) {
        Span.State state = state(scope);
        return state == null ? null : new Span.Attempt(state, task.id(), task.attempt(), task.resource());
    }
}
