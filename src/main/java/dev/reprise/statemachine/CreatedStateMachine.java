package dev.reprise.statemachine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.journal.store.Document;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A state machine that was created.
 *
 * @param express whether its executions leave no journal
 * @param current what it is now
 * @param createdAt millisecond precision
 * @param updatedAt of the last change; when it was made, if there was none
 * @param firstVersion what the request that made it asked for; null when it asked for no version
 * @param lastVersion number of the version that was published last; 0 when none was
 * @param published id of the revision of that version; null for the first revision, or when there is no version
 */
public record CreatedStateMachine(
        String name,
        boolean express,
        Revision current,
        Instant createdAt,
        Instant updatedAt,
        @Nullable FirstVersion firstVersion,
        long lastVersion,
        @Nullable String published) {

    /** A version that was asked for when the machine was made, and its description; null when it has none. */
    public record FirstVersion(@Nullable String description) {}

    /** With another revision. */
    public CreatedStateMachine updated(Revision revision, Instant at) {
        return new CreatedStateMachine(name, express, revision, createdAt, at, firstVersion, lastVersion, published);
    }

    /** Whether the version that was published last is what it is now. */
    public boolean isPublished() {
        return lastVersion > 0 && Objects.equals(published, current.id());
    }

    /** With that version, unless there is a later one. */
    CreatedStateMachine published(PublishedVersion version) {
        return lastVersion >= version.number()
                ? this
                : new CreatedStateMachine(
                        name,
                        express,
                        current,
                        createdAt,
                        updatedAt,
                        firstVersion,
                        version.number(),
                        version.revision().id());
    }

    String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("express", express);
        json.set("current", current.toJson());
        json.put("createdAt", createdAt.toEpochMilli()).put("updatedAt", updatedAt.toEpochMilli());
        if (firstVersion != null) {
            Fields.put(json.putObject("firstVersion"), "description", firstVersion.description());
        }
        json.put("lastVersion", lastVersion);
        Fields.put(json, "published", published);
        return json.toString();
    }

    static CreatedStateMachine of(Document document) {
        JsonNode json = Fields.of(document);
        JsonNode first = json.get("firstVersion");
        return new CreatedStateMachine(
                document.key(),
                json.path("express").booleanValue(),
                Revision.of(json.path("current")),
                Fields.instant(json, "createdAt"),
                Fields.instant(json, "updatedAt"),
                first == null
                        ? null
                        : new FirstVersion(first.path("description").textValue()),
                json.path("lastVersion").longValue(),
                json.path("published").textValue());
    }
}
