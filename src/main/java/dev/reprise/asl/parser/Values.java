package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.reprise.asl.Timestamps;
import java.math.BigInteger;
import java.util.List;

/** The types of plain values, and those that a JSONata state may compute instead. */
final class Values {

    /** The largest count and the longest time in seconds that ASL knows. */
    static final long MOST_SECONDS = 99_999_999;

    static final FieldType ANY = (value, place, checking) -> {};

    static final FieldType STRING = (value, place, checking) -> {
        if (!value.isTextual()) {
            mustBe("a string", "String", value, place, checking);
        }
    };

    static final FieldType TIMESTAMP = (value, place, checking) -> {
        if (Timestamps.parse(value) == null) {
            checking.problems()
                    .error(place, "String does not match RFC3339 timestamp", "write it as in 2026-03-14T01:59:00Z");
        }
    };

    static final FieldType BOOLEAN = (value, place, checking) -> {
        if (!value.isBoolean()) {
            mustBe("true or false", "Boolean", value, place, checking);
        }
    };

    static final FieldType NUMBER = (value, place, checking) -> {
        if (!value.isNumber()) {
            mustBe("a number", "Float", value, place, checking);
        }
    };

    /** A string, which a JSONata state may compute. */
    static final FieldType COMPUTED_STRING = computed(STRING);

    private Values() {}

    /** A whole number, bounds included. */
    static FieldType wholeNumber(long least, long most) {
        return (value, place, checking) -> {
            if (!value.isIntegralNumber()) {
                mustBe("a whole number", "Integer", value, place, checking);
            } else if (value.bigIntegerValue().compareTo(BigInteger.valueOf(least)) < 0) {
                checking.problems().error(place, "Minimum value is " + least);
            } else if (value.bigIntegerValue().compareTo(BigInteger.valueOf(most)) > 0) {
                checking.problems().error(place, "Maximum value is " + most);
            }
        };
    }

    /** A number, bounds included. */
    static FieldType number(double least, double most) {
        return (value, place, checking) -> {
            if (!value.isNumber()) {
                mustBe("a number", "Float", value, place, checking);
            } else if (value.doubleValue() < least) {
                checking.problems().error(place, "Minimum value is " + least);
            } else if (value.doubleValue() > most) {
                checking.problems().error(place, "Maximum value is " + most);
            }
        };
    }

    /** One of these strings. */
    static FieldType oneOf(String... allowed) {
        List<String> values = List.of(allowed);
        return (value, place, checking) -> {
            if (!value.isTextual()) {
                mustBe("a string", "String", value, place, checking);
            } else if (!values.contains(value.textValue())) {
                checking.problems()
                        .error(
                                place,
                                "Value should be one of the following: " + values,
                                checking.problems().nearest(value.textValue(), () -> values));
            }
        };
    }

    /** An array whose elements are all of one type. */
    static FieldType arrayOf(FieldType element) {
        return (value, place, checking) -> {
            if (value instanceof ArrayNode array) {
                for (int i = 0; i < array.size(); i++) {
                    element.check(array.get(i), place.element(i), checking);
                }
            } else {
                mustBe("an array", "Array", value, place, checking);
            }
        };
    }

    /** An array with at least one element. */
    static FieldType nonEmptyArrayOf(FieldType element) {
        FieldType array = arrayOf(element);
        return (value, place, checking) -> {
            array.check(value, place, checking);
            if (value.isArray() && value.isEmpty()) {
                checking.problems().error(place, "Value cannot be empty");
            }
        };
    }

    /** A literal of this type, or in a JSONata state an expression that gives one. */
    static FieldType computed(FieldType literal) {
        return (value, place, checking) -> {
            if (checking.isJsonata() && Jsonata.isExpression(value)) {
                Jsonata.EXPRESSION.check(value, place, checking);
            } else {
                literal.check(value, place, checking);
            }
        };
    }

    /**
     * Reports a value of the wrong JSON type.
     *
     * @param type what it should be, for people
     * @param stepFunctionsType the same in the words of Step Functions
     */
    static void mustBe(String type, String stepFunctionsType, JsonNode value, Place place, Checking checking) {
        checking.problems()
                .error(
                        Problems.SCHEMA,
                        place,
                        "Value must be " + type + ", was " + describe(value),
                        null,
                        new Wording("Expected value of type " + stepFunctionsType, place));
    }

    private static String describe(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case STRING -> "the string '" + shortened(value.textValue()) + "'";
            case NULL, MISSING -> "null";
            case BOOLEAN, NUMBER, BINARY -> shortened(value.asText());
        };
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
