package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows paths whose steps bind variables ({@code @}, {@code #}) or are asked for by {@code %}: each value carries
 * what was bound on the way to it.
 */
final class Tuples {

    private Tuples() {}

    static @Nullable JsonNode follow(Node.Path path, @Nullable JsonNode input, Frame frame, Evaluation evaluation) {
        List<Node.Step> steps = path.steps();
        List<@Nullable JsonNode> items =
                input instanceof ArrayNode && !(steps.get(0).expression() instanceof Node.Variable)
                        ? Paths.items(input)
                        : Calls.single(input);
        int at = 0;
        while (!steps.get(at).tuple()) {
            // Up to the first step that binds, a path is like any other.
            JsonNode found = at == 0 && steps.get(0).constructed()
                    ? Evaluator.evaluate(steps.get(0).expression(), Paths.array(items), frame, evaluation)
                    : Paths.step(steps.get(at), items, frame, false, evaluation);
            if (found == null || (found.isArray() && found.isEmpty())) {
                return found;
            }
            items = Paths.items(found);
            at++;
        }
        List<Tuple> tuples = null;
        for (; at < steps.size(); at++) {
            tuples = step(steps.get(at), items, tuples, frame, evaluation);
        }
        List<Tuple> all = tuples == null ? List.of() : tuples;
        if (path.keepTuples() || path.group() != null) {
            return new TupleStream(all);
        }
        JsonataArray values = JsonataArray.sequence();
        evaluation.make(all.size());
        for (Tuple tuple : all) {
            if (tuple.value() != null) {
                values.items().add(tuple.value());
            }
        }
        return values;
    }

    private static List<Tuple> step(
            Node.Step step,
            List<@Nullable JsonNode> items,
            @Nullable List<Tuple> before,
            Frame frame,
            Evaluation evaluation) {
        if (step.expression() instanceof Node.Sort sort) {
            return staged(step, sorted(sort, step.index(), items, before, frame, evaluation), frame, evaluation);
        }
        List<Tuple> from = before == null ? tuples(items) : before;
        List<Tuple> found = new ArrayList<>();
        for (Tuple tuple : from) {
            JsonNode value =
                    Evaluator.evaluate(step.expression(), tuple.value(), tuple.frame(frame, evaluation), evaluation);
            if (value instanceof TupleStream stream) {
                for (Tuple inner : stream.tuples()) {
                    evaluation.added(found.size());
                    found.add(tuple.with(inner));
                }
            } else if (value != null) {
                bind(step, tuple, value, found, evaluation);
            }
        }
        return staged(step, found, frame, evaluation);
    }

    private static void bind(Node.Step step, Tuple tuple, JsonNode value, List<Tuple> found, Evaluation evaluation) {
        List<@Nullable JsonNode> values = Paths.items(value);
        for (int i = 0; i < values.size(); i++) {
            JsonNode item = values.get(i);
            Tuple bound = step.focus() != null ? tuple.with(step.focus(), item) : tuple.withValue(item);
            if (step.index() != null) {
                bound = bound.with(step.index(), Values.number(i));
            }
            if (step.ancestor() != null) {
                bound = bound.with(step.ancestor(), tuple.value());
            }
            evaluation.added(found.size());
            found.add(bound);
        }
    }

    private static List<Tuple> tuples(List<@Nullable JsonNode> items) {
        List<Tuple> tuples = new ArrayList<>(items.size());
        for (JsonNode item : items) {
            tuples.add(new Tuple(item, null));
        }
        return tuples;
    }

    private static List<Tuple> sorted(
            Node.Sort sort,
            @Nullable String index,
            List<@Nullable JsonNode> items,
            @Nullable List<Tuple> before,
            Frame frame,
            Evaluation evaluation) {
        List<Tuple> sorted = Sorting.sort(sort, before == null ? tuples(items) : before, frame, evaluation);
        if (before != null || index == null) {
            return sorted;
        }
        List<Tuple> indexed = new ArrayList<>(sorted.size());
        for (int i = 0; i < sorted.size(); i++) {
            indexed.add(sorted.get(i).with(index, Values.number(i)));
        }
        return indexed;
    }

    private static List<Tuple> staged(Node.Step step, List<Tuple> tuples, Frame frame, Evaluation evaluation) {
        List<Tuple> staged = tuples;
        for (Node.Stage stage : step.stages()) {
            switch (stage) {
                case Node.Stage.Filter(Node predicate) -> staged = Filters.tuples(predicate, staged, frame, evaluation);
                case Node.Stage.Index(String name) -> {
                    List<Tuple> indexed = new ArrayList<>(staged.size());
                    evaluation.make(staged.size());
                    for (int i = 0; i < staged.size(); i++) {
                        indexed.add(staged.get(i).with(name, Values.number(i)));
                    }
                    staged = indexed;
                }
            }
        }
        return staged;
    }
}
