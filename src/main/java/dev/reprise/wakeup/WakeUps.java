package dev.reprise.wakeup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Has suspended executions resumed in time. A wake-up that comes late, twice, or never does no harm: what is due stands
 * in the table, who comes second finds nothing to do, and what nobody woke the sweeper finds.
 */
public interface WakeUps {

    /**
     * Has the execution resumed. When that cannot be arranged it is left to the sweeper, and the log says so.
     *
     * @param at a time that has come means at once
     */
    void schedule(String executionArn, Instant at);

    /**
     * The same for an invocation that ends then, whose answer must not wait for them.
     *
     * @param end null when it is not known
     */
    default WakeUps within(@Nullable Instant end) {
        return this;
    }

    /**
     * Whether a wait may be too long to be arranged for here, so that the sweeper is to look ahead, and hand over in
     * time what comes due before it looks again.
     */
    default boolean leavesLongWaitsToTheSweeper() {
        return false;
    }
}
