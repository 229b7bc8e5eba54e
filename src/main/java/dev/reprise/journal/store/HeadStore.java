package dev.reprise.journal.store;

import dev.reprise.execution.ExecutionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Executions' heads: each change is one conditional write of one item. A part of an {@link ExecutionStore}, which says
 * what holds for every method.
 */
public interface HeadStore {

    /**
     * Puts a new execution's head. Refused when there is one of that name, unless that one is alone and its retention
     * is over.
     */
    ConditionalWrite<Head> createHead(Head head, Instant now, UnitMeter meter);

    /** Null when there is no such execution. */
    @Nullable
    Head readHead(ExecutionId id, UnitMeter meter);

    /**
     * {@link Head#leased}, on the condition {@link Head#mayBeLeased}. What was made tells the head as it was before.
     * The same request again is refused with the head that it has made.
     */
    ConditionalWrite<Head> takeLease(ExecutionId id, String writer, Lease lease, Instant now, UnitMeter meter);

    /**
     * {@link Head#suspended}, on the conditions {@link Head#ownedBy} and that the inbox has not moved.
     *
     * @param wakeAt null when only the inbox can wake it
     * @param inboxSeen {@link Head#inbox} as it was before the inbox was last read
     */
    ConditionalWrite<Head> suspend(
            ExecutionId id,
            String writer,
            @Nullable Instant wakeAt,
            long inboxSeen,
            Progress progress,
            UnitMeter meter);

    /**
     * {@link Head#postponed}, on the condition that the lease is still {@code head}'s or, of one that has ended, that
     * it is unsettled still.
     *
     * @param head with a lease, or unsettled
     */
    ConditionalWrite<Head> postpone(Head head, Instant until, UnitMeter meter);

    /**
     * Replaces the head, on the condition {@link Head#ownedBy} and that the inbox has not moved. The owner knows the
     * whole head, but for the inbox: nobody else changes anything in it.
     *
     * @param closed {@link Head#closed}
     */
    ConditionalWrite<Head> close(Head closed, UnitMeter meter);

    /**
     * {@link Head#settled}, on the condition that it is unsettled still. Nobody changes anything else in a closed head.
     */
    ConditionalWrite<Head> settle(Head unsettled, UnitMeter meter);

    /**
     * Puts another head in the place of one that is closed, on the condition {@link Head#isStill}.
     *
     * @param by {@link Head#shared}, {@link Head#redriven}, {@link Head#claimed} or {@link Head#unclaimed}
     */
    ConditionalWrite<Head> replaceClosed(Head closed, Head by, UnitMeter meter);

    /**
     * {@link Head#inboxAnnounced}, on the condition that it is RUNNING. What was made tells the head as it was before.
     */
    ConditionalWrite<Head> announceInbox(ExecutionId id, UnitMeter meter);

    /**
     * {@link Head#inboxCounted}, on the condition that it is RUNNING, redriven so many times, and leased or not as
     * {@code leased} says.
     *
     * @param redrives {@link Head#redrives}
     * @param now what becomes its wake-up time when nobody runs it
     */
    ConditionalWrite<Head> countInbox(ExecutionId id, int redrives, boolean leased, Instant now, UnitMeter meter);

    /** Deletes a head, on the condition {@link Head#isStill}. */
    ConditionalWrite<Head> deleteHead(Head closed, UnitMeter meter);

    /** Write units that putting one head in the place of another consumes, the indexes included. */
    double writeUnits(Head before, Head after);
}
