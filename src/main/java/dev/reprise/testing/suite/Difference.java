package dev.reprise.testing.suite;

import dev.reprise.execution.ScopePath;
import org.jspecify.annotations.Nullable;

/**
 * A place at which a replay goes another way than the execution of the past did.
 *
 * @param words what is different, for people
 * @param scope the body of states in which it is, as it is now
 * @param state the state, by its name of now; null for the execution as a whole
 * @param attempt which call of the state's task, from 0; null when it is not about one
 * @param event the number of the event of the past up to which all was the same; null when none is told
 * @param replayed the number of the replay's event that is different; null when none is told
 */
public record Difference(
        Kind kind,
        String words,
        ScopePath scope,
        @Nullable String state,
        @Nullable Integer attempt,
        @Nullable Long event,
        @Nullable Long replayed) {

    /** What is different. */
    public enum Kind {
        /** A state is entered that is not the one of then, or a body ends where it went on. */
        OTHER_STATE,
        /** A state has another name; what its task gave then counts for it all the same. */
        RENAMED,
        /** A Map has more items, or fewer. */
        OTHER_ITEMS,
        /** A state calls another task. */
        OTHER_TASK,
        /** A task is given other data. */
        OTHER_INPUT,
        /** Something is asked for of which the past knows no answer. */
        NO_ANSWER,
        /** A state gives other data; the way is the same as yet. */
        OTHER_DATA,
        /** The execution ends otherwise. */
        OTHER_END,
        /** What tasks gave then is not asked for any more. */
        LEFT_OVER,
        /** It goes on and on, or longer than a replay is followed. */
        NO_END
    }

    /** The item of the innermost Map, or the branch, from 0; null outside of one. */
    public @Nullable Integer item() {
        return scope.parent() == null ? null : scope.index();
    }
}
