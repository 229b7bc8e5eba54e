package dev.reprise.core;

import dev.reprise.asl.Retrier;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** How long to wait before a retry. */
final class Backoff {

    /** Longer than this no delay is: about a year, what a workflow may last on AWS. */
    private static final Duration LONGEST = Duration.ofDays(366);

    private Backoff() {}

    /**
     * {@code IntervalSeconds × BackoffRate^retries}, at most {@code MaxDelaySeconds}.
     *
     * @param retries how many this retrier has already made
     */
    static Duration delay(Retrier retrier, int retries) {
        double seconds = retrier.interval().toSeconds() * Math.pow(retrier.backoffRate(), retries);
        Duration longest = retrier.maxDelay() == null ? LONGEST : retrier.maxDelay();
        return seconds >= longest.toSeconds() ? longest : Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** The delay itself, or with full jitter a random part of it. */
    static Duration jittered(Duration delay, Retrier retrier, Supplier<RandomGenerator> random) {
        return switch (retrier.jitter()) {
            case NONE -> delay;
            case FULL -> Duration.ofMillis(random.get().nextLong(delay.toMillis() + 1));
        };
    }
}
