package dev.reprise.core;

import dev.reprise.asl.State;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.Effect;
import dev.reprise.execution.Entry;
import dev.reprise.execution.StatesError;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one state does: compiled from its definition, shared by all executions, and so without any memory of its own.
 * What a behaviour does not expect to hear is a defect, and says so.
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

    /**
     * A fact about the effect that the scope waits for.
     *
     * @param effect what it waits for, or waited for until this fact
     */
    void handle(Scope scope, Effect effect, Entry.OfEffect entry, Execution execution) {
        throw unexpected(entry);
    }

    /**
     * The body of one child of a Map or Parallel.
     *
     * @throws IllegalStateException when it is neither
     */
    BodyProgram childBody(int index) {
        throw new IllegalStateException("State '" + name + "' has no children");
    }

    /** Tells that the scope is cut short in this state, where AWS has an event for that. */
    void recordAborted(Scope scope) {}

    /** Something went wrong in this state. */
    void fail(Scope scope, StatesError error, Execution execution) {
        execution.tellFailed(scope, error);
        execution.scopeFailed(scope, error);
    }

    final IllegalStateException unexpected(Entry entry) {
        return new IllegalStateException("State '" + name + "' does not expect " + entry);
    }
}
