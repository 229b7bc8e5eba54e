package dev.reprise.asl;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code Retry}.
 *
 * @param errorEquals error names it handles, not empty
 * @param interval the first delay; default 1 s, and 0 retries at once
 * @param maxAttempts retries, not counting the first attempt; 0 to 99,999,999, default 3
 * @param backoffRate factor from delay to delay, at least 1; default 2
 * @param maxDelay the largest delay; null when there is none
 * @param jitter whether a delay is drawn from 0 up to its computed length
 * @see <a href="https://states-language.net/#retrying-after-error">ASL, Retrying after error</a>
 */
public record Retrier(
        List<String> errorEquals,
        Duration interval,
        int maxAttempts,
        double backoffRate,
        @Nullable Duration maxDelay,
        JitterStrategy jitter) {

    /** {@code JitterStrategy}; {@code NONE} by default. */
    public enum JitterStrategy {
        NONE,
        FULL
    }

    public Retrier {
        errorEquals = List.copyOf(errorEquals);
    }
}
