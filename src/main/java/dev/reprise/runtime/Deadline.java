package dev.reprise.runtime;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When the invocation ends, which nothing can put off.
 *
 * @param at null when it is not known: the run then ends only when the execution does or has to wait for long
 */
public record Deadline(@Nullable Instant at) {

    /** No end is known. */
    public static final Deadline UNKNOWN = new Deadline(null);

    /** Whether less than {@code margin} is left. */
    public boolean isWithin(Duration margin, Instant now) {
        return at != null && !now.plus(margin).isBefore(at);
    }
}
