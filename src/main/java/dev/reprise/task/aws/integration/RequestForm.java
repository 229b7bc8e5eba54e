package dev.reprise.task.aws.integration;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A request with gaps: texts that begin with a slash are pointers into what another answered, such as
 * {@code {"Jobs": ["/JobId"]}}.
 */
record RequestForm(JsonNode form) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static RequestForm of(String json) {
        try {
            return new RequestForm(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + json, e);
        }
    }

    JsonNode filled(JsonNode answered) {
        return filled(form, answered);
    }

    private static JsonNode filled(JsonNode form, JsonNode answered) {
        if (form.isTextual()) {
            return form.textValue().startsWith("/") ? answered.at(form.textValue()) : form;
        }
        if (form.isArray()) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode();
            form.forEach(each -> filled.add(filled(each, answered)));
            return filled;
        }
        if (form.isObject()) {
            ObjectNode filled = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : form.properties()) {
                JsonNode value = filled(field.getValue(), answered);
                if (!value.isMissingNode()) {
                    filled.set(field.getKey(), value);
                }
            }
            return filled;
        }
        return form;
    }

    /** Puts only what the pointers lead to into another object, at the same places. */
    void keep(JsonNode answered, ObjectNode into) {
        keep(form, answered, into);
    }

    private static void keep(JsonNode form, JsonNode answered, ObjectNode into) {
        if (form.isTextual() && form.textValue().startsWith("/")) {
            JsonNode value = answered.at(form.textValue());
            if (!value.isMissingNode()) {
                put(JsonPointer.compile(form.textValue()), answered, value, into);
            }
        } else {
            form.forEach(each -> keep(each, answered, into));
        }
    }

    /** Along the way arrays are arrays again, with a single element. */
    private static void put(JsonPointer way, JsonNode answered, JsonNode value, JsonNode into) {
        JsonPointer rest = way.tail();
        JsonNode next = answered.at(JsonPointer.compile("/" + way.getMatchingProperty()));
        if (rest.matches()) {
            if (into instanceof ObjectNode object) {
                object.set(way.getMatchingProperty(), value);
            } else if (into instanceof ArrayNode array && array.isEmpty()) {
                array.add(value);
            }
            return;
        }
        JsonNode deeper;
        if (into instanceof ObjectNode object) {
            deeper = object.get(way.getMatchingProperty());
            if (deeper == null) {
                deeper = next.isArray() ? object.arrayNode() : object.objectNode();
                object.set(way.getMatchingProperty(), deeper);
            }
        } else {
            ArrayNode array = (ArrayNode) into;
            deeper = array.isEmpty() ? array.addObject() : array.get(0);
        }
        put(rest, next, value, deeper);
    }
}
