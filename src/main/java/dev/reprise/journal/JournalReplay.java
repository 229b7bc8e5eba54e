package dev.reprise.journal;

import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.codec.Body;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.FencedException;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalException;
import dev.reprise.journal.store.Segment;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal of an execution that was taken over, as long as it is read: its entries come first, and only after the
 * last of them is there a {@link Journal} to append to. It puts the owner's mark where that is needed (see {@link
 * Journal}). Not thread-safe: one thread owns an execution, and every call here is made on it and may block.
 */
public final class JournalReplay {

    private final Ownership owned;
    private final Extent extent;
    private final SegmentReader unread;

    /** Whether the owner before had not given up its lease, and no mark keeps it out yet. */
    private boolean markNeeded;

    private @Nullable EntryStream entries;

    /** Null before the end. */
    private @Nullable Journal journal;

    /**
     * @param extent where it begins
     * @param takenOver whether the owner before had not given up its lease
     */
    JournalReplay(Ownership owned, Extent extent, boolean takenOver) {
        this.owned = owned;
        this.extent = extent;
        this.markNeeded = takenOver;
        this.unread = new SegmentReader(owned.store(), owned.id(), extent.segment(), extent.position(), owned.meter());
    }

    /** Which execution. */
    public ExecutionId id() {
        return owned.id();
    }

    /**
     * Reads the journal to its end.
     *
     * @param each is given, in order, the entries that were not given before: from the snapshot, or else from the start
     *     on. What it throws is thrown; a further call goes on behind the entry that it was given last
     * @return the journal, to append to
     * @throws FencedException when another invocation has taken the execution over meanwhile
     * @throws JournalException when an entry cannot be read; the execution is then as it was
     * @throws IllegalStateException when that was so before
     */
    public Journal toItsEnd(Consumer<? super Entry> each) {
        if (journal != null) {
            return journal;
        }
        owned.requireHeld();
        Supplier<@Nullable Entry> next = this::nextEntry;
        for (Entry entry = owned.guarded(next); entry != null; entry = owned.guarded(next)) {
            each.accept(entry);
        }
        return opened();
    }

    /**
     * Reads it to its end, without a look at its entries: one of them may be what nobody survives.
     *
     * @param each is given the segments that an earlier owner still wrote, which are part of the journal
     */
    Journal pastItsEntries(Consumer<Segment> each) {
        owned.guarded(() -> {
            requireNoLaterOwner();
            for (Segment segment = nextSegment(); segment != null; segment = nextSegment()) {
                each.accept(segment);
            }
        });
        return opened();
    }

    private Journal opened() {
        Journal opened = new Journal(owned, extent);
        journal = opened;
        return opened;
    }

    private @Nullable Entry nextEntry() {
        EntryStream stream = entries;
        if (stream == null) {
            requireNoLaterOwner();
            stream = new EntryStream(id(), extent.isStart() ? started() : null, this::nextSegment, owned::readBlob);
            entries = stream;
        }
        return stream.hasNext() ? stream.next() : null;
    }

    private Entry started() {
        Head head = owned.head();
        return new Entry.Started(
                head.beginning().startedAt(),
                Payloads.read(owned.blobs(), id(), head.beginning().input()));
    }

    private @Nullable Segment nextSegment() {
        Segment segment = unread.next();
        while (segment == null && markNeeded && !putMark()) {
            // An earlier owner was quicker: what it wrote is part of the journal. If it was a later one, reading shows
            // it.
            unread.lookAgain();
            segment = unread.next();
        }
        if (segment == null) {
            requireWhole();
        } else {
            extent.read(segment);
            requireNoLaterOwner();
        }
        return segment;
    }

    /** A later owner's mark may be out of sight, when what is read begins behind it. */
    private void requireNoLaterOwner() {
        if (extent.resumeOfLastSegment() > owned.resume()) {
            throw owned.fenced("segment " + extent.segment() + " was written by a later owner");
        }
    }

    private boolean putMark() {
        Segment mark = new Segment(
                unread.number() + 1, owned.writer(), unread.position() + 1, 0, owned.resume(), Body.text(""));
        ConditionalWrite<Segment> put = owned.store().putSegment(id(), mark, owned.meter());
        if (put instanceof ConditionalWrite.Refused(Segment taken) && !owned.wrote(taken)) {
            return false;
        }
        extent.marked(mark);
        markNeeded = false;
        return true;
    }

    private void requireWhole() {
        long written = owned.head().progress().segments();
        if (extent.segment() < written) {
            throw new CorruptJournalException(
                    id().toString(),
                    "segment " + (extent.segment() + 1),
                    "it is missing, " + written + " were written",
                    null);
        }
    }
}
