package dev.reprise.journal;

/**
 * When a snapshot is worth its writing. One is written only when the entries since the last weigh at least four times
 * as much, so all snapshots together weigh a quarter of the entries at most. Whether one is small enough shows only
 * while it is made; after one that proved too large, the journal must double before the next attempt, so that attempts
 * too cost no more than their share.
 *
 * <p>In the middle of an invocation a snapshot only shortens a later resume, so it waits for 64 KB. At a suspension a
 * resume is certain, and reading what a snapshot would spare costs more than writing it does (a write of 1 KB is the
 * price of five reads of 4 KB) from a few KB on.
 */
final class SnapshotPolicy {

    private static final long WHILE_RUNNING = 64 * 1024;
    private static final long AT_SUSPENSION = 4 * 1024;
    private static final long RATIO = 4;

    /** What a segment weighs besides its entries, about: its keys and its other attributes. */
    private static final long SEGMENT_OVERHEAD = 150;

    private long since;
    private long attemptFrom;

    /** Counts entries. */
    void entries(long bytes) {
        since += bytes;
    }

    /** Counts a segment. */
    void segment() {
        since += SEGMENT_OVERHEAD;
    }

    /** Whether it is worth making a snapshot, to see how large it is. */
    boolean due(boolean suspending) {
        return since >= Math.max(attemptFrom, suspending ? AT_SUSPENSION : WHILE_RUNNING);
    }

    /** The largest snapshot that is to be written here, in bytes. */
    long largestWorthWriting() {
        return since / RATIO;
    }

    /**
     * A snapshot proved larger than that, or could not be written: not before the journal has doubled is it worth
     * trying again.
     */
    void refused() {
        attemptFrom = 2 * since;
    }

    /** A snapshot of that size stands at this place. */
    void startFrom(long size) {
        since = 0;
        attemptFrom = RATIO * size;
    }
}
