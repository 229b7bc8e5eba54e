package dev.reprise.query;

/**
 * Bounds within which an expression is evaluated; beyond them it fails with {@code States.QueryEvaluationError}. Each
 * of them is counted, so that an expression fails at the same place on every machine.
 *
 * @param fuel work that it takes, in units of {@link Fuel}; default 20 million
 * @param depth nesting of what is evaluated; default 300, which a stack of 512 KB holds
 * @param resultBytes size of the value as JSON, and of each text and array on the way to it; default 6 MB
 */
public record QueryLimits(long fuel, int depth, int resultBytes) {

    /** 20 million units, 300 levels, 6 MB. */
    public static final QueryLimits DEFAULT = new QueryLimits(20_000_000, 300, 6_000_000);
}
