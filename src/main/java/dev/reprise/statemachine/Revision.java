package dev.reprise.statemachine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What a state machine is at one time: all that an update may change, and that a version keeps.
 *
 * @param id tells it from the other revisions; null for the first
 * @param definition SHA-256 of its text
 * @param logging as it was given; null when it was not
 * @param tracing as it was given; null when it was not
 * @param encryption as it was given; null when it was not
 */
public record Revision(
        @Nullable String id,
        String definition,
        String roleArn,
        @Nullable JsonNode logging,
        @Nullable JsonNode tracing,
        @Nullable JsonNode encryption) {

    /** Whether it is the same but for its id. */
    public boolean isSameAs(Revision other) {
        return withId(null).equals(other.withId(null));
    }

    /** The same under another id. */
    public Revision withId(@Nullable String other) {
        return new Revision(other, definition, roleArn, logging, tracing, encryption);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (id != null) {
            json.put("id", id);
        }
        json.put("definition", definition).put("roleArn", roleArn);
        Fields.set(json, "logging", logging);
        Fields.set(json, "tracing", tracing);
        Fields.set(json, "encryption", encryption);
        return json;
    }

    static Revision of(JsonNode json) {
        return new Revision(
                json.path("id").textValue(),
                json.path("definition").asText(),
                json.path("roleArn").asText(),
                json.get("logging"),
                json.get("tracing"),
                json.get("encryption"));
    }
}
