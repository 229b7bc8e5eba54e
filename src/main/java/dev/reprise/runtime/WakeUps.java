package dev.reprise.runtime;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes sure that a suspended execution is resumed in time. A wake-up that comes late, or twice, does no harm: what is due stands in the table, and who comes second finds nothing to do. */
public interface WakeUps {

    /**
     * Has the execution resumed.
     *
     * @param at a time that has come means at once; one that is further away than {@link #longestWait} is not to be asked for
     */
    void schedule(String executionArn, Instant at);

    /** The longest time ahead for which it can be scheduled; null when there is no bound. */
    default @Nullable Duration longestWait() {
        return null;
    }

    /** A sentence that says what the longest time is, and why. */
    default String limit() {
        return "there is no limit";
    }
}
