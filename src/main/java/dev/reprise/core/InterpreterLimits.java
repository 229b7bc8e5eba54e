package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Bounds within which the interpreter works.
 *
 * @param payloadBytes the largest input or output of a state as JSON; beyond it {@code States.DataLimitExceeded}. AWS allows 262,144; the default is 6,000,000
 * @param sliceTransitions how many states at most are entered between two looks of the runner at its clock
 */
public record InterpreterLimits(int payloadBytes, int sliceTransitions) {

    /** 6 MB, 10,000 transitions. */
    public static final InterpreterLimits DEFAULT = new InterpreterLimits(6_000_000, 10_000);

    public InterpreterLimits {
        if (payloadBytes < 1 || sliceTransitions < 1) {
            throw new IllegalArgumentException("Limits must be positive, were " + payloadBytes + " bytes and "
                    + sliceTransitions + " transitions");
        }
    }

    /** Whether that may be an input or an output. Stops counting where it may not. */
    public boolean allows(JsonNode payload) {
        return !JsonSize.exceeds(payload, payloadBytes);
    }
}
