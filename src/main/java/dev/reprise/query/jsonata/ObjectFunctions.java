package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.query.jsonata.base.JsonataException;
import dev.reprise.query.jsonata.base.Meter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions on objects, on truth, and on values of any kind. */
final class ObjectFunctions {

    private ObjectFunctions() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of("keys", "<x-:a<s>>", 1, (arguments, evaluation) -> keys(arguments.get(0), evaluation)),
                Builtin.of(
                        "lookup",
                        "<x-s:x>",
                        2,
                        (arguments, evaluation) -> arguments.get(1) == null
                                ? null
                                : Evaluator.member(arguments.get(0), text(arguments.get(1)), evaluation)),
                Builtin.ofDefined(
                        "spread", "<x-:a<o>>", 1, (value, arguments, evaluation) -> spread(value, evaluation)),
                Builtin.ofDefined("merge", "<a<o>:o>", 1, (array, arguments, evaluation) -> merge(array, evaluation)),
                Builtin.ofDefined(
                        "clone",
                        "<(oa)-:o>",
                        1,
                        (value, arguments, evaluation) -> Transforms.copy(value, 0, evaluation)),
                Builtin.of(
                        "exists", "<x:b>", 1, (arguments, evaluation) -> BooleanNode.valueOf(arguments.get(0) != null)),
                Builtin.ofDefined(
                        "boolean",
                        "<x-:b>",
                        1,
                        (value, arguments, evaluation) -> BooleanNode.valueOf(Values.isTrue(value, evaluation))),
                Builtin.ofDefined(
                        "not",
                        "<x-:b>",
                        1,
                        (value, arguments, evaluation) -> BooleanNode.valueOf(!Values.isTrue(value, evaluation))),
                Builtin.ofDefined("type", "<x:s>", 1, (value, arguments, evaluation) -> TextNode.valueOf(type(value))),
                Builtin.of("error", "<s?:x>", 1, (arguments, evaluation) -> {
                    throw JsonataException.ofAuthor("D3137", message(arguments.get(0), "$error() function evaluated"));
                }),
                Builtin.of("assert", "<bs?:x>", 2, (arguments, evaluation) -> {
                    if (Values.isTrue(arguments.get(0), evaluation)) {
                        return null;
                    }
                    throw JsonataException.ofAuthor("D3141", message(arguments.get(1), "$assert() statement failed"));
                }));
    }

    private static String text(@Nullable JsonNode value) {
        return value == null ? "" : value.textValue();
    }

    private static String message(@Nullable JsonNode given, String usual) {
        return text(given).isEmpty() ? usual : text(given);
    }

    private static String type(JsonNode value) {
        return switch (Values.type(value)) {
            case 's' -> "string";
            case 'n' -> "number";
            case 'b' -> "boolean";
            case 'a' -> "array";
            case 'o' -> "object";
            case 'f' -> "function";
            default -> "null";
        };
    }

    private static JsonNode keys(@Nullable JsonNode value, Evaluation evaluation) {
        Set<String> keys = new LinkedHashSet<>();
        collectKeys(value, keys, 0, evaluation);
        JsonataArray found = JsonataArray.sequence();
        evaluation.make(keys.size());
        keys.forEach(key -> found.items().add(TextNode.valueOf(key)));
        return found;
    }

    private static void collectKeys(@Nullable JsonNode value, Set<String> keys, int depth, Evaluation evaluation) {
        Meter.checkDepth(depth);
        evaluation.burn(1);
        if (value instanceof ArrayNode array) {
            for (JsonNode element : array) {
                collectKeys(element, keys, depth + 1, evaluation);
            }
        } else if (value instanceof ObjectNode object) {
            evaluation.burn(object.size());
            object.properties().forEach(member -> keys.add(member.getKey()));
        }
    }

    private static JsonNode spread(JsonNode value, Evaluation evaluation) {
        if (!(value instanceof ArrayNode) && !(value instanceof ObjectNode)) {
            return value;
        }
        JsonataArray spread =
                value instanceof ArrayNode && !value.isEmpty() ? JsonataArray.array() : JsonataArray.sequence();
        spread(value, spread, 0, evaluation);
        return spread;
    }

    private static void spread(JsonNode value, JsonataArray spread, int depth, Evaluation evaluation) {
        Meter.checkDepth(depth);
        if (value instanceof ArrayNode array) {
            evaluation.burn(1);
            for (JsonNode element : array) {
                spread(element, spread, depth + 1, evaluation);
            }
        } else if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                JsonataObject one = new JsonataObject();
                one.members().put(member.getKey(), member.getValue());
                spread.items().add(one);
                evaluation.make(2);
                evaluation.added(spread.items().size());
            }
        } else {
            spread.items().add(value);
            evaluation.added(spread.items().size());
        }
    }

    private static JsonNode merge(JsonNode objects, Evaluation evaluation) {
        JsonataObject merged = new JsonataObject();
        for (JsonNode object : objects) {
            evaluation.make(object.size());
            object.properties().forEach(member -> merged.members().put(member.getKey(), member.getValue()));
        }
        return merged;
    }
}
