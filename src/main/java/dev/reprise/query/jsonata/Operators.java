package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.query.jsonata.base.JsonataException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators between two operands. */
final class Operators {

    /** How many numbers a range may have. */
    private static final double LONGEST_RANGE = 1e7;

    private Operators() {}

    static @Nullable JsonNode evaluate(
            Node.Operation operation, @Nullable JsonNode input, Frame frame, Evaluation evaluation) {
        JsonNode left = Evaluator.evaluate(operation.first(), input, frame, evaluation);
        List<Node.Link> links = operation.links();
        for (int i = 0; i < links.size(); i++) {
            Node.Link link = links.get(i);
            if (i > 0) {
                evaluation.burn(1);
            }
            left = switch (link.operator()) {
                case AND ->
                    BooleanNode.valueOf(Values.isTrue(left, evaluation)
                            && Values.isTrue(Evaluator.evaluate(link.right(), input, frame, evaluation), evaluation));
                case OR ->
                    BooleanNode.valueOf(Values.isTrue(left, evaluation)
                            || Values.isTrue(Evaluator.evaluate(link.right(), input, frame, evaluation), evaluation));
                case ADD,
                        SUBTRACT,
                        MULTIPLY,
                        DIVIDE,
                        REMAINDER,
                        EQUAL,
                        UNEQUAL,
                        LESS,
                        LESS_OR_EQUAL,
                        GREATER,
                        GREATER_OR_EQUAL,
                        CONCATENATE,
                        RANGE,
                        IN ->
                    apply(
                            link.operator(),
                            left,
                            Evaluator.evaluate(link.right(), input, frame, evaluation),
                            evaluation);
            };
        }
        return left;
    }

    private static @Nullable JsonNode apply(
            Operator operator, @Nullable JsonNode left, @Nullable JsonNode right, Evaluation evaluation) {
        return switch (operator) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER -> arithmetic(operator, left, right);
            case EQUAL ->
                BooleanNode.valueOf(left != null && right != null && Values.equal(left, right, 0, evaluation));
            case UNEQUAL ->
                BooleanNode.valueOf(left != null && right != null && !Values.equal(left, right, 0, evaluation));
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> compare(operator, left, right, evaluation);
            case CONCATENATE -> concatenate(left, right, evaluation);
            case RANGE -> range(left, right, evaluation);
            case IN -> BooleanNode.valueOf(left != null && right != null && isIn(left, right, evaluation));
            case AND, OR -> throw new IllegalStateException("Evaluated where it stands: " + operator);
        };
    }

    private static @Nullable JsonNode arithmetic(Operator operator, @Nullable JsonNode left, @Nullable JsonNode right) {
        if (left != null && !Values.isNumeric(left)) {
            throw JsonataException.of("T2001").value(left).token(operator.symbol());
        }
        if (right != null && !Values.isNumeric(right)) {
            throw JsonataException.of("T2002").value(right).token(operator.symbol());
        }
        if (left == null || right == null) {
            return null;
        }
        double a = left.doubleValue();
        double b = right.doubleValue();
        return Values.number(
                switch (operator) {
                    case ADD -> a + b;
                    case SUBTRACT -> a - b;
                    case MULTIPLY -> a * b;
                    case DIVIDE -> a / b;
                    case REMAINDER -> a % b;
                    case EQUAL,
                            UNEQUAL,
                            LESS,
                            LESS_OR_EQUAL,
                            GREATER,
                            GREATER_OR_EQUAL,
                            CONCATENATE,
                            RANGE,
                            IN,
                            AND,
                            OR -> throw new IllegalStateException("No arithmetic: " + operator);
                });
    }

    private static @Nullable JsonNode compare(
            Operator operator, @Nullable JsonNode left, @Nullable JsonNode right, Evaluation evaluation) {
        if (!isComparable(left) || !isComparable(right)) {
            throw JsonataException.of("T2010").token(operator.symbol());
        }
        if (left == null || right == null) {
            return null;
        }
        if (left.isTextual() != right.isTextual()) {
            throw JsonataException.of("T2009").value(left).value2(right).token(operator.symbol());
        }
        if (left.isTextual()) {
            evaluation.burnText(
                    Math.min(left.textValue().length(), right.textValue().length()));
            return BooleanNode.valueOf(holds(operator, left.textValue().compareTo(right.textValue())));
        }
        double a = left.doubleValue();
        double b = right.doubleValue();
        boolean ordered = !Double.isNaN(a) && !Double.isNaN(b);
        return BooleanNode.valueOf(ordered && holds(operator, a < b ? -1 : a > b ? 1 : 0));
    }

    private static boolean isComparable(@Nullable JsonNode value) {
        return value == null || value.isTextual() || value.isNumber();
    }

    private static boolean holds(Operator operator, int order) {
        return switch (operator) {
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, EQUAL, UNEQUAL, CONCATENATE, RANGE, IN, AND, OR ->
                throw new IllegalStateException("No comparison: " + operator);
        };
    }

    private static JsonNode concatenate(@Nullable JsonNode left, @Nullable JsonNode right, Evaluation evaluation) {
        String a = left == null ? "" : Texts.of(left, false, evaluation);
        String b = right == null ? "" : Texts.of(right, false, evaluation);
        evaluation.makeText((double) a.length() + b.length());
        return TextNode.valueOf(a.concat(b));
    }

    private static @Nullable JsonNode range(@Nullable JsonNode left, @Nullable JsonNode right, Evaluation evaluation) {
        if (left != null && !isWhole(left)) {
            throw JsonataException.of("T2003").value(left);
        }
        if (right != null && !isWhole(right)) {
            throw JsonataException.of("T2004").value(right);
        }
        if (left == null || right == null || left.doubleValue() > right.doubleValue()) {
            return null;
        }
        double size = right.doubleValue() - left.doubleValue() + 1;
        if (size > LONGEST_RANGE) {
            throw JsonataException.of("D2014").value(Values.number(size));
        }
        evaluation.make((long) size);
        JsonataArray range = JsonataArray.sequence();
        double from = left.doubleValue();
        for (int i = 0; i < size; i++) {
            range.items().add(Values.number(from + i));
        }
        return range;
    }

    private static boolean isWhole(JsonNode value) {
        return value.isNumber()
                && value.doubleValue() == Math.rint(value.doubleValue())
                && !Double.isInfinite(value.doubleValue());
    }

    private static boolean isIn(JsonNode sought, JsonNode among, Evaluation evaluation) {
        if (!(among instanceof ArrayNode array)) {
            return Values.same(sought, among);
        }
        evaluation.burn(array.size());
        for (JsonNode element : array) {
            if (sought.isTextual() && element.isTextual()) {
                evaluation.burn(sought.textValue().length() / 64);
            }
            if (Values.same(sought, element)) {
                return true;
            }
        }
        return false;
    }
}
