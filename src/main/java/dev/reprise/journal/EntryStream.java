package dev.reprise.journal;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.codec.EntryReader;
import dev.reprise.journal.codec.Json;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.Segment;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** The entries of segments, decoded one at a time: a long journal is never in memory whole. */
final class EntryStream implements History.Entries {

    private final ExecutionId id;
    private final Supplier<@Nullable Segment> segments;
    private final EntryReader.Blobs blobs;

    private @Nullable Segment segment;
    private @Nullable JsonParser parser;
    private int left;
    private @Nullable Entry next;
    private long segmentOfLast;

    /**
     * @param first comes before the segments' entries; null for none
     * @param segments gives the next segment, null at the end
     */
    EntryStream(ExecutionId id, @Nullable Entry first, Supplier<@Nullable Segment> segments, EntryReader.Blobs blobs) {
        this.id = id;
        this.next = first;
        this.segments = segments;
        this.blobs = blobs;
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            Segment current = segment;
            JsonParser from = parser;
            if (current != null && from != null) {
                next = decode(current, from);
            }
            if (next == null) {
                Segment following = segments.get();
                if (following == null) {
                    return false;
                }
                open(following);
            }
        }
        return true;
    }

    @Override
    public Entry next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the journal of execution " + id + " ends here");
        }
        Entry entry = java.util.Objects.requireNonNull(next);
        next = null;
        segmentOfLast = segment == null ? 0 : segment.number();
        return entry;
    }

    @Override
    public long segment() {
        return segmentOfLast;
    }

    private void open(Segment following) {
        try {
            segment = following;
            left = following.count();
            parser = Json.FACTORY.createParser(following.body().bytes());
        } catch (IOException | DataFormatException e) {
            throw unreadable(following, e);
        }
    }

    private @Nullable Entry decode(Segment from, JsonParser json) {
        try {
            Entry entry = EntryReader.next(json, blobs);
            if (entry == null) {
                if (left != 0) {
                    throw new IOException(left + " of its " + from.count() + " entries are missing");
                }
                json.close();
                parser = null;
            } else if (--left < 0) {
                throw new IOException("it holds more than the " + from.count() + " entries that it counts");
            }
            return entry;
        } catch (IOException e) {
            throw unreadable(from, e);
        }
    }

    private CorruptJournalException unreadable(Segment from, Exception e) {
        String detail = e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
        return new CorruptJournalException(id.toString(), "segment " + from.number(), String.valueOf(detail), e);
    }
}
