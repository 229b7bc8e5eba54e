package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows paths: each step is evaluated for every value that the one before it found, and arrays that are found are
 * flattened.
 */
final class Paths {

    private Paths() {}

    static @Nullable JsonNode evaluate(Node.Path path, @Nullable JsonNode input, Frame frame, Evaluation evaluation) {
        JsonNode found =
                path.tuples() ? Tuples.follow(path, input, frame, evaluation) : follow(path, input, frame, evaluation);
        if (path.keepArray() && found != null) {
            found = found instanceof JsonataArray array && (array.isSequence() || !array.isConstructed())
                    ? array.kept()
                    : found.isArray() && !(found instanceof JsonataArray)
                            ? found
                            : JsonataArray.sequence(found).kept();
        }
        Node.Group group = path.group();
        return group == null ? found : Groups.evaluate(group, found, frame, evaluation);
    }

    private static @Nullable JsonNode follow(
            Node.Path path, @Nullable JsonNode input, Frame frame, Evaluation evaluation) {
        List<Node.Step> steps = path.steps();
        int last = steps.size() - 1;
        int at = 0;
        JsonNode found = input;
        if (!(input instanceof ArrayNode) || steps.get(0).expression() instanceof Node.Variable) {
            // As long as a single value is found, which is no array, nothing need be collected.
            while (at <= last && !(at > 0 && found instanceof ArrayNode)) {
                Node.Step step = steps.get(at);
                if (!step.stages().isEmpty()) {
                    break;
                }
                if (step.expression() instanceof Node.Name(String name)) {
                    found = found instanceof ObjectNode object ? object.get(name) : null;
                } else if (step.expression() instanceof Node.Variable(String name)) {
                    found = Evaluator.variable(name, found, frame, evaluation);
                } else {
                    break;
                }
                evaluation.burn(1);
                if (found == null) {
                    return null;
                }
                at++;
            }
            if (at > last) {
                return found instanceof JsonataArray array && array.isSequence() ? flat(found, evaluation) : found;
            }
        }
        // A variable's array that is written out is not flattened, and before a variable the context is not spread.
        boolean whole = at == 0
                ? steps.get(0).expression() instanceof Node.Variable
                : found instanceof JsonataArray array && array.isConstructed();
        List<@Nullable JsonNode> items = whole ? Calls.single(found) : items(found);
        for (; at <= last; at++) {
            Node.Step step = steps.get(at);
            if (at == 0 && step.constructed()) {
                evaluation.burn(items.size() / 4);
            }
            found = at == 0 && step.constructed()
                    ? Evaluator.evaluate(step.expression(), array(items), frame, evaluation)
                    : step(step, items, frame, at == last, evaluation);
            if (found == null || (found.isArray() && found.isEmpty())) {
                return found;
            }
            items = items(found);
        }
        return found;
    }

    /** What a value is for the next step: the elements of an array, or itself. */
    static List<@Nullable JsonNode> items(@Nullable JsonNode value) {
        if (value instanceof JsonataArray array) {
            return Collections.unmodifiableList(array.items());
        }
        return value instanceof ArrayNode array ? new ElementList(array) : Calls.single(value);
    }

    static ArrayNode array(List<@Nullable JsonNode> items) {
        JsonataArray array = JsonataArray.sequence();
        for (JsonNode item : items) {
            if (item != null) {
                array.items().add(item);
            }
        }
        return array;
    }

    static @Nullable JsonNode step(
            Node.Step step, List<@Nullable JsonNode> items, Frame frame, boolean last, Evaluation evaluation) {
        if (step.expression() instanceof Node.Sort sort) {
            evaluation.burn(items.size() / 4);
            JsonNode sorted = Sorting.sort(sort, array(items), frame, evaluation);
            return filtered(step, sorted, frame, evaluation);
        }
        JsonNode only = null;
        JsonataArray found = null;
        for (JsonNode item : items) {
            JsonNode value =
                    filtered(step, Evaluator.evaluate(step.expression(), item, frame, evaluation), frame, evaluation);
            if (value == null) {
                continue;
            }
            if (only == null) {
                only = value;
                continue;
            }
            if (found == null) {
                found = JsonataArray.sequence();
                add(found, only, evaluation);
            }
            add(found, value, evaluation);
        }
        if (found != null) {
            return found;
        }
        if (only == null || (last && only instanceof ArrayNode && !isSequence(only))) {
            return only;
        }
        return flat(only, evaluation);
    }

    private static boolean isSequence(JsonNode value) {
        return value instanceof JsonataArray array && array.isSequence();
    }

    private static JsonataArray flat(JsonNode value, Evaluation evaluation) {
        JsonataArray found = JsonataArray.sequence();
        add(found, value, evaluation);
        return found;
    }

    private static void add(JsonataArray found, JsonNode value, Evaluation evaluation) {
        if (value instanceof ArrayNode array && !(value instanceof JsonataArray made && made.isConstructed())) {
            Evaluator.addAll(found, array, evaluation);
        } else {
            found.items().add(value);
            evaluation.added(found.items().size());
        }
    }

    private static @Nullable JsonNode filtered(
            Node.Step step, @Nullable JsonNode value, Frame frame, Evaluation evaluation) {
        JsonNode kept = value;
        for (Node.Stage stage : step.stages()) {
            if (stage instanceof Node.Stage.Filter(Node predicate)) {
                kept = Filters.filter(predicate, kept, frame, evaluation);
            }
        }
        return kept;
    }

    /** The elements of an array of Jackson's, without a copy. */
    private static final class ElementList extends java.util.AbstractList<@Nullable JsonNode>
            implements java.util.RandomAccess {
        private final ArrayNode array;

        ElementList(ArrayNode array) {
            this.array = array;
        }

        @Override
        public @Nullable JsonNode get(int index) {
            return array.get(index);
        }

        @Override
        public int size() {
            return array.size();
        }
    }
}
