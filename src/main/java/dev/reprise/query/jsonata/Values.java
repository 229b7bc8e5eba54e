package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.query.jsonata.base.Meter;
import dev.reprise.query.jsonata.base.NumberText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What JSONata says of values: their types, when they are true, when they are equal. */
final class Values {

    private static final double LONGS = 0x1p63;

    private Values() {}

    /** A number in the form in which Jackson reads it from text: whole numbers have no fraction. */
    static JsonNode number(double value) {
        if (value == (int) value) {
            return IntNode.valueOf((int) value);
        }
        return Math.abs(value) < LONGS && value == (long) value
                ? LongNode.valueOf((long) value)
                : DoubleNode.valueOf(value);
    }

    /** A number rounded to what a text shows of it. */
    static JsonNode rounded(JsonNode number) {
        double value = number.doubleValue();
        return number.isInt() || !Double.isFinite(value) ? number : number(NumberText.rounded(value));
    }

    /** Whether it is a number to compute with. Infinity is one, as on AWS. */
    static boolean isNumeric(JsonNode value) {
        return value.isNumber() && !Double.isNaN(value.doubleValue());
    }

    /** The symbol of its type in a signature; {@code m} for undefined. */
    static char type(@Nullable JsonNode value) {
        if (value == null) {
            return 'm';
        }
        return switch (value.getNodeType()) {
            case STRING -> 's';
            case NUMBER -> 'n';
            case BOOLEAN -> 'b';
            case ARRAY -> 'a';
            case OBJECT -> 'o';
            case POJO -> 'f';
            case NULL, MISSING, BINARY -> 'l';
        };
    }

    /** Whether a condition holds: undefined, null, functions, empty things, zero, and arrays of these do not. */
    static boolean isTrue(@Nullable JsonNode value, Evaluation evaluation) {
        return isTrue(value, 0, evaluation);
    }

    private static boolean isTrue(@Nullable JsonNode value, int depth, Evaluation evaluation) {
        return switch (value) {
            case null -> false;
            case ArrayNode array -> {
                Meter.checkDepth(depth);
                evaluation.burn(1 + array.size() / 16);
                for (JsonNode element : array) {
                    if (isTrue(element, depth + 1, evaluation)) {
                        yield true;
                    }
                }
                yield false;
            }
            case ObjectNode object -> !object.properties().isEmpty();
            default ->
                value.booleanValue()
                        || (value.isTextual() && !value.textValue().isEmpty())
                        || (isNumeric(value) && value.doubleValue() != 0);
        };
    }

    /** Whether two values are the same one: scalars by value, others by identity. */
    @SuppressWarnings("ReferenceEquality") // Identity is what is asked for.
    static boolean same(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return left.doubleValue() == right.doubleValue();
        }
        return left == right
                || (left.isTextual() && left.equals(right))
                || (left.isBoolean() && left.equals(right))
                || (left.isNull() && right.isNull());
    }

    /** Whether two values are equal, to their depths. */
    static boolean equal(JsonNode left, JsonNode right, int depth, Evaluation evaluation) {
        if (left instanceof ArrayNode one && right instanceof ArrayNode other) {
            Meter.checkDepth(depth);
            if (one.size() != other.size()) {
                return false;
            }
            for (int i = 0; i < one.size(); i++) {
                evaluation.burn(1);
                if (!equal(one.get(i), other.get(i), depth + 1, evaluation)) {
                    return false;
                }
            }
            return true;
        }
        if (left instanceof ObjectNode one && right instanceof ObjectNode other) {
            Meter.checkDepth(depth);
            if (one.size() != other.size()) {
                return false;
            }
            for (Map.Entry<String, JsonNode> member : one.properties()) {
                evaluation.burn(1);
                JsonNode counterpart = other.get(member.getKey());
                if (counterpart == null || !equal(member.getValue(), counterpart, depth + 1, evaluation)) {
                    return false;
                }
            }
            return true;
        }
        if (left.isTextual() && right.isTextual()) {
            evaluation.burn(left.textValue().length() / 64);
        }
        return same(left, right);
    }
}
