package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** JSON numbers as the functions make them. */
final class Numbers {

    private Numbers() {}

    /** A whole number in the form in which Jackson reads it from text. */
    static JsonNode node(long value) {
        return (int) value == value
                ? JsonNodeFactory.instance.numberNode((int) value)
                : JsonNodeFactory.instance.numberNode(value);
    }
}
