package dev.reprise.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.Entry;
import dev.reprise.journal.codec.Body;
import dev.reprise.journal.codec.EntryReader;
import dev.reprise.journal.codec.Json;
import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Payload;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * An execution's journal as it stands in the table, for whoever wants to know what its durability takes. It reads what
 * is asked for, and changes nothing. Not thread-safe.
 */
public final class StoredJournal {

    /** More segments than this are not added up. */
    static final int MOST_SEGMENTS = 100_000;

    /** More items beside the segments than this are not counted. */
    private static final int MOST_ITEMS = 100_000;

    /** More snapshots than this are not weighed. */
    private static final int MOST_SNAPSHOTS = 50;

    /** Stands for a value that is not read: an error's parts are looked for in it. */
    private static final ObjectNode UNREAD = JsonNodeFactory.instance.objectNode();

    private final ExecutionStore store;
    private final Head head;
    private final UnitMeter meter = new UnitMeter();
    private final Blobs blobs;

    StoredJournal(ExecutionStore store, Head head) {
        this.store = store;
        this.head = head;
        this.blobs = new Blobs(store, meter);
    }

    /**
     * Entries that were written together.
     *
     * @param segment its number; 0 for the start, which is in the head
     * @param isInHead whether it stands in the head, as the start and the last entries may
     * @param resume which resume of the execution wrote it; 0 for the start
     * @param writer the journal that wrote it: another one for each lease
     * @param storedBytes its entries as they are stored, compressed perhaps
     * @param entries in order; none for the mark of an owner who took over
     */
    public record Batch(
            long segment, boolean isInHead, long resume, String writer, int storedBytes, List<Stored> entries) {
        public Batch {
            entries = List.copyOf(entries);
        }
    }

    /**
     * One entry.
     *
     * @param position from 1
     * @param bytes its JSON, without a value that stands elsewhere
     * @param blob the hash of a value that stands elsewhere; null when there is none
     * @param entry what it says; with null in place of a value that stands elsewhere, unless that was asked for
     */
    public record Stored(long position, int bytes, @Nullable String blob, Entry entry) {}

    /**
     * The interpreter's state, written after a segment.
     *
     * @param segment number of the segment
     * @param items in how many items it stands
     * @param storedBytes of these, compressed perhaps
     */
    public record Mark(long segment, int items, long storedBytes) {}

    /**
     * What all of it comes to.
     *
     * @param entries the start included
     * @param segments how many writes of entries there were, those in the head left out
     * @param bytes the entries' JSON
     * @param storedBytes the same as it is stored
     * @param values items of values that are too large for a segment
     * @param inbox facts that others have brought, not yet taken in
     * @param snapshots in order
     * @param isCut whether there is more than was added up
     */
    public record Totals(
            long entries,
            long segments,
            long bytes,
            long storedBytes,
            int values,
            int inbox,
            List<Mark> snapshots,
            boolean isCut) {
        public Totals {
            snapshots = List.copyOf(snapshots);
        }
    }

    /** As it was when the reading began. */
    public Head head() {
        return head;
    }

    /**
     * Batches in order, those of about 1 MB.
     *
     * @param from the least segment, 0 for the beginning
     * @return its {@code next} is the segment to go on from
     */
    public Page<Batch> batches(long from) {
        List<Batch> found = new ArrayList<>();
        if (from == 0) {
            found.add(start(false));
        }
        Page<Segment> page = store.readSegments(head.id(), Math.max(1, from), meter);
        for (Segment segment : page.items()) {
            if (!isBehindTheEnd(segment.number())) {
                found.add(batch(segment, false, false));
            }
        }
        Segment tail =
                page.next() == null && head.ending() != null ? head.ending().tail() : null;
        if (tail != null && tail.number() >= from) {
            found.add(batch(tail, true, false));
        }
        return new Page<>(found, page.next());
    }

    /**
     * One entry, whole.
     *
     * @param segment {@link Batch#segment}
     * @return null when there is none
     */
    public @Nullable Stored entry(long segment, long position) {
        if (segment == 0) {
            return position == 1 ? start(true).entries().getFirst() : null;
        }
        Segment tail = head.ending() == null ? null : head.ending().tail();
        if (tail != null && tail.number() == segment) {
            return in(batch(tail, true, true), position);
        }
        List<Segment> found = store.readSegments(head.id(), segment, meter).items();
        return found.isEmpty() || found.getFirst().number() != segment || isBehindTheEnd(segment)
                ? null
                : in(batch(found.getFirst(), false, true), position);
    }

    private static @Nullable Stored in(Batch batch, long position) {
        return batch.entries().stream()
                .filter(entry -> entry.position() == position)
                .findFirst()
                .orElse(null);
    }

    /** What stands behind the last segment of a closed execution was written by somebody who had lost it. */
    private boolean isBehindTheEnd(long segment) {
        return head.ending() != null && segment > head.progress().segments();
    }

    private Batch start(boolean whole) {
        Payload input = head.beginning().input();
        boolean inline = input instanceof Payload.Inline;
        int bytes = input instanceof Payload.Inline(String json) ? json.getBytes(UTF_8).length : 0;
        Entry.Started started = new Entry.Started(
                head.beginning().startedAt(),
                inline || whole ? Payloads.read(blobs, head.id(), input) : NullNode.instance);
        Stored entry = new Stored(1, bytes, input instanceof Payload.Stored(String hash) ? hash : null, started);
        return new Batch(0, true, 0, "", bytes, List.of(entry));
    }

    private Batch batch(Segment segment, boolean isInHead, boolean whole) {
        List<Stored> entries = new ArrayList<>(segment.count());
        try {
            byte[] json = segment.body().bytes();
            @Nullable String[] blob = {null};
            try (JsonParser parser = Json.FACTORY.createParser(json)) {
                long before = 0;
                while (true) {
                    blob[0] = null;
                    Entry entry = EntryReader.next(parser, hash -> {
                        blob[0] = hash;
                        return whole ? blobs.read(head.id(), hash) : UNREAD;
                    });
                    if (entry == null) {
                        break;
                    }
                    long after = parser.currentLocation().getByteOffset();
                    int comma = entries.isEmpty() ? 0 : 1;
                    entries.add(new Stored(
                            segment.first() + entries.size(), (int) (after - before) - comma, blob[0], entry));
                    before = after;
                }
            }
        } catch (IOException | DataFormatException e) {
            throw new CorruptJournalException(
                    head.id().toString(), "segment " + segment.number(), String.valueOf(e.getMessage()), e);
        }
        return new Batch(
                segment.number(), isInHead, segment.resume(), segment.writer(), storedBytes(segment.body()), entries);
    }

    private static int storedBytes(Body body) {
        byte[] deflated = body.deflated();
        String text = body.text();
        return deflated != null ? deflated.length : text == null ? 0 : text.getBytes(UTF_8).length;
    }

    /** What all of it comes to. It reads the whole journal. */
    public Totals totals() {
        long entries = 0;
        long segments = 0;
        long bytes = 0;
        long stored = 0;
        Long from = 0L;
        while (from != null && segments < MOST_SEGMENTS) {
            Page<Batch> page = batches(from);
            for (Batch batch : page.items()) {
                segments += batch.isInHead() ? 0 : 1;
                stored += batch.storedBytes();
                entries += batch.entries().size();
                bytes += batch.entries().stream().mapToLong(Stored::bytes).sum();
            }
            from = page.next() == null ? null : Long.valueOf(page.next());
        }
        return beside(entries, segments, bytes, stored, from != null);
    }

    private Totals beside(long entries, long segments, long bytes, long stored, boolean isCut) {
        List<Long> snapshots = new ArrayList<>();
        int values = 0;
        int inbox = 0;
        int read = 0;
        String after = "";
        while (after != null && read < MOST_ITEMS) {
            Page<String> keys = store.readItemKeys(head.id(), after, meter);
            for (String key : keys.items()) {
                read++;
                if (key.startsWith(JournalTable.BLOB)) {
                    values++;
                } else if (key.startsWith(JournalTable.INBOX)) {
                    inbox++;
                } else if (key.startsWith(JournalTable.SNAPSHOT) && key.endsWith("#0000")) {
                    snapshots.add(Long.valueOf(
                            key.substring(JournalTable.SNAPSHOT.length(), key.length() - "#0000".length())));
                }
            }
            after = keys.next();
        }
        List<Mark> marks = new ArrayList<>();
        for (Long segment : snapshots) {
            marks.add(marks.size() < MOST_SNAPSHOTS ? mark(segment) : new Mark(segment, 0, 0));
        }
        return new Totals(entries, segments, bytes, stored, values, inbox, marks, isCut || after != null);
    }

    private Mark mark(long segment) {
        int items = 0;
        long bytes = 0;
        Integer from = 0;
        while (from != null) {
            Page<Chunk> page = store.readChunks(head.id().partition(), Snapshot.name(segment), from, meter);
            for (Chunk chunk : page.items()) {
                items++;
                bytes += storedBytes(chunk.body());
            }
            from = page.next() == null ? null : Integer.valueOf(page.next());
        }
        return new Mark(segment, items, bytes);
    }
}
