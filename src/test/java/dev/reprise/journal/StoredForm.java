package dev.reprise.journal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Entry;
import dev.reprise.journal.codec.ByteSink;
import dev.reprise.journal.codec.EntryReader;
import dev.reprise.journal.codec.EntryWriter;
import dev.reprise.journal.codec.Fidelity;
import dev.reprise.journal.codec.Json;
import dev.reprise.journal.codec.TreeReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Entries and snapshots as they come back from the table. */
public final class StoredForm {

    private StoredForm() {}

    /** What is applied when an entry is appended. */
    public static Entry appended(Entry entry) {
        return entry instanceof Entry.Started started
                ? new Entry.Started(started.at(), read(Json.encode(started.input())))
                : new PendingEntries().add(entry);
    }

    /** What is applied when it is read again. */
    public static Entry reread(Entry appended) {
        if (appended instanceof Entry.Started started) {
            return new Entry.Started(started.at(), read(Json.encode(started.input())));
        }
        ByteSink out = new ByteSink(256);
        EntryWriter.write(appended, null, out);
        try (JsonParser parser = Json.FACTORY.createParser(out.buffer(), 0, out.size())) {
            return Objects.requireNonNull(EntryReader.next(parser, hash -> {
                throw new IOException("no value stands elsewhere");
            }));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A snapshot's state, read again; null for one that JSON does not carry whole, which is not written. */
    public static @Nullable JsonNode rereadSnapshot(JsonNode state) {
        Json.Encoded json = Json.encode(state);
        return json.fidelity() == Fidelity.LOSSY ? null : read(json);
    }

    private static JsonNode read(Json.Encoded json) {
        try {
            return TreeReader.read(json.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
