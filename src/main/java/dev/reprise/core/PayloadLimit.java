package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ErrorNames;
import dev.reprise.execution.JsonSize;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Fuel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Measures the inputs, outputs and variables of one execution, and refuses those that are too large. */
final class PayloadLimit {

    private final int mostBytes;
    private final Fuel fuel;
    private final JsonSize sizes = new JsonSize();
    /** Most states hand on what they were given. */
    private @Nullable JsonNode lastAllowed;

    /** @param fuel counts the work of measuring */
    PayloadLimit(int mostBytes, Fuel fuel) {
        this.mostBytes = mostBytes;
        this.fuel = fuel;
    }

    /** The largest payload. */
    int mostBytes() {
        return mostBytes;
    }

    /** Whether it is too large, or has too many levels. */
    boolean isExceededBy(JsonNode value) {
        if (Execution.isSame(value, lastAllowed)) {
            return false;
        }
        boolean exceeds = bytes(value, mostBytes) > mostBytes;
        if (!exceeds) {
            lastAllowed = value;
        }
        return exceeds;
    }

    /**
     * How many bytes of JSON the value takes; more than {@code limit} when it takes more, or is too deep for a payload.
     */
    long bytes(JsonNode value, long limit) {
        long bytes = sizes.bytes(value, limit);
        fuel.count(sizes.takeWork());
        return bytes;
    }

    /**
     * Refuses what a state hands on, unless it is what it was given.
     *
     * @param what the state, or what did its task, as AWS calls it
     * @throws EvaluationException {@code States.DataLimitExceeded} when the value is too large
     */
    void check(JsonNode value, Scope scope, String what) {
        if (!Execution.isSame(value, scope.input) && isExceededBy(value)) {
            throw new EvaluationException(
                    ErrorNames.DATA_LIMIT_EXCEEDED,
                    Objects.requireNonNull(ErrorNames.resultTooLarge(what).cause()));
        }
    }
}
