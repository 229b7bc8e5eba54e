package dev.reprise.journal.seal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.Document;
import dev.reprise.journal.store.DocumentStore;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.UnitMeter;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The data keys of one table. Each stands in it, wrapped, as a document, made by whoever needs it first; a process asks
 * the {@link KeyService} once for each that it meets, and keeps it in memory. A day has one key, so a thousand
 * processes make as many requests a day, however many executions they run. Thread-safe.
 */
public final class DataKeys {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DocumentStore documents;
    private final String table;
    private final KeyService service;
    private final @Nullable String keyArn;
    private final InstantSource clock;
    private final Map<DataKeyId, SecretKey> known = new ConcurrentHashMap<>();

    /** Held by whoever asks for a key that is not known: of many who need it at once, one asks. */
    private final ReentrantLock asking = new ReentrantLock();

    /**
     * Keys.
     *
     * @param documents the table's, where they stand
     * @param table its name, which is part of each key's context
     * @param keyArn the key that wraps new ones; null when nothing is to be sealed, and only what was is to be opened
     */
    public DataKeys(
            DocumentStore documents, String table, KeyService service, @Nullable String keyArn, InstantSource clock) {
        this.documents = documents;
        this.table = table;
        this.service = service;
        this.keyArn = keyArn;
        this.clock = clock;
    }

    /** Whether what is written now is sealed. */
    boolean areUsed() {
        return keyArn != null;
    }

    /** A data key and its name. */
    record Named(DataKeyId id, SecretKey key) {}

    /**
     * The key that seals what is written now; it is made if it is not there.
     *
     * @return null when nothing is to be sealed
     * @throws dev.reprise.journal.store.DataKeyUnavailableException when the key service does not give it
     */
    @Nullable
    Named current(UnitMeter meter) {
        String wrapping = keyArn;
        if (wrapping == null) {
            return null;
        }
        DataKeyId id = DataKeyId.of(clock.instant(), wrapping);
        SecretKey key = known(id, () -> {
            SecretKey there = read(id, meter);
            return there == null ? make(id, wrapping, meter) : there;
        });
        return new Named(id, Objects.requireNonNull(key));
    }

    /**
     * A data key that sealed something.
     *
     * @return null when there is none of that name
     * @throws dev.reprise.journal.store.DataKeyUnavailableException when the key service does not open it
     */
    @Nullable
    SecretKey get(DataKeyId id, UnitMeter meter) {
        return known(id, () -> read(id, meter));
    }

    private @Nullable SecretKey known(DataKeyId id, Supplier<@Nullable SecretKey> ask) {
        SecretKey key = known.get(id);
        if (key != null) {
            return key;
        }
        asking.lock();
        try {
            key = known.get(id);
            if (key == null) {
                key = ask.get();
                if (key != null) {
                    known.put(id, key);
                }
            }
            return key;
        } finally {
            asking.unlock();
        }
    }

    private @Nullable SecretKey read(DataKeyId id, UnitMeter meter) {
        Document document = documents.read(JournalTable.DATA_KEYS, id.toString(), meter);
        return document == null ? null : opened(document);
    }

    private SecretKey make(DataKeyId id, String wrappedBy, UnitMeter meter) {
        KeyService.NewKey made = service.make(wrappedBy, context(table, id));
        ObjectNode json = JSON.createObjectNode();
        json.put("keyArn", wrappedBy);
        json.put("table", table);
        json.put("wrapped", made.wrapped());
        ConditionalWrite<Document> put =
                documents.put(Document.first(JournalTable.DATA_KEYS, id.toString(), json.toString()), meter);
        // Another process may have been first: its key is the day's.
        return put instanceof ConditionalWrite.Refused<Document>(Document theirs) && theirs != null
                ? opened(theirs)
                : made.plain();
    }

    private SecretKey opened(Document document) {
        try {
            JsonNode json = JSON.readTree(document.json());
            return service.open(
                    json.required("keyArn").asText(),
                    json.required("wrapped").asText(),
                    context(json.required("table").asText(), document.key()));
        } catch (IOException | IllegalArgumentException e) {
            throw new CorruptJournalException(
                    "of any name", "data key " + document.key(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Of the table that the key was made for: one that was restored under another name opens its keys. */
    private static Map<String, String> context(String table, Object id) {
        return Map.of("reprise:table", table, "reprise:data-key", id.toString());
    }
}
