package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.EvaluationException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Reads what a field's expression gave as the type that the field needs. */
final class FieldValues {

    /** The largest number of seconds that AWS takes: more than three years. */
    static final long MAX_SECONDS = 99_999_999;

    private FieldValues() {}

    /** A whole number of seconds from 0 to {@value #MAX_SECONDS}. */
    static long seconds(JsonNode value, String field, Flow flow) {
        return integer(value, field, 0, MAX_SECONDS, flow);
    }

    /** A whole number in a range. */
    static long integer(JsonNode value, String field, long min, long max, Flow flow) {
        if (!value.isNumber() || !value.canConvertToExactIntegral() || !value.canConvertToLong()) {
            throw new EvaluationException(
                    flow.typeError(), "The field '" + field + "' must be a whole number but was: " + value, field);
        }
        long number = value.longValue();
        if (number < min || number > max) {
            throw new EvaluationException(
                    flow.typeError(),
                    "The field '" + field + "' must be between " + min + " and " + max + " but was: " + number,
                    field);
        }
        return number;
    }

    /** A number in a range. */
    static double number(JsonNode value, String field, double min, double max, Flow flow) {
        if (!value.isNumber() || value.doubleValue() < min || value.doubleValue() > max) {
            throw new EvaluationException(
                    flow.typeError(),
                    "The field '" + field + "' must be a number between " + min + " and " + max + " but was: " + value,
                    field);
        }
        return value.doubleValue();
    }

    /** An RFC 3339 time. */
    static Instant timestamp(JsonNode value, String field, Flow flow) {
        try {
            if (value.isTextual()) {
                return OffsetDateTime.parse(value.textValue()).toInstant();
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        throw new EvaluationException(
                flow.typeError(), "The field '" + field + "' must be a timestamp but was: " + value, field);
    }
}
