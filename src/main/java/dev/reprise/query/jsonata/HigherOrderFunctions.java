package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.query.jsonata.base.JsonataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions that call a function that they are given. */
final class HigherOrderFunctions {

    private HigherOrderFunctions() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.ofDefined(
                        "map",
                        "<af>",
                        2,
                        (array, arguments, evaluation) -> map(array, function(arguments, 1), evaluation)),
                Builtin.ofDefined(
                        "filter",
                        "<af>",
                        2,
                        (array, arguments, evaluation) -> filter(array, function(arguments, 1), evaluation)),
                Builtin.ofDefined(
                        "single",
                        "<af?>",
                        2,
                        (array, arguments, evaluation) -> single(array, arguments.get(1), evaluation)),
                Builtin.ofDefined(
                        "reduce",
                        "<afj?:j>",
                        3,
                        (array, arguments, evaluation) ->
                                reduce(array, function(arguments, 1), arguments.get(2), evaluation)),
                Builtin.of(
                        "sift",
                        "<o-f?:o>",
                        2,
                        (arguments, evaluation) -> sift(arguments.get(0), arguments.get(1), evaluation)),
                Builtin.of(
                        "each",
                        "<o-f:a>",
                        2,
                        (arguments, evaluation) -> each(arguments.get(0), function(arguments, 1), evaluation)));
    }

    private static FunctionValue function(List<@Nullable JsonNode> arguments, int index) {
        if (arguments.get(index) instanceof FunctionValue function) {
            return function;
        }
        throw JsonataException.of("T0410").index(index + 1);
    }

    private static JsonNode map(JsonNode array, FunctionValue function, Evaluation evaluation) {
        JsonataArray mapped = JsonataArray.sequence();
        for (int i = 0; i < array.size(); i++) {
            JsonNode value = evaluation.callback(function, array.get(i), IntNode.valueOf(i), array);
            if (value != null) {
                mapped.items().add(value);
                evaluation.added(mapped.items().size());
            }
        }
        return mapped;
    }

    private static JsonNode filter(JsonNode array, FunctionValue function, Evaluation evaluation) {
        JsonataArray kept = JsonataArray.sequence();
        for (int i = 0; i < array.size(); i++) {
            if (Values.isTrue(evaluation.callback(function, array.get(i), IntNode.valueOf(i), array), evaluation)) {
                kept.items().add(array.get(i));
                evaluation.added(kept.items().size());
            }
        }
        return kept;
    }

    private static JsonNode single(JsonNode array, @Nullable JsonNode function, Evaluation evaluation) {
        JsonNode found = null;
        for (int i = 0; i < array.size(); i++) {
            evaluation.burn(1);
            boolean wanted = !(function instanceof FunctionValue test)
                    || Values.isTrue(evaluation.callback(test, array.get(i), IntNode.valueOf(i), array), evaluation);
            if (wanted && found != null) {
                throw JsonataException.of("D3138");
            }
            found = wanted ? array.get(i) : found;
        }
        if (found == null) {
            throw JsonataException.of("D3139");
        }
        return found;
    }

    private static @Nullable JsonNode reduce(
            JsonNode array, FunctionValue function, @Nullable JsonNode initial, Evaluation evaluation) {
        if (function.parameters() < 2) {
            throw JsonataException.of("D3050");
        }
        int from = initial == null ? 1 : 0;
        JsonNode reduced = initial == null ? array.get(0) : initial;
        for (int i = from; i < array.size(); i++) {
            List<@Nullable JsonNode> arguments = new ArrayList<>(4);
            arguments.add(reduced);
            arguments.add(array.get(i));
            if (function.parameters() >= 3) {
                arguments.add(IntNode.valueOf(i));
            }
            if (function.parameters() >= 4) {
                arguments.add(array);
            }
            reduced = evaluation.call(function, arguments);
        }
        return reduced;
    }

    private static @Nullable JsonNode sift(@Nullable JsonNode object, @Nullable JsonNode test, Evaluation evaluation) {
        if (!(object instanceof ObjectNode members)) {
            return null;
        }
        if (!(test instanceof FunctionValue function)) {
            throw JsonataException.of("T0410").index(2);
        }
        JsonataObject kept = new JsonataObject();
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            if (Values.isTrue(
                    evaluation.callback(function, member.getValue(), TextNode.valueOf(member.getKey()), object),
                    evaluation)) {
                kept.members().put(member.getKey(), member.getValue());
                evaluation.burn(1);
            }
        }
        return kept.isEmpty() ? null : kept;
    }

    private static JsonNode each(@Nullable JsonNode object, FunctionValue function, Evaluation evaluation) {
        JsonataArray values = JsonataArray.sequence();
        if (object instanceof ObjectNode members) {
            for (Map.Entry<String, JsonNode> member : members.properties()) {
                JsonNode value =
                        evaluation.callback(function, member.getValue(), TextNode.valueOf(member.getKey()), object);
                if (value != null) {
                    values.items().add(value);
                    evaluation.added(values.items().size());
                }
            }
        }
        return values;
    }
}
