package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.query.Environment;
import dev.reprise.query.Fuel;
import java.util.List;

/**
 * What an intrinsic function is called with, and what it asks of that: each method throws {@link FunctionFailure} when
 * the argument at an index is of another type.
 *
 * @param environment where it is called
 */
record Arguments(List<JsonNode> values, Environment environment) {

    int size() {
        return values.size();
    }

    JsonNode any(int index) {
        return values.get(index);
    }

    String string(int index) {
        JsonNode value = any(index);
        if (!value.isTextual()) {
            throw unexpected(index, "a string");
        }
        return value.textValue();
    }

    ArrayNode array(int index) {
        if (!(any(index) instanceof ArrayNode array)) {
            throw unexpected(index, "an array");
        }
        return array;
    }

    ObjectNode object(int index) {
        if (!(any(index) instanceof ObjectNode object)) {
            throw unexpected(index, "an object");
        }
        return object;
    }

    /** A whole number; a fraction is rounded to the nearest one, and a half upwards, as AWS does. */
    long integer(int index) {
        JsonNode value = any(index);
        if (!value.isNumber()) {
            throw unexpected(index, "a number");
        }
        return value.canConvertToLong() && value.isIntegralNumber()
                ? value.longValue()
                : Math.round(value.doubleValue());
    }

    /** The argument as an error text shows it. */
    String shown(int index) {
        return Work.json(any(index), fuel());
    }

    Fuel fuel() {
        return environment.fuel();
    }

    /** Before so many elements are looked at and made. */
    void burnElements(long count) {
        fuel().burn(count * (1 + Work.ELEMENT));
    }

    /** Before so many characters are read or written. */
    void burnCharacters(long count) {
        fuel().burn(Work.characters(count));
    }

    private FunctionFailure unexpected(int index, String expected) {
        return new FunctionFailure("Argument " + (index + 1) + " must be " + expected + " but was: " + shown(index));
    }
}
