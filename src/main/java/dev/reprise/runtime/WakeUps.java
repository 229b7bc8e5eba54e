package dev.reprise.runtime;

import java.time.Instant;

/** Makes sure that a suspended execution is resumed in time. A wake-up that comes late, or twice, does no harm: what is due stands in the table, and who comes second finds nothing to do. */
public interface WakeUps {

    /**
     * Has the execution resumed.
     *
     * @param at a time that has come means at once
     */
    void schedule(String executionArn, Instant at);
}
