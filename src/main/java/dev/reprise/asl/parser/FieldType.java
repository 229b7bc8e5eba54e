package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ExpressionChecker.StatesVariable;

/** What a field's value must be. */
@FunctionalInterface
interface FieldType {

    /** Reports whatever is wrong with {@code value}. */
    void check(JsonNode value, Place place, Checking checking);

    /** The same where {@code $states} holds {@code visible}. */
    default FieldType seeing(StatesVariable visible) {
        return (value, place, checking) -> check(value, place, checking.seeing(visible));
    }

    /** The same, or a literal null. */
    default FieldType orNull() {
        return (value, place, checking) -> {
            if (!value.isNull()) {
                check(value, place, checking);
            }
        };
    }
}
