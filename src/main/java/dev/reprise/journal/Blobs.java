package dev.reprise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.codec.Body;
import dev.reprise.journal.codec.ByteSink;
import dev.reprise.journal.codec.Compressor;
import dev.reprise.journal.codec.ContentHash;
import dev.reprise.journal.codec.TreeReader;
import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.ChunkStore;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.UnitMeter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** Large values, cut into chunks. Not thread-safe. */
final class Blobs {

    /** Bounds what reading a value may take: about 700 MB. */
    static final int MOST_CHUNKS = 2_000;

    private final ChunkStore store;
    private final UnitMeter meter;

    Blobs(ChunkStore store, UnitMeter meter) {
        this.store = store;
        this.meter = meter;
    }

    /** Writes a content-addressed value's chunks. */
    void write(ExecutionId id, String hash, ByteSink json) {
        write(id.partition(), JournalTable.BLOB + hash, json);
    }

    /**
     * Writes UTF-8 text as chunks of that name.
     *
     * @throws IllegalArgumentException when it takes more than {@link #MOST_CHUNKS}
     */
    void write(String partition, String name, ByteSink text) {
        int overhead = partition.length() + name.length() + 80;
        List<Integer> cuts = cuts(text.buffer(), text.size());
        if (cuts.size() > MOST_CHUNKS) {
            throw new IllegalArgumentException("A value of " + text.size() + " bytes is too large; at most "
                    + MOST_CHUNKS * (long) Body.MAX_LENGTH + " can be stored");
        }
        int from = 0;
        for (int i = 0; i < cuts.size(); i++) {
            int to = cuts.get(i);
            Body body = Compressor.body(text.buffer(), from, to - from, overhead);
            store.putChunk(partition, new Chunk(name, i, cuts.size(), body), meter);
            from = to;
        }
    }

    /** Where each piece ends: no piece is too large, and none begins inside a character. */
    private static List<Integer> cuts(byte[] text, int length) {
        List<Integer> cuts = new ArrayList<>();
        int from = 0;
        while (length - from > Body.MAX_LENGTH) {
            int to = from + Body.MAX_LENGTH;
            while ((text[to] & 0xC0) == 0x80) {
                to--;
            }
            cuts.add(to);
            from = to;
        }
        cuts.add(length);
        return cuts;
    }

    /**
     * Reads a content-addressed value.
     *
     * @throws CorruptJournalException when it is missing or damaged
     */
    JsonNode read(ExecutionId id, String hash) {
        byte[] json = read(id.toString(), id.partition(), JournalTable.BLOB + hash);
        String item = "value " + hash;
        if (json == null) {
            throw new CorruptJournalException(id.toString(), item, "it is not there", null);
        }
        if (!ContentHash.of(json, json.length).equals(hash)) {
            throw new CorruptJournalException(id.toString(), item, "its content has another hash", null);
        }
        try {
            return TreeReader.read(json, 0, json.length);
        } catch (IOException e) {
            throw new CorruptJournalException(id.toString(), item, "it is not JSON", e);
        }
    }

    /**
     * Reads text that was written as chunks.
     *
     * @param what whose text it is, for messages
     * @return null when there is none
     */
    byte @Nullable [] read(String what, String partition, String name) {
        ByteSink text = new ByteSink(Body.MAX_LENGTH);
        int next = 0;
        int count = 0;
        Page<Chunk> page;
        do {
            page = store.readChunks(partition, name, next, meter);
            for (Chunk chunk : page.items()) {
                if (chunk.index() != next) {
                    throw new CorruptJournalException(what, "chunk " + next + " of " + name, "it is not there", null);
                }
                requireSane(what, chunk, next == 0 ? chunk.count() : count);
                append(what, chunk, text);
                count = chunk.count();
                next++;
            }
        } while (page.next() != null);
        if (next == 0) {
            return null;
        }
        if (next != count) {
            throw new CorruptJournalException(
                    what, "chunk " + next + " of " + name, "it is not there, " + count + " were written", null);
        }
        return text.toByteArray();
    }

    private static void requireSane(String what, Chunk chunk, int count) {
        if (chunk.count() != count || count > MOST_CHUNKS || chunk.index() >= count) {
            throw new CorruptJournalException(
                    what,
                    "chunk " + chunk.index() + " of " + chunk.name(),
                    "it says that it is one of " + chunk.count() + ", of " + count + " at most " + MOST_CHUNKS,
                    null);
        }
    }

    private static void append(String what, Chunk chunk, ByteSink text) {
        try {
            text.writeBytes(chunk.body().bytes());
        } catch (DataFormatException e) {
            throw new CorruptJournalException(
                    what, "chunk " + chunk.index() + " of " + chunk.name(), String.valueOf(e.getMessage()), e);
        }
    }
}
