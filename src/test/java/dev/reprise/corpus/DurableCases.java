package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Cases of AWS's suite for its durable execution SDKs. They stand together in one array, and a case has no kind of its
 * own.
 */
final class DurableCases {

    static final String KIND = "durable";

    private DurableCases() {}

    /** Those that are given as data; others describe their program in words. */
    static Stream<CorpusCase> in(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(json -> json.has("operation") && json.path("translated").asBoolean(true))
                .map(json -> new CorpusCase(((ObjectNode) json.deepCopy())
                        .put("kind", KIND)
                        .put("feature", "durable-" + json.path("operation").asText())));
    }
}
