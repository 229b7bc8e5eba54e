package dev.reprise.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What an expression may see. Everything here is deterministic: a replay shows the same values at the same place.
 */
public interface Environment {

    /** {@code $} in JSONPath, {@code $states.input} in JSONata. */
    JsonNode input();

    /** {@code $states.result}: what the state's work gave; null where there is none to be seen. */
    @Nullable
    JsonNode result();

    /** {@code $states.errorOutput}: an object with {@code Error} and {@code Cause}; null outside a catcher. */
    @Nullable
    JsonNode errorOutput();

    /** {@code $$} in JSONPath, {@code $states.context} in JSONata. Built when it is asked for. */
    JsonNode context();

    /** A workflow variable's value, searched from the scope outwards; null when no variable of that name is set. */
    @Nullable
    JsonNode variable(String name);

    /** The logical time: when the last fact became known, not what a clock says. */
    Instant now();

    /**
     * Drawn from for {@code States.MathRandom}, {@code States.UUID}, {@code $random()} and {@code $uuid()}; seeded from
     * the place in the execution.
     */
    RandomGenerator random();

    /** Counts what the execution's expressions take; the same on every machine and on every replay. */
    Fuel fuel();
}
