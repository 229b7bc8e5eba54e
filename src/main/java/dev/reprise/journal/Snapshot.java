package dev.reprise.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Interpreter;
import dev.reprise.core.Semantics;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.codec.ByteSink;
import dev.reprise.journal.codec.Fidelity;
import dev.reprise.journal.codec.Json;
import dev.reprise.journal.codec.TreeReader;
import dev.reprise.journal.codec.TreeWriter;
import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.ChunkStore;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.journal.store.UnknownVersionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The interpreter's state where a segment ends. It follows from the entries up to there and from nothing else, so it
 * needs no fence: whoever writes it writes the same.
 *
 * @param segment number of the segment that it stands after
 * @param position of the last entry that it knows of
 * @param resume which resume wrote that entry
 * @param owner which resume put that segment, which may be an empty one
 * @param state the interpreter's
 * @param size of its JSON, in bytes
 */
record Snapshot(long segment, long position, long resume, long owner, JsonNode state, long size) {

    private static final String POSITION = "position";
    private static final String TRANSITIONS = "transitions";
    private static final String STATE = "state";

    /** Each is a read, and an owner that died while it wrote. */
    private static final int MOST_BROKEN = 100;

    /**
     * Its JSON; null when that is too large to be wanted, which shows before all of it has been written.
     *
     * @param most the largest size that is wanted, in bytes
     */
    static Json.@Nullable Encoded encode(
            int semantics, long position, long resume, long owner, JsonNode state, long most) {
        ByteSink out = new ByteSink(4096, most);
        try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("semantics", semantics);
            json.writeNumberField(POSITION, position);
            json.writeNumberField("resume", resume);
            json.writeNumberField("owner", owner);
            long transitions = Interpreter.transitions(state);
            if (transitions > 0) {
                json.writeNumberField(TRANSITIONS, transitions);
            }
            json.writeFieldName(STATE);
            Fidelity fidelity = TreeWriter.write(json, state);
            json.writeEndObject();
            json.flush();
            return new Json.Encoded(out, fidelity);
        } catch (ByteSink.FullException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Name of its chunks. */
    static String name(long segment) {
        return JournalTable.SNAPSHOT + JournalTable.twelveDigits(segment);
    }

    /** The one after that segment. */
    static Snapshot read(Blobs blobs, ExecutionId id, long segment) {
        String item = "the snapshot after segment " + segment;
        byte[] json = blobs.read(id.toString(), id.partition(), name(segment));
        if (json == null) {
            throw new CorruptJournalException(id.toString(), item, "it is not there", null);
        }
        try {
            JsonNode snapshot = TreeReader.read(json, 0, json.length);
            int semantics = snapshot.path("semantics").asInt();
            if (!Semantics.knows(semantics)) {
                throw new UnknownVersionException(
                        "Execution " + id + ": " + item, "semantics", semantics, Semantics.VERSION);
            }
            JsonNode state = snapshot.get(STATE);
            if (state == null) {
                throw new IOException("it lacks its state");
            }
            return new Snapshot(
                    segment,
                    number(snapshot, POSITION),
                    number(snapshot, "resume"),
                    number(snapshot, "owner"),
                    state,
                    json.length);
        } catch (IOException e) {
            throw new CorruptJournalException(id.toString(), item, String.valueOf(e.getMessage()), e);
        }
    }

    private static long number(JsonNode snapshot, String name) throws IOException {
        JsonNode value = snapshot.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new IOException("it lacks '" + name + "', or that is no whole number");
        }
        return value.longValue();
    }

    /**
     * The latest whole one; null when there is none, and a replay begins at the start. A writer that died in the middle
     * left one whose last chunk is missing; after {@link #MOST_BROKEN} such ones, none is looked for any more.
     */
    static @Nullable Snapshot readLatest(ChunkStore store, Blobs blobs, ExecutionId id, UnitMeter meter) {
        return readLatest(store, blobs, id, Long.MAX_VALUE, meter);
    }

    /** The latest whole one that stands after a segment of at most that number. */
    static @Nullable Snapshot readLatest(ChunkStore store, Blobs blobs, ExecutionId id, long most, UnitMeter meter) {
        Long segment = latest(store, id, most, meter);
        return segment == null ? null : read(blobs, id, segment);
    }

    /**
     * How many transitions the execution had made since the entry at {@code position} when its latest snapshot was
     * taken; 0 when none was taken since. What the snapshot holds is not looked at: it may be too much for whoever
     * asks.
     */
    static long transitionsSince(long position, ChunkStore store, Blobs blobs, ExecutionId id, UnitMeter meter) {
        Long segment = latest(store, id, Long.MAX_VALUE, meter);
        if (segment == null) {
            return 0;
        }
        try {
            byte[] text = blobs.read(id.toString(), id.partition(), name(segment));
            return text == null ? 0 : transitionsSince(position, text);
        } catch (IOException | CorruptJournalException e) {
            return 0; // Nobody can go on from it either.
        }
    }

    private static long transitionsSince(long position, byte[] text) throws IOException {
        long known = -1;
        long transitions = 0;
        try (JsonParser json = Json.FACTORY.createParser(text)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null && !name.equals(STATE); name = json.nextFieldName()) {
                json.nextToken();
                switch (name) {
                    case POSITION -> known = json.getLongValue();
                    case TRANSITIONS -> transitions = json.getLongValue();
                    default -> json.skipChildren();
                }
            }
        }
        return known == position ? transitions : 0;
    }

    /** The segment after which the latest whole one stands; null when there is none. */
    private static @Nullable Long latest(ChunkStore store, ExecutionId id, long most, UnitMeter meter) {
        String before = most > Segment.MAX_NUMBER ? JournalTable.SNAPSHOT + "~" : name(most) + "~";
        for (int broken = 0; broken < MOST_BROKEN; broken++) {
            Chunk last = store.readLastChunk(id.partition(), JournalTable.SNAPSHOT, before, meter);
            if (last == null) {
                return null;
            }
            if (last.index() == last.count() - 1) {
                return Long.parseLong(
                        last.name(), JournalTable.SNAPSHOT.length(), last.name().length(), 10);
            }
            before = last.name();
        }
        return null;
    }
}
