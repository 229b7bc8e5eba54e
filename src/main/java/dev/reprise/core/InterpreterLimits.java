package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.JsonSize;

/**
 * Bounds within which the interpreter works.
 *
 * @param payloadBytes the largest input or output of a state as JSON; beyond it {@code States.DataLimitExceeded}. AWS
 *     allows 262,144; the default is 6,000,000
 * @param sliceTransitions how many states at most are entered between two looks of the runner at its clock
 * @param sliceFuel how much fuel ({@link dev.reprise.query.Fuel}) may be spent between two looks, but for the last
 *     transition, which is not broken off; the default is 1,000,000
 * @param transitionsWithoutFact how many transitions may follow from one fact: an execution that makes more is taken
 *     for a loop without end. The default is 10,000,000
 */
public record InterpreterLimits(int payloadBytes, int sliceTransitions, long sliceFuel, long transitionsWithoutFact) {

    /** 6 MB, 10,000 transitions and 1,000,000 of fuel a slice, 10,000,000 transitions without a fact. */
    public static final InterpreterLimits DEFAULT = new InterpreterLimits(6_000_000, 10_000);

    /** With the default's fuel, and its transitions without a fact. */
    public InterpreterLimits(int payloadBytes, int sliceTransitions) {
        this(payloadBytes, sliceTransitions, 1_000_000, 10_000_000);
    }

    public InterpreterLimits {
        if (payloadBytes < 1 || sliceTransitions < 1 || sliceFuel < 1 || transitionsWithoutFact < 1) {
            throw new IllegalArgumentException("Limits must be positive, were " + payloadBytes + " bytes, "
                    + sliceTransitions + " transitions, " + sliceFuel + " of fuel and " + transitionsWithoutFact
                    + " transitions without a fact");
        }
    }

    /** Whether that may be an input or an output. Stops counting where it may not. */
    public boolean allows(JsonNode payload) {
        return !new JsonSize().exceeds(payload, payloadBytes);
    }
}
