package dev.reprise.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An answer's JSON as it is put together. What is null is left out. */
final class AnswerJson {

    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    ObjectNode json() {
        return json;
    }

    AnswerJson text(String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
        return this;
    }

    /** JSON as a text. */
    AnswerJson asText(String name, @Nullable JsonNode value) {
        return text(name, value == null ? null : value.toString());
    }

    AnswerJson json(String name, @Nullable JsonNode value) {
        if (value != null) {
            json.set(name, value);
        }
        return this;
    }

    AnswerJson time(String name, @Nullable Instant value) {
        if (value != null) {
            json.set(name, seconds(value));
        }
        return this;
    }

    /** Three places after the point, and never an exponent, which not all clients read. */
    static DecimalNode seconds(Instant time) {
        return DecimalNode.valueOf(BigDecimal.valueOf(time.toEpochMilli(), 3));
    }

    AnswerJson whole(String name, @Nullable Integer value) {
        if (value != null) {
            json.put(name, value.intValue());
        }
        return this;
    }

    AnswerJson whole(String name, long value) {
        json.put(name, value);
        return this;
    }

    AnswerJson included(String name, boolean included) {
        json.putObject(name).put("included", included);
        return this;
    }

    <T> AnswerJson many(String name, List<T> values, Function<T, ? extends JsonNode> each) {
        ArrayNode array = json.putArray(name);
        values.forEach(value -> array.add(each.apply(value)));
        return this;
    }

    /** An extension, which clients that do not know it pass over. */
    AnswerJson labels(Map<String, String> labels) {
        if (!labels.isEmpty()) {
            ObjectNode object = json.putObject("labels");
            new TreeMap<>(labels).forEach(object::put);
        }
        return this;
    }

    AnswerJson tags(Map<String, String> tags) {
        ArrayNode array = json.putArray("tags");
        tags.forEach((key, value) -> array.addObject().put("key", key).put("value", value));
        return this;
    }
}
