package dev.reprise.journal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where executions are kept. Every method is one request: atomic, strongly consistent unless it says otherwise, on the caller's thread. What it consumes is added to the meter that it is given.
 * Implementations are safe for use by many threads.
 *
 * <p>Every write may be repeated after an answer was lost: it then does no harm, and its answer tells the caller enough to recognise its own work.
 *
 * <p>Every method throws {@link TransientStoreException} when trying again may help, {@link TableMissingException} when there is no such table, {@link StoreUnavailableException} when trying again
 * does not help, {@link ItemTooLargeException} for an item of more than 400 KB, and {@link CorruptJournalException} for an item that it cannot read.
 */
public interface ExecutionStore {

    /** What DynamoDB takes at once. */
    int LARGEST_BATCH = 25;

    /** The table's name, for messages. */
    String table();

    /** The tasks of its executions that somebody outside does. */
    TaskStore tasks();

    /** Puts a new execution's head. Refused when there is one of that name, unless that one is alone and its retention is over. */
    HeadChange createHead(Head head, Instant now, UnitMeter meter);

    /** Null when there is no such execution. */
    @Nullable
    Head readHead(ExecutionId id, UnitMeter meter);

    /** {@link Head#leased}, on the condition {@link Head#mayBeLeased}. */
    HeadChange takeLease(ExecutionId id, String writer, Lease lease, Instant now, UnitMeter meter);

    /**
     * {@link Head#suspended}, on the conditions {@link Head#ownedBy} and that the inbox has not moved.
     *
     * @param wakeAt null when only the inbox can wake it
     * @param inboxSeen {@link Head#inbox} as it was before the inbox was last read
     */
    HeadChange suspend(
            ExecutionId id,
            String writer,
            @Nullable Instant wakeAt,
            long inboxSeen,
            Progress progress,
            UnitMeter meter);

    /**
     * {@link Head#postponed}, on the condition that the lease is still {@code head}'s or, of one that has ended, that it is unsettled still.
     *
     * @param head with a lease, or unsettled
     */
    HeadChange postpone(Head head, Instant until, UnitMeter meter);

    /**
     * Replaces the head, on the condition {@link Head#ownedBy} and that the inbox has not moved. The owner knows the whole head, but for the inbox: nobody else changes anything in it.
     *
     * @param closed {@link Head#closed}
     */
    HeadChange close(Head closed, UnitMeter meter);

    /** {@link Head#settled}, on the condition that it is unsettled still. Nobody changes anything else in a closed head. */
    HeadChange settle(Head unsettled, UnitMeter meter);

    /**
     * Puts another head in the place of one that is closed, on the condition {@link Head#isStill}.
     *
     * @param by {@link Head#shared}, {@link Head#redriven}, {@link Head#claimed} or {@link Head#unclaimed}
     */
    HeadChange replaceClosed(Head closed, Head by, UnitMeter meter);

    /** {@link Head#inboxAnnounced}, on the condition that it is RUNNING. What was made tells the head as it was before. */
    HeadChange announceInbox(ExecutionId id, UnitMeter meter);

    /**
     * {@link Head#inboxCounted}, on the condition that it is RUNNING, redriven so many times, and leased or not as {@code leased} says.
     *
     * @param redrives {@link Head#redrives}
     * @param now what becomes its wake-up time when nobody runs it
     */
    HeadChange countInbox(ExecutionId id, int redrives, boolean leased, Instant now, UnitMeter meter);

    /**
     * Puts a segment, on the condition that there is none of that number.
     *
     * @return null when it is stored; else the segment that has the number
     */
    @Nullable
    Segment putSegment(ExecutionId id, Segment segment, UnitMeter meter);

    /**
     * Segments in order of their numbers, about 1 MB of them.
     *
     * @param from the least number
     * @return its {@code next} is the number to go on from
     */
    Page<Segment> readSegments(ExecutionId id, long from, UnitMeter meter);

    /**
     * Segments in falling order of their numbers, about 1 MB of them.
     *
     * @param below a number that is greater than all that are wanted; {@link Long#MAX_VALUE} for the last ones
     * @return its {@code next} is the number to go on below
     */
    Page<Segment> readSegmentsBackwards(ExecutionId id, long below, UnitMeter meter);

    /** Puts a chunk, replacing one of that name and index: a name stands for one content. */
    void putChunk(String partition, Chunk chunk, UnitMeter meter);

    /** A value's chunks in order, about 1 MB of them, from index {@code from}; its {@code next} is the index to go on from. */
    Page<Chunk> readChunks(String partition, String name, int from, UnitMeter meter);

    /**
     * The last chunk of the last name that begins with {@code prefix} and comes before {@code before}.
     *
     * @return null when there is none
     */
    @Nullable
    Chunk readLastChunk(String partition, String prefix, String before, UnitMeter meter);

    /** Puts a fact into the inbox; see {@link Inbox} for what else it takes. */
    void putInboxItem(ExecutionId id, InboxItem item, UnitMeter meter);

    /**
     * Facts in the inbox in order of their keys, about 1 MB of them.
     *
     * @param after a key to go on after; empty for the beginning
     */
    Page<InboxItem> readInbox(ExecutionId id, String after, UnitMeter meter);

    /** Deletes a fact; nothing happens when it is gone already. */
    void deleteInboxItem(ExecutionId id, String key, UnitMeter meter);

    /**
     * A workflow's executions, newest first. Reads an index, which may lag some moments behind, then the heads.
     *
     * @param limit at least 1, at most 100
     * @param token {@link Page#next} of the page before; null for the first
     * @throws IllegalArgumentException when the token is none that this method gave
     */
    Page<Head> list(String workflow, int limit, @Nullable String token, UnitMeter meter);

    /**
     * Executions to resume by {@code until}, earliest first: suspended ones whose wake-up time comes, leased ones whose lease ends, and closed ones of whose end others are still to be told. Reads an index, which may lag some moments behind.
     *
     * @param limit at least 1
     */
    List<DueExecution> due(Instant until, int limit, UnitMeter meter);

    /** Closed executions whose retention ends by {@code until}, and that are more than a head; earliest first. For the sweeper, as {@link #due} is. */
    List<DueExecution> expired(Instant until, int limit, UnitMeter meter);

    /**
     * The sort keys of an execution's items, the head's left out, in their order; those of about 1 MB of items.
     *
     * @param after a key to go on after; empty for the beginning
     * @return its {@code next} is the key to go on after; a page may be empty and not the last
     */
    Page<String> readItemKeys(ExecutionId id, String after, UnitMeter meter);

    /**
     * Deletes items of an execution; nothing happens to those that are gone already.
     *
     * @param keys sort keys, at most {@link #LARGEST_BATCH}
     * @return those that are still to be deleted, because the table is busy
     */
    List<String> deleteItems(ExecutionId id, List<String> keys, UnitMeter meter);

    /** Deletes a head, on the condition {@link Head#isStill}. */
    HeadChange deleteHead(Head closed, UnitMeter meter);
}
