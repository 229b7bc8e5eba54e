package dev.reprise.journal;

import dev.reprise.execution.Entry;
import dev.reprise.journal.codec.Body;
import dev.reprise.journal.codec.Compressor;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.FencedException;
import dev.reprise.journal.store.Segment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives entries their places, and makes them durable as segments. */
final class SegmentWriter {

    /** What of the last entries may stand in the head, in bytes. */
    private static final int TAIL = 4 * 1024;

    /** About what a segment's item weighs besides its entries and its partition key. */
    private static final int SEGMENT_OVERHEAD = 110;

    /** About what a closed head weighs besides these entries. */
    private static final int HEAD_OVERHEAD = 1024;

    private final Ownership owned;
    private final Extent extent;
    private final PendingEntries pending = new PendingEntries();

    SegmentWriter(Ownership owned, Extent extent) {
        this.owned = owned;
        this.extent = extent;
    }

    /** {@link Journal#append}. */
    Entry append(Entry entry) {
        Entry stored = pending.add(entry);
        extent.appended();
        return stored;
    }

    /** Writes what is pending, as one segment or as few as it takes. */
    void flush() {
        if (!pending.isEmpty()) {
            writeBlobs();
            pending.batches().forEach(this::write);
            pending.clear();
        }
    }

    /** @throws IllegalStateException when something is pending */
    void requireFlushed(String before) {
        if (!pending.isEmpty()) {
            throw new IllegalStateException("Flush the journal of execution " + owned.id() + " before " + before);
        }
    }

    /** Writes a segment without entries. */
    void putEmpty() {
        put(segment(0, Body.text("")));
    }

    /** What is pending, as the last segment, when it is short enough to stand in the head; else it is written. */
    @Nullable
    Segment tail() {
        writeBlobs();
        List<PendingEntries.Batch> batches = pending.batches();
        if (batches.size() == 1 && batches.get(0).json().size() <= TAIL) {
            PendingEntries.Batch batch = batches.get(0);
            return segment(batch.count(), Compressor.body(batch.json(), HEAD_OVERHEAD));
        }
        batches.forEach(this::write);
        return null;
    }

    /** All that is pending has become durable otherwise. */
    void released() {
        extent.allDurable();
        pending.clear();
    }

    private void writeBlobs() {
        for (PendingEntries.Blob blob : pending.blobs()) {
            extent.otherItems();
            owned.blobs().write(owned.id(), blob.hash(), blob.json());
        }
    }

    private void write(PendingEntries.Batch batch) {
        int overhead = SEGMENT_OVERHEAD + owned.id().partition().length();
        put(segment(batch.count(), Compressor.body(batch.json(), overhead)));
        extent.snapshots().entries(batch.json().size());
    }

    private Segment segment(int count, Body body) {
        return new Segment(
                extent.segment() + 1, owned.writer(), extent.durablePosition() + 1, count, owned.resume(), body);
    }

    /** @throws FencedException when another journal's segment has its number */
    private void put(Segment segment) {
        ConditionalWrite<Segment> put = owned.store().putSegment(owned.id(), segment, owned.meter());
        // One write is in flight at a time, and this number was never written before: a segment of ours there is this
        // very one, whose answer was lost.
        if (put instanceof ConditionalWrite.Refused(Segment taken) && !owned.wrote(taken)) {
            throw owned.fenced("segment " + segment.number() + " was written by another journal");
        }
        extent.written(segment);
    }
}
