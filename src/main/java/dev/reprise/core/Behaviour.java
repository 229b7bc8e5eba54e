package dev.reprise.core;

import dev.reprise.asl.State;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one state does: compiled from its definition, shared by all executions, and so without any memory of its own. What a behaviour does not expect to hear is a defect, and says so.
 */
abstract sealed class Behaviour
        permits PassBehaviour, ChoiceBehaviour, WaitBehaviour, SucceedBehaviour, FailBehaviour, GuardedBehaviour {

    final String name;
    final Flow flow;
    final HistoryEventType entered;
    /** Null for Fail, which nothing leaves. */
    final @Nullable HistoryEventType exited;

    Behaviour(State state, Compiler compiler, HistoryEventType entered, @Nullable HistoryEventType exited) {
        this.name = state.name();
        this.flow = compiler.flow(state);
        this.entered = entered;
        this.exited = exited;
    }

    /** Resolves the names of the states it leads to, once all of the body are known. */
    abstract void link(Function<String, Behaviour> states);

    /** The scope is in this state, with its input: do what can be done at once, and ask for the rest. */
    abstract void enter(Scope scope, Execution execution);

    /** The task that the scope waits for gave its result. */
    void taskSucceeded(Scope scope, Entry.TaskSucceeded entry, Execution execution) {
        throw unexpected(entry);
    }

    /** The task that the scope waits for failed. */
    void taskFailed(Scope scope, Entry.TaskFailed entry, Execution execution) {
        throw unexpected(entry);
    }

    /** A timer of the effect that the scope waits for fired. */
    void timerFired(Scope scope, Entry.TimerFired entry, Execution execution) {
        throw unexpected(entry);
    }

    /** Something went wrong in this state. */
    void fail(Scope scope, StatesError error, Execution execution) {
        execution.scopeFailed(scope, error);
    }

    private IllegalStateException unexpected(Entry entry) {
        return new IllegalStateException("State '" + name + "' does not expect " + entry);
    }
}
