package dev.reprise.asl;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong, or doubtful, in a definition.
 *
 * @param code what kind of problem, in AWS's terms where AWS has one, such as {@code SCHEMA_VALIDATION_FAILED} or {@code MISSING_TRANSITION_TARGET}
 * @param pointer JSON pointer to the place, such as {@code /States/Charge/Next}; empty for the whole document
 * @param message what is wrong
 * @param suggestion what to do, such as {@code did you mean 'Receipt'?}; null when there is none
 */
public record Diagnostic(
        Severity severity,
        String code,
        String pointer,
        String message,
        @Nullable String suggestion) {

    /** Whether the definition can run. */
    public enum Severity {
        ERROR,
        WARNING
    }
}
