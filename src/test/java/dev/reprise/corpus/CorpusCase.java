package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One recorded case, its placeholders substituted.
 *
 * @param json the case's file
 */
record CorpusCase(JsonNode json) {

    String id() {
        return json.path("id").asText();
    }

    String kind() {
        return json.path("kind").asText();
    }

    String feature() {
        return json.path("feature").asText();
    }

    JsonNode at(String field) {
        return json.path(field);
    }
}
