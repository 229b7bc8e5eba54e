package dev.reprise.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code States.Array…}. */
final class ArrayFunctions {

    /** AWS's bound on the elements of {@code States.ArrayRange}. */
    private static final int LONGEST_RANGE = 1000;

    private ArrayFunctions() {}

    static JsonNode array(List<JsonNode> arguments, Environment environment) {
        return JsonNodeFactory.instance.arrayNode(arguments.size()).addAll(arguments);
    }

    /** Chunks of a size; the last one may be shorter. */
    static JsonNode partition(List<JsonNode> arguments, Environment environment) {
        ArrayNode array = Arguments.array(arguments, 0);
        long size = Arguments.integer(arguments, 1);
        if (size <= 0) {
            throw new IntrinsicCall.Failure("The chunk size must be a positive number but was: " + arguments.get(1));
        }
        ArrayNode chunks = JsonNodeFactory.instance.arrayNode();
        ArrayNode chunk = null;
        for (JsonNode element : array) {
            if (chunk == null || chunk.size() >= size) {
                chunk = chunks.addArray();
            }
            chunk.add(element);
        }
        return chunks;
    }

    static JsonNode contains(List<JsonNode> arguments, Environment environment) {
        JsonNode sought = arguments.get(1);
        for (JsonNode element : Arguments.array(arguments, 0)) {
            if (element.equals(sought)) {
                return BooleanNode.TRUE;
            }
        }
        return BooleanNode.FALSE;
    }

    /** From the first number up, or down, to the second one, both included, in steps of the third. */
    static JsonNode range(List<JsonNode> arguments, Environment environment) {
        long first = Arguments.integer(arguments, 0);
        long last = Arguments.integer(arguments, 1);
        long step = Arguments.integer(arguments, 2);
        if (step == 0) {
            throw new IntrinsicCall.Failure("The step must not be 0");
        }
        ArrayNode range = JsonNodeFactory.instance.arrayNode();
        for (long value = first; step > 0 ? value <= last : value >= last; value += step) {
            if (range.size() == LONGEST_RANGE) {
                throw new IntrinsicCall.Failure("The range must not contain more than " + LONGEST_RANGE + " elements");
            }
            range.add(Numbers.node(value));
            if (step > 0 ? value > Long.MAX_VALUE - step : value < Long.MIN_VALUE - step) {
                break;
            }
        }
        return range;
    }

    static JsonNode getItem(List<JsonNode> arguments, Environment environment) {
        ArrayNode array = Arguments.array(arguments, 0);
        long index = Arguments.integer(arguments, 1);
        if (index < 0 || index >= array.size()) {
            throw new IntrinsicCall.Failure(
                    "Index " + index + " is out of bounds for an array of length " + array.size());
        }
        return array.get((int) index);
    }

    static JsonNode length(List<JsonNode> arguments, Environment environment) {
        return Numbers.node(Arguments.array(arguments, 0).size());
    }

    static JsonNode unique(List<JsonNode> arguments, Environment environment) {
        Set<JsonNode> seen = new LinkedHashSet<>();
        Arguments.array(arguments, 0).forEach(seen::add);
        return JsonNodeFactory.instance.arrayNode(seen.size()).addAll(seen);
    }
}
