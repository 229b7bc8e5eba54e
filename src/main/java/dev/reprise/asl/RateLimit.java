package dev.reprise.asl;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much a task's target bears: {@code "Reprise": {"RateLimit": {"Target": "payments", "CallsPerSecond": 10,
 * "MaxInFlight": 5}}}. It holds for all tasks of an execution with the same target, whichever states and items they
 * belong to, and within an invocation: the next one begins with a call at once.
 *
 * @param target a name; the task's {@code Resource} where none is given
 * @param interval between two calls, on average; null when there is no bound
 * @param maxInFlight tasks that are asked for and not over, 1 or more; null when there is no bound
 */
public record RateLimit(
        String target,
        @Nullable Duration interval,
        @Nullable Integer maxInFlight) {

    /** The largest {@code CallsPerSecond}. */
    public static final double MOST_PER_SECOND = 100_000;

    /** The smallest: a call a day, about. */
    public static final double LEAST_PER_SECOND = 0.00001;

    public RateLimit {
        if (interval == null && maxInFlight == null) {
            throw new IllegalArgumentException("RateLimit must bound the calls a second or those in flight");
        }
        if (interval != null && (interval.isZero() || interval.isNegative())) {
            throw new IllegalArgumentException("interval must be positive, was " + interval);
        }
        if (maxInFlight != null && maxInFlight < 1) {
            throw new IllegalArgumentException("maxInFlight must be at least 1, was " + maxInFlight);
        }
    }
}
