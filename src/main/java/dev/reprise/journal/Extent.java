package dev.reprise.journal;

import dev.reprise.journal.store.Beginning;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Payload;
import dev.reprise.journal.store.Progress;
import dev.reprise.journal.store.Segment;
import org.jspecify.annotations.Nullable;

/** How far a journal reaches, as its owner knows it: by what it has read, then by what it has written. */
final class Extent {

    private final SnapshotPolicy snapshots = new SnapshotPolicy();

    /** Number of the last segment; 0 when there is none. */
    private long segment;

    /** Of the last entry; 1 is the start. */
    private long position = Progress.START.position();

    /** Of the last entry that is in a segment. */
    private long durablePosition = position;

    private long resumeOfLastEntry;
    private long resumeOfLastSegment;

    /** Number of the segment that the last snapshot stands after. */
    private long snapshot = Progress.START.snapshot();

    private boolean onlyHead;

    private Extent(boolean onlyHead) {
        this.onlyHead = onlyHead;
    }

    /** Up to the start, which is in the head. */
    static Extent ofStart(Head head) {
        Beginning beginning = head.beginning();
        return new Extent(beginning.input() instanceof Payload.Inline
                && beginning.origin().labels().isEmpty());
    }

    /** Up to a snapshot. */
    static Extent upTo(Snapshot snapshot) {
        Extent extent = new Extent(false);
        extent.standAt(snapshot.segment(), snapshot.position());
        extent.snapshot = snapshot.segment();
        extent.resumeOfLastEntry = snapshot.resume();
        extent.resumeOfLastSegment = snapshot.owner();
        extent.snapshots.startFrom(snapshot.size());
        return extent;
    }

    /**
     * Up to a segment, nothing before which was read.
     *
     * @param last null when there is no segment
     */
    static Extent upTo(@Nullable Segment last, Head head) {
        Extent extent = new Extent(false);
        if (last != null) {
            extent.standAt(last.number(), last.last());
            extent.resumeOfLastSegment = last.resume();
        }
        extent.snapshot = head.progress().snapshot();
        return extent;
    }

    private void standAt(long number, long entry) {
        segment = number;
        position = entry;
        durablePosition = entry;
    }

    long segment() {
        return segment;
    }

    long position() {
        return position;
    }

    long durablePosition() {
        return durablePosition;
    }

    long resumeOfLastEntry() {
        return resumeOfLastEntry;
    }

    long resumeOfLastSegment() {
        return resumeOfLastSegment;
    }

    SnapshotPolicy snapshots() {
        return snapshots;
    }

    /** Whether nothing is known of a snapshot, nor of an entry but the start. */
    boolean isStart() {
        return position == Progress.START.position() && snapshot == Progress.START.snapshot();
    }

    /** Whether the execution is known to have no item but its head. */
    boolean isOnlyHead() {
        return onlyHead && segment == 0;
    }

    /** A segment comes next that was read. */
    void read(Segment next) {
        standAt(next.number(), next.last());
        resumeOfLastSegment = next.resume();
        snapshots.segment();
        if (next.count() > 0) {
            resumeOfLastEntry = next.resume();
            String text = next.body().text();
            snapshots.entries(text == null ? next.body().length() : text.length());
        }
    }

    /** The owner's own mark comes next, which holds no entry. */
    void marked(Segment mark) {
        segment = mark.number();
        resumeOfLastSegment = mark.resume();
    }

    /** An entry has its place. */
    void appended() {
        position++;
    }

    /** A segment comes next that was written. */
    void written(Segment next) {
        segment = next.number();
        durablePosition = next.last();
        resumeOfLastEntry = next.resume();
        resumeOfLastSegment = next.resume();
        snapshots.segment();
    }

    /** There is, or there may be, an item besides the head and the segments. */
    void otherItems() {
        onlyHead = false;
    }

    /** A snapshot was written after the last segment. */
    void snapshotWritten() {
        snapshot = segment;
    }

    /** All that has its place is durable. */
    void allDurable() {
        durablePosition = position;
    }

    /**
     * What the head is to tell of it.
     *
     * @param known what it tells up to now: of a journal that was not read to its end, it may know more
     */
    Progress progress(Progress known, ConsumedUnits consumed) {
        return new Progress(
                Math.max(segment, known.segments()),
                Math.max(position, known.position()),
                Math.max(snapshot, known.snapshot()),
                known.fruitful(),
                consumed);
    }
}
