package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.reprise.query.jsonata.base.JsonataException;
import dev.reprise.query.jsonata.base.Meter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions on arrays. */
final class ArrayFunctions {

    private ArrayFunctions() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of("count", "<a:n>", 1, (arguments, evaluation) -> {
                    JsonNode array = arguments.get(0);
                    return IntNode.valueOf(array == null ? 0 : array.size());
                }),
                Builtin.of(
                        "append",
                        "<xx:a>",
                        2,
                        (arguments, evaluation) -> append(arguments.get(0), arguments.get(1), evaluation)),
                Builtin.ofDefined("reverse", "<a:a>", 1, (array, arguments, evaluation) -> reverse(array, evaluation)),
                Builtin.ofDefined(
                        "sort",
                        "<af?:a>",
                        2,
                        (array, arguments, evaluation) -> sort(array, arguments.get(1), evaluation)),
                Builtin.of("zip", "<a+>", 0, ArrayFunctions::zip),
                Builtin.ofDefined(
                        "distinct", "<x:x>", 1, (array, arguments, evaluation) -> distinct(array, evaluation)),
                Builtin.ofDefined("shuffle", "<a:a>", 1, (array, arguments, evaluation) -> shuffle(array, evaluation)));
    }

    static @Nullable JsonNode append(@Nullable JsonNode first, @Nullable JsonNode second, Evaluation evaluation) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        JsonataArray all = JsonataArray.array();
        Evaluator.addAll(all, Evaluation.arrayOf(first), evaluation);
        Evaluator.addAll(all, Evaluation.arrayOf(second), evaluation);
        return all;
    }

    private static List<JsonNode> elements(JsonNode array, Evaluation evaluation) {
        evaluation.make(array.size());
        List<JsonNode> elements = new ArrayList<>(array.size());
        array.forEach(elements::add);
        return elements;
    }

    private static JsonNode reverse(JsonNode array, Evaluation evaluation) {
        return array.size() <= 1
                ? array
                : JsonataArray.array(new ArrayList<>(elements(array, evaluation).reversed()));
    }

    private static JsonNode sort(JsonNode array, @Nullable JsonNode swaps, Evaluation evaluation) {
        if (array.size() <= 1) {
            return array;
        }
        List<JsonNode> elements = elements(array, evaluation);
        if (swaps != null) {
            return JsonataArray.array(new ArrayList<>(Sorting.merge(
                    elements,
                    (left, right) -> Values.isTrue(evaluation.call(swaps, List.of(left, right)), evaluation),
                    evaluation)));
        }
        if (!elements.stream().allMatch(Values::isNumeric) && !elements.stream().allMatch(JsonNode::isTextual)) {
            throw JsonataException.of("D3070");
        }
        return JsonataArray.array(new ArrayList<>(
                Sorting.merge(elements, (left, right) -> isGreater(left, right, evaluation), evaluation)));
    }

    private static boolean isGreater(JsonNode left, JsonNode right, Evaluation evaluation) {
        if (left.isTextual()) {
            evaluation.burn(
                    Math.min(left.textValue().length(), right.textValue().length()) / 16);
            return left.textValue().compareTo(right.textValue()) > 0;
        }
        return left.doubleValue() > right.doubleValue();
    }

    private static JsonNode zip(List<@Nullable JsonNode> arrays, Evaluation evaluation) {
        int length = Integer.MAX_VALUE;
        for (JsonNode array : arrays) {
            length = Math.min(length, array instanceof ArrayNode ? array.size() : 0);
        }
        JsonataArray zipped = JsonataArray.array();
        for (int i = 0; i < length; i++) {
            evaluation.make(arrays.size());
            JsonataArray tuple = JsonataArray.array();
            for (JsonNode array : arrays) {
                tuple.items().add(array == null ? NullNode.getInstance() : array.get(i));
            }
            zipped.items().add(tuple);
            evaluation.added(i);
        }
        return zipped;
    }

    private static JsonNode distinct(JsonNode value, Evaluation evaluation) {
        if (!(value instanceof ArrayNode array) || array.size() <= 1) {
            return value;
        }
        JsonataArray distinct = value instanceof JsonataArray made && made.isSequence()
                ? JsonataArray.sequence()
                : JsonataArray.array();
        evaluation.make(array.size());
        Set<Key> seen = new HashSet<>();
        for (JsonNode element : array) {
            if (seen.add(new Key(element, hash(element, 0, evaluation), evaluation))) {
                distinct.items().add(element);
            }
        }
        return distinct;
    }

    /** A value that is equal to what JSONata calls equal. */
    private record Key(JsonNode value, int hash, Evaluation evaluation) {
        @Override
        public boolean equals(@Nullable Object other) {
            evaluation.burn(1);
            return other instanceof Key key && Values.equal(value, key.value, 0, evaluation);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private static int hash(JsonNode value, int depth, Evaluation evaluation) {
        Meter.checkDepth(depth);
        evaluation.burn(1);
        if (value instanceof ArrayNode array) {
            int hash = 1;
            for (JsonNode element : array) {
                hash = 31 * hash + hash(element, depth + 1, evaluation);
            }
            return hash;
        }
        if (value.isObject()) {
            int hash = 2;
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                hash += member.getKey().hashCode() ^ (31 * hash(member.getValue(), depth + 1, evaluation));
            }
            return hash;
        }
        if (value.isNumber()) {
            return Double.hashCode(value.doubleValue() == 0 ? 0 : value.doubleValue());
        }
        if (value.isTextual()) {
            evaluation.burnText(value.textValue().length());
        }
        return value.isPojo() ? 3 : value.hashCode();
    }

    private static JsonNode shuffle(JsonNode array, Evaluation evaluation) {
        List<JsonNode> shuffled = elements(array, evaluation);
        Collections.shuffle(shuffled, Random.from(evaluation.environment().random()));
        return JsonataArray.array(shuffled);
    }
}
