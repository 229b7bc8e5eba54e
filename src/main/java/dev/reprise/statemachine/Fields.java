package dev.reprise.statemachine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.Document;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Fields of documents. */
final class Fields {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Fields() {}

    static void set(ObjectNode json, String name, @Nullable JsonNode value) {
        if (value != null) {
            json.set(name, value);
        }
    }

    static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    static Instant instant(JsonNode json, String name) {
        return Instant.ofEpochMilli(json.path(name).longValue());
    }

    static JsonNode of(Document document) {
        try {
            return MAPPER.readTree(document.json());
        } catch (JsonProcessingException e) {
            throw new CorruptJournalException(
                    document.partition(), "document " + document.key(), String.valueOf(e.getMessage()), e);
        }
    }
}
