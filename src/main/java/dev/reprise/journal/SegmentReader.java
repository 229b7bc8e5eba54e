package dev.reprise.journal;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.SegmentStore;
import dev.reprise.journal.store.UnitMeter;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Reads an execution's segments in order, a page at a time, and sees to it that none is missing. Not thread-safe. */
final class SegmentReader {

    private final SegmentStore store;
    private final ExecutionId id;
    private final UnitMeter meter;
    private final Deque<Segment> page = new ArrayDeque<>();

    private long number;
    private long position;
    private boolean more = true;

    /** Goes on after segment {@code number}, whose last entry is {@code position}. */
    SegmentReader(SegmentStore store, ExecutionId id, long number, long position, UnitMeter meter) {
        this.store = store;
        this.id = id;
        this.number = number;
        this.position = position;
        this.meter = meter;
    }

    /** The next segment; null when there is none, and then {@link #lookAgain} may change that. */
    @Nullable
    Segment next() {
        if (page.isEmpty() && more) {
            Page<Segment> next = store.readSegments(id, number + 1, meter);
            page.addAll(next.items());
            more = next.next() != null;
        }
        Segment segment = page.poll();
        if (segment != null) {
            requireNext(segment);
            number = segment.number();
            position = segment.last();
        }
        return segment;
    }

    /** Lets {@link #next} ask the store once more. */
    void lookAgain() {
        more = true;
    }

    /** Number of the last segment given. */
    long number() {
        return number;
    }

    /** Position of the last entry given. */
    long position() {
        return position;
    }

    private void requireNext(Segment segment) {
        if (segment.number() != number + 1) {
            throw new CorruptJournalException(
                    id.toString(),
                    "segment " + (number + 1),
                    "it is missing, the next one is " + segment.number(),
                    null);
        }
        if (segment.first() != position + 1 || segment.count() < 0) {
            throw new CorruptJournalException(
                    id.toString(),
                    "segment " + segment.number(),
                    "it holds entries " + segment.first() + " to " + segment.last() + ", entry " + (position + 1)
                            + " should come next",
                    null);
        }
    }
}
