package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.Expression;
import java.util.Locale;
import java.util.Map;

/** The type that a field's JSONata expression must give. */
enum ExpectedType {
    ANY,
    /** Or an object, which whoever asks for the items of a Map may refuse. */
    ARRAY,
    BOOLEAN,
    NUMBER,
    STRING;

    private static final Map<String, ExpectedType> BY_FIELD = Map.ofEntries(
            Map.entry("Items", ARRAY),
            Map.entry("Condition", BOOLEAN),
            Map.entry("Seconds", NUMBER),
            Map.entry("TimeoutSeconds", NUMBER),
            Map.entry("HeartbeatSeconds", NUMBER),
            Map.entry("MaxConcurrency", NUMBER),
            Map.entry("ToleratedFailureCount", NUMBER),
            Map.entry("ToleratedFailurePercentage", NUMBER),
            Map.entry("MaxItems", NUMBER),
            Map.entry("MaxItemsPerBatch", NUMBER),
            Map.entry("MaxInputBytesPerBatch", NUMBER),
            Map.entry("Timestamp", STRING),
            Map.entry("Error", STRING),
            Map.entry("Cause", STRING));

    /** What {@code field}, such as {@code Choices[0]/Condition}, must be. */
    static ExpectedType of(String field) {
        return BY_FIELD.getOrDefault(field.substring(field.lastIndexOf('/') + 1), ANY);
    }

    /** {@code expression}, failing in AWS's words when its value is of another type. */
    Expression check(Expression expression, String text, String field) {
        if (this == ANY) {
            return expression;
        }
        return environment -> {
            JsonNode value = expression.evaluate(environment);
            if (value.getNodeType().name().equals(name()) || (this == ARRAY && value.isObject())) {
                return value;
            }
            throw Failures.unexpected(
                    text.strip(),
                    field,
                    name().toLowerCase(Locale.ROOT),
                    value.getNodeType().name().toLowerCase(Locale.ROOT),
                    value);
        };
    }
}
