package dev.reprise.query;

/**
 * Bounds within which an expression is evaluated; beyond them it fails with {@code States.QueryEvaluationError} in
 * JSONata, {@code States.Runtime} in JSONPath. Each of them is counted, so that an expression fails at the same place
 * on every machine. JSONPath, whose paths are no deeper than what they look at, knows the first alone.
 *
 * @param fuel work that it takes, in units of {@link Fuel}; default 20 million
 * @param depth nesting of what is evaluated; default 300, which a stack of 512 KB holds
 * @param resultBytes size of the value as JSON, and of each text and array on the way to it; default 6 MB
 */
public record QueryLimits(long fuel, int depth, int resultBytes) {

    /** 20 million units, 300 levels, 6 MB. */
    public static final QueryLimits DEFAULT = new QueryLimits(20_000_000, 300, 6_000_000);

    public QueryLimits {
        if (fuel < 1 || depth < 1 || resultBytes < 1) {
            throw new IllegalArgumentException("An evaluation needs at least 1 unit of fuel, 1 level and 1 byte, was"
                    + " given " + fuel + ", " + depth + " and " + resultBytes);
        }
    }
}
