package dev.reprise.core.event;

import dev.reprise.execution.ScopePath;

/**
 * What led a state on, where its definition has more than one way.
 *
 * @param scope the scope in which it happened
 * @param state the state's name
 * @param index which of the parts of that kind, from 0 in the order of the definition; 0 for a {@code Default}
 */
public record Decision(ScopePath scope, String state, Kind kind, int index) {

    /** Which part of a state decides. */
    public enum Kind {
        /** A rule of a Choice that holds: one of {@code Choices}. */
        CHOICE_RULE,
        /** No rule of a Choice holds: {@code Default}. */
        CHOICE_DEFAULT,
        /** A retrier that tries again: one of {@code Retry}. */
        RETRIER,
        /** A catcher that takes an error: one of {@code Catch}. */
        CATCHER
    }
}
