package dev.reprise.journal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Entry;
import dev.reprise.journal.codec.Body;
import dev.reprise.journal.codec.ByteSink;
import dev.reprise.journal.codec.ContentHash;
import dev.reprise.journal.codec.EntryReader;
import dev.reprise.journal.codec.EntryWriter;
import dev.reprise.journal.codec.Fidelity;
import dev.reprise.journal.codec.Json;
import dev.reprise.journal.codec.TreeReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries that have their place but are not yet durable, encoded as they came in. Not thread-safe. */
final class PendingEntries {

    /**
     * A value is put elsewhere when its entry would be larger: the segment then stays quick to read, and takes other
     * entries too.
     */
    static final int LARGE = 128 * 1024;

    /** Entries that go into one segment. */
    record Batch(ByteSink json, int count) {}

    /** A value that stands elsewhere. */
    record Blob(String hash, ByteSink json, Fidelity fidelity) {}

    private final List<Batch> full = new ArrayList<>();
    private final List<Blob> blobs = new ArrayList<>();
    private ByteSink open = new ByteSink(1024);
    private int openCount;
    private long bytes;

    /**
     * Adds an entry.
     *
     * @return the entry as a replay will read it: almost always {@code entry} itself
     * @throws IllegalArgumentException when it cannot be stored; then nothing is added
     */
    Entry add(Entry entry) {
        ByteSink out = open;
        int start = out.size();
        if (start > 0) {
            out.write('\n');
        }
        int begin = out.size();
        try {
            boolean exact = EntryWriter.write(entry, null, out) == Fidelity.EXACT;
            Blob blob = null;
            if (out.size() - begin > LARGE) {
                JsonNode value = EntryWriter.value(entry);
                if (value != null) {
                    out.truncate(begin);
                    blob = encode(value);
                    exact &= EntryWriter.write(entry, blob.hash(), out) == Fidelity.EXACT
                            && blob.fidelity() == Fidelity.EXACT;
                }
            }
            Entry stored = exact ? entry : reread(out, begin, blob);
            added(start, begin, blob);
            return stored;
        } catch (RuntimeException e) {
            out.truncate(start);
            throw e;
        }
    }

    private static Blob encode(JsonNode value) {
        Json.Encoded json = Json.encode(value);
        return new Blob(ContentHash.of(json.json()), json.json(), json.fidelity());
    }

    private static Entry reread(ByteSink out, int begin, @Nullable Blob blob) {
        try (JsonParser parser = Json.FACTORY.createParser(out.buffer(), begin, out.size() - begin)) {
            Entry stored = EntryReader.next(parser, hash -> {
                if (blob == null) {
                    throw new IOException("no value stands elsewhere");
                }
                return TreeReader.read(blob.json());
            });
            return java.util.Objects.requireNonNull(stored);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Counts the entry that stands from {@code begin}; it begins a new batch when the open one would become too large.
     */
    private void added(int start, int begin, @Nullable Blob blob) {
        int length = open.size() - begin;
        if (length > Body.MAX_LENGTH) {
            throw new IllegalArgumentException("An entry of " + length
                    + " bytes besides its value is too large; at most " + Body.MAX_LENGTH + " can be stored");
        }
        if (blob != null) {
            blobs.add(blob);
            bytes += blob.json().size();
        }
        bytes += length + 1;
        if (open.size() > Body.MAX_LENGTH) {
            ByteSink next = new ByteSink(Math.max(length, 64 * 1024));
            next.write(open.buffer(), begin, length);
            open.truncate(start);
            full.add(new Batch(open, openCount));
            open = next;
            openCount = 0;
        }
        openCount++;
    }

    boolean isEmpty() {
        return openCount == 0 && full.isEmpty();
    }

    /** Bytes of JSON added since the journal began or went on. */
    long bytesEver() {
        return bytes;
    }

    /** Values that must be written before the batches. */
    List<Blob> blobs() {
        return blobs;
    }

    /** Everything as batches, oldest first, each no larger than a segment may be. */
    List<Batch> batches() {
        List<Batch> batches = new ArrayList<>(full);
        if (openCount > 0) {
            batches.add(new Batch(open, openCount));
        }
        return batches;
    }

    /** Forgets everything: it is durable now. */
    void clear() {
        full.clear();
        blobs.clear();
        openCount = 0;
        // A buffer that grew large once would be held as long as the execution runs.
        if (open.size() > 64 * 1024) {
            open = new ByteSink(1024);
        } else {
            open.truncate(0);
        }
    }
}
