package dev.reprise.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What an intrinsic function asks of its arguments; each method throws {@link IntrinsicCall.Failure} when the argument at {@code index} is of another type. */
final class Arguments {

    private Arguments() {}

    static String string(List<JsonNode> arguments, int index) {
        JsonNode value = arguments.get(index);
        if (!value.isTextual()) {
            throw unexpected(index, "a string", value);
        }
        return value.textValue();
    }

    static ArrayNode array(List<JsonNode> arguments, int index) {
        if (!(arguments.get(index) instanceof ArrayNode array)) {
            throw unexpected(index, "an array", arguments.get(index));
        }
        return array;
    }

    static ObjectNode object(List<JsonNode> arguments, int index) {
        if (!(arguments.get(index) instanceof ObjectNode object)) {
            throw unexpected(index, "an object", arguments.get(index));
        }
        return object;
    }

    /** A whole number; a fraction is rounded to the nearest one, and a half upwards, as AWS does. */
    static long integer(List<JsonNode> arguments, int index) {
        JsonNode value = arguments.get(index);
        if (!value.isNumber()) {
            throw unexpected(index, "a number", value);
        }
        return value.canConvertToLong() && value.isIntegralNumber()
                ? value.longValue()
                : Math.round(value.doubleValue());
    }

    private static IntrinsicCall.Failure unexpected(int index, String expected, JsonNode value) {
        return new IntrinsicCall.Failure("Argument " + (index + 1) + " must be " + expected + " but was: " + value);
    }
}
