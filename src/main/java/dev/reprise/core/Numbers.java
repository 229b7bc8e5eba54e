package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads numbers from JSON, also from their text where a {@code …Path} field selected it. */
final class Numbers {

    private Numbers() {}

    /** Null when {@code value} is no number, nor, where {@code textToo}, the text of one. */
    static @Nullable BigDecimal number(JsonNode value, boolean textToo) {
        if (value.isNumber()) {
            return value.decimalValue();
        }
        if (!textToo || !value.isTextual()) {
            return null;
        }
        try {
            return new BigDecimal(value.textValue());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Null when {@code value} is no whole number within the range of a long. */
    static @Nullable Long wholeNumber(JsonNode value, boolean textToo) {
        BigDecimal number = number(value, textToo);
        try {
            return number == null ? null : Long.valueOf(number.longValueExact());
        } catch (ArithmeticException e) {
            return null;
        }
    }
}
