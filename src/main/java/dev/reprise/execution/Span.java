package dev.reprise.execution;

import dev.reprise.asl.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A part of an execution that takes time, named by where it stands: one stay in a state, an item or a branch, an
 * attempt of a task. A replay gives it the same name, and no other part of the execution has it, unless a redrive lies
 * between them.
 */
public sealed interface Span {

    /** The one that it is a part of; null for a state of the execution's own body. */
    @Nullable
    Span within();

    /** Its name, as text. */
    @Override
    String toString();

    /** The types of states that take time; the others are over at once. */
    enum StateType {
        TASK,
        MAP,
        PARALLEL,
        WAIT
    }

    /**
     * A stay in a state, from its entry to its end, with all its attempts.
     *
     * @param scope the scope that is in it
     * @param entry tells this stay from others of the same scope: the number of the history's event
     * @param name the state's
     */
    record State(@Nullable Child within, ScopePath scope, long entry, String name, StateType type) implements Span {
        /** Such as {@code /Each[17]@42}. */
        @Override
        public String toString() {
            return scope + "@" + entry;
        }
    }

    /**
     * An item of a Map, or a branch of a Parallel.
     *
     * @param within the Map or Parallel
     * @param scope its own
     */
    record Child(State within, ScopePath scope) implements Span {
        /** Such as {@code /Each[17]}. */
        @Override
        public String toString() {
            return scope.toString();
        }
    }

    /**
     * An attempt of a task.
     *
     * @param within the Task
     * @param number 0 for the first, 1 for the first retry
     * @param resource what does it
     */
    record Attempt(State within, EffectId task, int number, Resource resource) implements Span {
        /** Such as {@code /Each[17]:2}. */
        @Override
        public String toString() {
            return task.toString();
        }
    }
}
