package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.query.jsonata.base.Meter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code *} and {@code **}. */
final class Wildcards {

    private Wildcards() {}

    /** Every member's value; arrays are spread to their depths. */
    static @Nullable JsonNode members(@Nullable JsonNode value, Evaluation evaluation) {
        JsonataArray found = JsonataArray.sequence();
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                flatten(member.getValue(), found, 0, evaluation);
            }
        } else if (value instanceof ArrayNode array) {
            for (JsonNode element : array) {
                flatten(element, found, 0, evaluation);
            }
        }
        return found;
    }

    private static void flatten(JsonNode value, JsonataArray found, int depth, Evaluation evaluation) {
        if (!(value instanceof ArrayNode array)) {
            found.items().add(value);
            evaluation.added(found.items().size());
            return;
        }
        Meter.checkDepth(depth);
        evaluation.burn(1);
        for (JsonNode element : array) {
            flatten(element, found, depth + 1, evaluation);
        }
    }

    /** The value and everything below it, but no array itself. */
    static @Nullable JsonNode descendants(@Nullable JsonNode value, Evaluation evaluation) {
        if (value == null) {
            return null;
        }
        JsonataArray found = JsonataArray.sequence();
        descend(value, found, 0, evaluation);
        return found.items().size() == 1 ? found.items().get(0) : found;
    }

    private static void descend(JsonNode value, JsonataArray found, int depth, Evaluation evaluation) {
        Meter.checkDepth(depth);
        if (value instanceof ArrayNode array) {
            evaluation.burn(1);
            for (JsonNode element : array) {
                descend(element, found, depth + 1, evaluation);
            }
            return;
        }
        found.items().add(value);
        evaluation.added(found.items().size());
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                descend(member.getValue(), found, depth + 1, evaluation);
            }
        }
    }
}
