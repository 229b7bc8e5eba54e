package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.query.jsonata.base.JsonataException;
import dev.reprise.query.jsonata.base.Meter;
import java.util.List;
import java.util.Map;

/**
 * Makes plain JSON of what an expression gave, and stops when it becomes too large: an expression of a few characters
 * can describe any size. What came from outside is shared, not copied.
 */
final class Result {

    /** What a number, a boolean or a null takes, about. */
    private static final int SCALAR = 4;

    private final Evaluation evaluation;
    private long budget;

    private Result(Evaluation evaluation) {
        this.evaluation = evaluation;
        this.budget = evaluation.resultBytes();
    }

    /** A value that JSON cannot express: a function or a regular expression. */
    static final class NotJson extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotJson() {
            super(null, null, false, false);
        }
    }

    /**
     * {@code value} as JSON.
     *
     * @throws NotJson when there is a function in it
     * @throws JsonataException when it is too large
     */
    static JsonNode of(JsonNode value, Evaluation evaluation) {
        // What is only passed on is not larger than it was.
        boolean passedOn =
                value.isContainerNode() && !(value instanceof JsonataArray) && !(value instanceof JsonataObject);
        return passedOn ? value : new Result(evaluation).plain(value, 0);
    }

    private JsonNode plain(JsonNode value, int depth) {
        Meter.checkDepth(depth);
        return switch (value) {
            case JsonataArray array -> array(array, depth);
            case StatesObject states -> object(states.all(), depth);
            case JsonataObject object -> object(object.members(), depth);
            case ArrayNode array -> {
                for (JsonNode element : array) {
                    spend(1);
                    plain(element, depth + 1);
                }
                yield array;
            }
            case ObjectNode object -> {
                for (Map.Entry<String, JsonNode> member : object.properties()) {
                    spend(member.getKey().length() + 4L);
                    plain(member.getValue(), depth + 1);
                }
                yield object;
            }
            case TextNode text -> {
                spend(text.textValue().length() + 2L);
                yield text;
            }
            case POJONode function -> throw new NotJson();
            default -> scalar(value);
        };
    }

    private JsonNode array(JsonataArray array, int depth) {
        List<JsonNode> elements = array.items();
        ArrayNode plain = JsonNodeFactory.instance.arrayNode(elements.size());
        for (JsonNode element : elements) {
            spend(1);
            plain.add(plain(element, depth + 1));
        }
        return plain;
    }

    private JsonNode object(Map<String, JsonNode> members, int depth) {
        ObjectNode plain = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : members.entrySet()) {
            spend(member.getKey().length() + 4L);
            plain.set(member.getKey(), plain(member.getValue(), depth + 1));
        }
        return plain;
    }

    /** JSON has no infinite numbers; AWS writes them as strings. No number has more digits than it computes with. */
    private JsonNode scalar(JsonNode value) {
        spend(SCALAR);
        if (value.isBigInteger()) {
            return DoubleNode.valueOf(value.doubleValue());
        }
        return value.isNumber() && !Double.isFinite(value.doubleValue()) && value.isDouble()
                ? TextNode.valueOf(String.valueOf(value.doubleValue()))
                : value;
    }

    private void spend(long bytes) {
        evaluation.burn(1);
        budget -= bytes;
        if (budget < 0) {
            throw JsonataException.tooLarge();
        }
    }
}
