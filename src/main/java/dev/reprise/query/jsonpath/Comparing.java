package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.Fuel;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How two values of a filter compare, by the rules of json-path 2.0.0. */
sealed interface Comparing {

    /** The expected value is less (negative), equal (0) or greater (positive) than the other. */
    record Order(int order) implements Comparing {}

    /** They have no order, and are neither equal nor unequal. */
    record Incomparable() implements Comparing {}

    /** A text that should be compared with a number is none. */
    record NotANumber(String text) implements Comparing {}

    /** No number has more digits; it is what the JSON parser takes too. */
    int LONGEST_NUMBER = 1000;

    /**
     * Compares.
     *
     * @param expected the right side; a text here stands for a number or a boolean where {@code value} is one
     * @param value the left side
     */
    static Comparing compare(JsonNode expected, JsonNode value, Fuel fuel) {
        boolean noneExpected = isNullish(expected);
        boolean none = isNullish(value);
        if (noneExpected || none) {
            return new Order(Boolean.compare(none, noneExpected));
        }
        if (expected.isTextual()) {
            return withText(expected.textValue(), value, fuel);
        }
        if (expected.isNumber() && value.isNumber()) {
            return numbers(expected, value, fuel);
        }
        if (expected.isBoolean() && value.isBoolean()) {
            return new Order(Boolean.compare(expected.booleanValue(), value.booleanValue()));
        }
        return new Incomparable();
    }

    /** The text {@code null} is as good as null. */
    private static boolean isNullish(JsonNode value) {
        return value.isNull() || (value.isTextual() && value.textValue().equals("null"));
    }

    private static Comparing withText(String expected, JsonNode value, Fuel fuel) {
        if (value.isTextual()) {
            String text = value.textValue();
            fuel.burn(Work.characters(Math.min(text.length(), expected.length())));
            return new Order(unescaped(expected, fuel).compareTo(text));
        }
        if (value.isBoolean()) {
            return new Order(Boolean.compare(Boolean.parseBoolean(expected), value.booleanValue()));
        }
        if (value.isNumber()) {
            BigDecimal number = number(expected, fuel);
            BigDecimal other = number(value);
            return number == null || other == null
                    ? new NotANumber(number == null ? expected : value.asText())
                    : new Order(number.compareTo(other));
        }
        return new Incomparable();
    }

    private static String unescaped(String text, Fuel fuel) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        fuel.burn(Work.text(text));
        return text.replace("\\'", "'");
    }

    private static Comparing numbers(JsonNode expected, JsonNode value, Fuel fuel) {
        if (isLong(expected) && isLong(value)) {
            return new Order(Long.compare(expected.longValue(), value.longValue()));
        }
        fuel.burn(LONGEST_NUMBER / 100);
        BigDecimal left = number(expected);
        BigDecimal right = number(value);
        return left == null || right == null
                ? new NotANumber((left == null ? expected : value).asText())
                : new Order(left.compareTo(right));
    }

    private static boolean isLong(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong();
    }

    /** Null for what JSON has no number for, such as 1e400. */
    private static @Nullable BigDecimal number(JsonNode value) {
        boolean infinite = (value.isDouble() || value.isFloat()) && !Double.isFinite(value.doubleValue());
        return infinite ? null : value.decimalValue();
    }

    private static @Nullable BigDecimal number(String text, Fuel fuel) {
        fuel.burn(1 + Math.min(text.length(), LONGEST_NUMBER));
        if (text.length() > LONGEST_NUMBER) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
