package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.query.Fuel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code States.Array…}. */
final class ArrayFunctions {

    /** AWS's bound on the elements of {@code States.ArrayRange}. */
    private static final int LONGEST_RANGE = 1000;

    private ArrayFunctions() {}

    static JsonNode array(Arguments arguments) {
        arguments.burnElements(arguments.size());
        return JsonNodeFactory.instance.arrayNode(arguments.size()).addAll(arguments.values());
    }

    /** Chunks of a size; the last one may be shorter. */
    static JsonNode partition(Arguments arguments) {
        ArrayNode array = arguments.array(0);
        long size = arguments.integer(1);
        if (size <= 0) {
            throw new FunctionFailure("The chunk size must be a positive number but was: " + arguments.shown(1));
        }
        arguments.burnElements(array.size());
        ArrayNode chunks = JsonNodeFactory.instance.arrayNode();
        ArrayNode chunk = null;
        for (JsonNode element : array) {
            if (chunk == null || chunk.size() >= size) {
                arguments.burnElements(1);
                chunk = chunks.addArray();
            }
            chunk.add(element);
        }
        return chunks;
    }

    static JsonNode contains(Arguments arguments) {
        JsonNode sought = arguments.any(1);
        for (JsonNode element : arguments.array(0)) {
            // No more of an element is compared than of what is sought.
            Work.burnWhole(sought, arguments.fuel());
            if (element.equals(sought)) {
                return BooleanNode.TRUE;
            }
        }
        return BooleanNode.FALSE;
    }

    /** From the first number up, or down, to the second one, both included, in steps of the third. */
    static JsonNode range(Arguments arguments) {
        long first = arguments.integer(0);
        long last = arguments.integer(1);
        long step = arguments.integer(2);
        if (step == 0) {
            throw new FunctionFailure("The step must not be 0");
        }
        ArrayNode range = JsonNodeFactory.instance.arrayNode();
        for (long value = first; step > 0 ? value <= last : value >= last; value += step) {
            if (range.size() == LONGEST_RANGE) {
                throw new FunctionFailure("The range must not contain more than " + LONGEST_RANGE + " elements");
            }
            arguments.burnElements(1);
            range.add(Numbers.node(value));
            if (step > 0 ? value > Long.MAX_VALUE - step : value < Long.MIN_VALUE - step) {
                break;
            }
        }
        return range;
    }

    static JsonNode getItem(Arguments arguments) {
        ArrayNode array = arguments.array(0);
        long index = arguments.integer(1);
        if (index < 0 || index >= array.size()) {
            throw new FunctionFailure("Index " + index + " is out of bounds for an array of length " + array.size());
        }
        return array.get((int) index);
    }

    static JsonNode length(Arguments arguments) {
        return Numbers.node(arguments.array(0).size());
    }

    static JsonNode unique(Arguments arguments) {
        ArrayNode array = arguments.array(0);
        ArrayNode unique = JsonNodeFactory.instance.arrayNode();
        Map<Integer, List<JsonNode>> seen = new HashMap<>();
        Fuel fuel = arguments.fuel();
        for (JsonNode element : array) {
            arguments.burnElements(1);
            long before = fuel.spent();
            Work.burnWhole(element, fuel);
            long whole = fuel.spent() - before;
            List<JsonNode> alike = seen.computeIfAbsent(element.hashCode(), hash -> new ArrayList<>(1));
            // Values of one hash need not be equal, and what is nested deep often has the hash of what is not.
            fuel.burn(alike.size() * whole);
            if (!alike.contains(element)) {
                alike.add(element);
                unique.add(element);
            }
        }
        return unique;
    }
}
