package dev.reprise.execution;

import org.jspecify.annotations.Nullable;

/**
 * An error as a state machine sees it.
 *
 * @param error the error name, matched by {@code ErrorEquals}; null only for a Fail state that gives none
 * @param cause a text for people; null when there is none
 */
public record StatesError(@Nullable String error, @Nullable String cause) {}
