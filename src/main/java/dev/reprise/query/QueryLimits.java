package dev.reprise.query;

import java.time.Duration;

/**
 * Bounds within which an expression is evaluated; beyond them it fails with {@code States.QueryEvaluationError}.
 *
 * @param time at most so long; default 1 s
 * @param depth nesting of calls; default 500
 * @param resultBytes size of the value as JSON; default 6 MB
 */
public record QueryLimits(Duration time, int depth, int resultBytes) {

    /** One second, 500 levels, 6 MB. */
    public static final QueryLimits DEFAULT = new QueryLimits(Duration.ofSeconds(1), 500, 6_000_000);
}
