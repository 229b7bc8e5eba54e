package dev.reprise.journal.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the journal had come when an owner last wrote the head. The segments are the truth; this saves looking for
 * them.
 *
 * @param segments number of the last segment; 0 when there is none
 * @param position of the last entry; 1 when there is only the start
 * @param snapshot number of the segment that the latest snapshot stands after; -1 when there is no snapshot
 * @param fruitful the latest resume that is known to have got somewhere: it added an entry, or came to where there is
 *     nothing to do but wait. 0 when none is
 * @param consumed what the execution has cost up to then
 * @param stalledSince since when a data set that it goes on with has been out of reach; null when none was
 */
public record Progress(
        long segments,
        long position,
        long snapshot,
        long fruitful,
        ConsumedUnits consumed,
        @Nullable Instant stalledSince) {

    /** As an execution begins. */
    public static final Progress START = new Progress(0, 1, -1, 0, ConsumedUnits.NONE);

    /** Of an execution that can go on. */
    public Progress(long segments, long position, long snapshot, long fruitful, ConsumedUnits consumed) {
        this(segments, position, snapshot, fruitful, consumed, null);
    }

    /** The same, of an execution whose resume of that number is not to be held against it. */
    public Progress fruitful(long resume) {
        return new Progress(segments, position, snapshot, resume, consumed, stalledSince);
    }

    /** The same, of an execution that cannot go on for now. */
    public Progress stalled(Instant since) {
        return new Progress(segments, position, snapshot, fruitful, consumed, since);
    }
}
