package dev.reprise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.UnitMeter;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * An execution's whole journal, to look at, from the start or from a snapshot on. It reads what is asked for, and may
 * be asked again. Not thread-safe.
 */
public final class History {

    private final ExecutionStore store;
    private final Head head;
    private final UnitMeter meter = new UnitMeter();
    private final Blobs blobs;
    private Entry.@Nullable Started started;

    History(ExecutionStore store, Head head) {
        this.store = store;
        this.head = head;
        this.blobs = new Blobs(store, meter);
    }

    /**
     * The interpreter's state at a place of the journal.
     *
     * @param segment number of the segment that it stands after
     * @param position of the last entry that it knows of
     * @param state the interpreter's
     */
    public record State(long segment, long position, JsonNode state) {}

    /** Entries, read as they are asked for. Of an execution that runs, those that were durable. */
    public interface Entries extends Iterator<Entry> {

        /** Number of the segment that holds the entry which was given last; 0 for the start. */
        long segment();
    }

    /** As it was when the reading began. */
    public Head head() {
        return head;
    }

    /** The first entry. */
    public Entry.Started started() {
        Entry.Started known = started;
        if (known == null) {
            known = new Entry.Started(
                    head.beginning().startedAt(),
                    Payloads.read(blobs, head.id(), head.beginning().input()));
            started = known;
        }
        return known;
    }

    /**
     * The latest snapshot that stands after a segment of at most that number.
     *
     * @param segment {@link Long#MAX_VALUE} for the latest of all
     * @return null when there is none
     */
    public @Nullable State state(long segment) {
        // What stands behind the last segment of a closed execution was written by somebody who had lost it.
        long most = head.ending() == null
                ? segment
                : Math.min(segment, head.progress().segments());
        Snapshot found = Snapshot.readLatest(store, blobs, head.id(), most, meter);
        return found == null ? null : new State(found.segment(), found.position(), found.state());
    }

    /** All entries. */
    public Entries entries() {
        return entries(started(), 0, 1);
    }

    /**
     * The entries that come after a state.
     *
     * @param segment {@link State#segment}
     * @param position {@link State#position}
     */
    public Entries entriesAfter(long segment, long position) {
        return entries(null, segment, position);
    }

    private Entries entries(@Nullable Entry first, long segment, long position) {
        ExecutionId id = head.id();
        HistorySegments segments = new HistorySegments(head, new SegmentReader(store, id, segment, position, meter));
        return new EntryStream(id, first, segments::next, hash -> blobs.read(id, hash));
    }
}
