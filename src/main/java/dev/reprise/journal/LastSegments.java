package dev.reprise.journal;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.SegmentStore;
import dev.reprise.journal.store.UnitMeter;
import org.jspecify.annotations.Nullable;

/**
 * What the end of a journal tells without being replayed.
 *
 * @param last the last segment; null when there is none
 * @param resumeOfLastEntry which resume wrote the last entry; 0 for the start
 * @param withEntry the last segment that has an entry; null when there is none
 */
record LastSegments(
        @Nullable Segment last,
        long resumeOfLastEntry,
        @Nullable Segment withEntry) {

    /** The position of the last entry; that of the start where no segment has one. */
    long lastPosition() {
        return withEntry == null ? 1 : withEntry.last();
    }

    /**
     * Reads backwards to the last segment that has an entry: past the marks of owners that took over and died, of which
     * there are few.
     */
    static LastSegments read(SegmentStore store, ExecutionId id, UnitMeter meter) {
        Segment last = null;
        String below = Long.toString(Long.MAX_VALUE);
        while (below != null) {
            Page<Segment> page = store.readSegmentsBackwards(id, Long.parseLong(below), meter);
            for (Segment segment : page.items()) {
                last = last == null ? segment : last;
                if (segment.count() > 0) {
                    return new LastSegments(last, segment.resume(), segment);
                }
            }
            below = page.next();
        }
        return new LastSegments(last, 0, null);
    }
}
