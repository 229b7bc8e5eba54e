package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.query.jsonata.base.JsonataException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives an expression's value. Undefined is null everywhere; JSON's null is a node. */
final class Evaluator {

    private Evaluator() {}

    /**
     * The value of {@code node} where {@code input} is the context value.
     *
     * @throws JsonataException when there is an error
     */
    static @Nullable JsonNode evaluate(Node node, @Nullable JsonNode input, Frame frame, Evaluation evaluation) {
        evaluation.enter();
        JsonNode value = unsettled(node, input, frame, evaluation);
        evaluation.leave();
        return settled(value);
    }

    /** A sequence of nothing is undefined, one of a single value is that value unless it is kept. */
    private static @Nullable JsonNode settled(@Nullable JsonNode value) {
        if (value instanceof JsonataArray array && array.isSequence()) {
            List<JsonNode> elements = array.items();
            if (elements.isEmpty()) {
                return null;
            }
            return elements.size() == 1 && !array.isKept() ? elements.get(0) : array;
        }
        return value;
    }

    private static @Nullable JsonNode unsettled(
            Node node, @Nullable JsonNode input, Frame frame, Evaluation evaluation) {
        return switch (node) {
            case Node.Path path -> Paths.evaluate(path, input, frame, evaluation);
            case Node.Literal literal -> literal.value();
            case Node.Variable variable -> variable(variable.name(), input, frame, evaluation);
            case Node.Operation operation -> Operators.evaluate(operation, input, frame, evaluation);
            case Node.Call call -> Calls.evaluate(call, null, input, frame, evaluation);
            case Node.LastCall last -> new TailCall(last.call(), input, frame);
            case Node.Name name -> member(input, name.name(), evaluation);
            case Node.Condition condition -> condition(condition, input, frame, evaluation);
            case Node.Block block -> block(block, input, frame, evaluation);
            case Node.Bind bind -> {
                JsonNode value = evaluate(bind.value(), input, frame, evaluation);
                evaluation.burn(frame.size() / 16);
                frame.bind(bind.name(), value);
                yield value;
            }
            case Node.Lambda lambda -> new FunctionValue.Lambda(lambda, input, frame);
            case Node.ArrayOf array -> array(array, input, frame, evaluation);
            case Node.ObjectOf object -> Groups.evaluate(object.group(), input, frame, evaluation);
            case Node.Refined refined -> refined(refined, input, frame, evaluation);
            case Node.Apply apply -> Calls.evaluate(apply, input, frame, evaluation);
            case Node.PartialCall partial -> Calls.evaluate(partial, input, frame, evaluation);
            case Node.Negation negation -> {
                JsonNode operand = evaluate(negation.operand(), input, frame, evaluation);
                if (operand != null && !Values.isNumeric(operand)) {
                    throw JsonataException.of("D1002").value(operand);
                }
                yield operand == null ? null : Values.number(-operand.doubleValue());
            }
            case Node.Regex regex -> regex.pattern();
            case Node.Transform transform -> new TransformValue(transform, frame);
            case Node.Wildcard wildcard -> Wildcards.members(input, evaluation);
            case Node.Descendants descendants -> Wildcards.descendants(input, evaluation);
            case Node.Parent parent -> evaluation.variable(parent.label(), frame);
            case Node.Sort sort ->
                Sorting.sort(
                        sort, Evaluation.arrayOf(input == null ? JsonataArray.sequence() : input), frame, evaluation);
        };
    }

    static @Nullable JsonNode variable(String name, @Nullable JsonNode input, Frame frame, Evaluation evaluation) {
        return name.isEmpty() ? input : evaluation.variable(name, frame);
    }

    /** The member {@code name} of an object, or of every object in an array. */
    static @Nullable JsonNode member(@Nullable JsonNode value, String name, Evaluation evaluation) {
        if (value instanceof ObjectNode object) {
            return object.get(name);
        }
        if (!(value instanceof ArrayNode array)) {
            return null;
        }
        evaluation.enter();
        JsonataArray found = JsonataArray.sequence();
        for (JsonNode element : array) {
            evaluation.burn(1);
            JsonNode member = member(element, name, evaluation);
            if (member instanceof ArrayNode members) {
                addAll(found, members, evaluation);
            } else if (member != null) {
                found.items().add(member);
            }
        }
        evaluation.leave();
        return found;
    }

    static void addAll(JsonataArray to, ArrayNode from, Evaluation evaluation) {
        evaluation.make(from.size());
        evaluation.added(to.items().size() + from.size());
        for (JsonNode element : from) {
            to.items().add(element);
        }
    }

    private static @Nullable JsonNode condition(
            Node.Condition condition, @Nullable JsonNode input, Frame frame, Evaluation evaluation) {
        if (Values.isTrue(evaluate(condition.condition(), input, frame, evaluation), evaluation)) {
            return evaluate(condition.then(), input, frame, evaluation);
        }
        Node otherwise = condition.otherwise();
        return otherwise == null ? null : evaluate(otherwise, input, frame, evaluation);
    }

    private static @Nullable JsonNode block(
            Node.Block block, @Nullable JsonNode input, Frame frame, Evaluation evaluation) {
        Frame inner = new Frame(frame);
        JsonNode value = null;
        for (Node expression : block.expressions()) {
            value = evaluate(expression, input, inner, evaluation);
        }
        return value;
    }

    private static JsonNode array(Node.ArrayOf array, @Nullable JsonNode input, Frame frame, Evaluation evaluation) {
        JsonataArray made = JsonataArray.array();
        for (Node item : array.items()) {
            JsonNode value = evaluate(item, input, frame, evaluation);
            if (value instanceof ArrayNode elements && !isWritten(item)) {
                addAll(made, elements, evaluation);
            } else if (value != null) {
                made.items().add(value);
                evaluation.added(made.items().size());
            }
        }
        return array.constructed() ? made.constructed() : made;
    }

    /**
     * Whether an array is written out where an item of an array stands, with or without predicates: it is not spread.
     */
    private static boolean isWritten(Node item) {
        return item instanceof Node.ArrayOf || (item instanceof Node.Refined refined && isWritten(refined.inner()));
    }

    private static @Nullable JsonNode refined(
            Node.Refined refined, @Nullable JsonNode input, Frame frame, Evaluation evaluation) {
        JsonNode value = unsettled(refined.inner(), input, frame, evaluation);
        for (Node predicate : refined.predicates()) {
            value = Filters.filter(predicate, value, frame, evaluation);
        }
        Node.Group group = refined.group();
        if (group != null) {
            value = Groups.evaluate(group, value, frame, evaluation);
        }
        if (refined.keepArray() && value instanceof JsonataArray array && array.isSequence()) {
            array.kept();
        }
        return value;
    }
}
