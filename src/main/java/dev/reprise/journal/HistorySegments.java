package dev.reprise.journal;

import dev.reprise.journal.store.Ending;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Segment;
import org.jspecify.annotations.Nullable;

/** A whole journal's segments, the tail in the head last. Not thread-safe. */
final class HistorySegments {

    private final SegmentReader stored;
    private final @Nullable Ending ending;
    private final long last;
    private boolean tailGiven;

    HistorySegments(Head head, SegmentReader stored) {
        this.stored = stored;
        this.ending = head.ending();
        this.last = head.progress().segments();
    }

    @Nullable
    Segment next() {
        Ending end = ending;
        if (end == null) {
            return stored.next();
        }
        // What stands behind the last segment of a closed execution was written by somebody who had lost it.
        Segment segment = stored.number() < last ? stored.next() : null;
        if (segment != null || tailGiven) {
            return segment;
        }
        tailGiven = true;
        return end.tail();
    }
}
