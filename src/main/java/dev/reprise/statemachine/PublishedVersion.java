package dev.reprise.statemachine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.journal.store.Document;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a state machine: what it was when the version was published, for ever.
 *
 * @param number from 1
 * @param description null when it has none
 */
public record PublishedVersion(
        String machine,
        long number,
        Revision revision,
        @Nullable String description,
        Instant createdAt) {

    String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("revision", revision.toJson());
        Fields.put(json, "description", description);
        return json.put("createdAt", createdAt.toEpochMilli()).toString();
    }

    static PublishedVersion of(String machine, Document document) {
        JsonNode json = Fields.of(document);
        return new PublishedVersion(
                machine,
                Long.parseLong(document.key().substring(Versions.VERSION.length())),
                Revision.of(json.path("revision")),
                json.path("description").textValue(),
                Fields.instant(json, "createdAt"));
    }
}
