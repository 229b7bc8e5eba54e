package dev.reprise.task.aws.protocol;

import com.fasterxml.jackson.databind.JsonNode;

/** What kinds of JSON a workflow may give. */
final class Values {

    private Values() {}

    static void expectArray(JsonNode value) {
        if (!value.isArray()) {
            throw new InvalidRequestException("must be an array, but was " + kind(value));
        }
    }

    static void expectObject(JsonNode value) {
        if (!value.isObject()) {
            throw new InvalidRequestException("must be an object, but was " + kind(value));
        }
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "an object";
            case ARRAY -> "an array";
            case STRING, BINARY -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL, MISSING -> "null";
        };
    }
}
