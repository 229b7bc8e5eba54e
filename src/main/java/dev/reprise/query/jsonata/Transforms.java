package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.query.jsonata.base.JsonataException;
import dev.reprise.query.jsonata.base.Meter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies transforms: the value is copied, what the pattern finds in the copy is changed. */
final class Transforms {

    private Transforms() {}

    static @Nullable JsonNode apply(
            TransformValue transform,
            List<@Nullable JsonNode> arguments,
            @Nullable JsonNode context,
            Evaluation evaluation) {
        JsonNode value = arguments.isEmpty() ? null : arguments.get(0);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ObjectNode) && !(value instanceof ArrayNode)) {
            throw JsonataException.of("T0410").index(1);
        }
        JsonNode clone = evaluation.variable("clone", transform.frame);
        if (!(clone instanceof FunctionValue function)) {
            throw JsonataException.of("T2013");
        }
        JsonNode copy = evaluation.call(function, Calls.single(value));
        JsonNode found = Evaluator.evaluate(transform.code.pattern(), copy, transform.frame, evaluation);
        if (found != null) {
            for (JsonNode match : List.copyOf(Paths.items(found))) {
                change(transform, match, evaluation);
            }
        }
        return copy;
    }

    private static void change(TransformValue transform, JsonNode match, Evaluation evaluation) {
        JsonNode update = Evaluator.evaluate(transform.code.update(), match, transform.frame, evaluation);
        Map<String, JsonNode> members = match instanceof JsonataObject object ? object.members() : null;
        if (update != null) {
            if (!(update instanceof ObjectNode changes)) {
                throw JsonataException.of("T2011").value(update);
            }
            evaluation.make(changes.size());
            if (members != null) {
                changes.properties().forEach(change -> members.put(change.getKey(), change.getValue()));
            }
        }
        Node delete = transform.code.delete();
        JsonNode deletions = delete == null ? null : Evaluator.evaluate(delete, match, transform.frame, evaluation);
        if (deletions != null) {
            for (JsonNode name : Evaluation.arrayOf(deletions)) {
                evaluation.burn(1);
                if (!name.isTextual()) {
                    throw JsonataException.of("T2012").value(deletions);
                }
                if (members != null) {
                    members.remove(name.textValue());
                }
            }
        }
    }

    /**
     * A copy of {@code value}, whose numbers are rounded to what a text shows of them, and in which functions are empty
     * texts.
     */
    static JsonNode copy(JsonNode value, int depth, Evaluation evaluation) {
        evaluation.make(1);
        Meter.checkDepth(depth);
        return switch (value) {
            case ObjectNode object -> {
                JsonataObject copy = new JsonataObject();
                for (Map.Entry<String, JsonNode> member : object.properties()) {
                    copy.members().put(member.getKey(), copy(member.getValue(), depth + 1, evaluation));
                }
                yield copy;
            }
            case ArrayNode array -> {
                JsonataArray copy = JsonataArray.array();
                for (JsonNode element : array) {
                    copy.items().add(copy(element, depth + 1, evaluation));
                }
                yield copy;
            }
            case JsonNode number
            when number.isNumber() -> {
                evaluation.burn(number.isInt() ? 0 : 10);
                yield Values.rounded(number);
            }
            case FunctionValue function -> com.fasterxml.jackson.databind.node.TextNode.valueOf("");
            default -> value;
        };
    }
}
