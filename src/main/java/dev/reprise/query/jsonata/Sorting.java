package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.reprise.query.jsonata.base.JsonataException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Sorts: by merging, so that what is equal keeps its order, and so that an order that contradicts itself does no harm.
 */
final class Sorting {

    private Sorting() {}

    /** A value and the terms that it is sorted by, each evaluated once. */
    private static final class Sorted<T> {
        final T item;
        final @Nullable JsonNode[] terms;
        final boolean[] known;

        Sorted(T item, int terms) {
            this.item = item;
            this.terms = new @Nullable JsonNode[terms];
            this.known = new boolean[terms];
        }
    }

    static JsonNode sort(Node.Sort sort, ArrayNode values, Frame frame, Evaluation evaluation) {
        if (values.size() <= 1) {
            return values;
        }
        List<Sorted<JsonNode>> all = new ArrayList<>(values.size());
        evaluation.make(values.size());
        for (JsonNode value : values) {
            all.add(new Sorted<>(value, sort.terms().size()));
        }
        List<JsonNode> sorted = new ArrayList<>(all.size());
        for (Sorted<JsonNode> one : merge(
                all,
                (a, b) -> comesAfter(
                        sort,
                        term(a, sort, value -> value, value -> frame, evaluation),
                        term(b, sort, value -> value, value -> frame, evaluation),
                        evaluation),
                evaluation)) {
            sorted.add(one.item);
        }
        return JsonataArray.array(sorted);
    }

    static List<Tuple> sort(Node.Sort sort, List<Tuple> tuples, Frame frame, Evaluation evaluation) {
        List<Sorted<Tuple>> all = new ArrayList<>(tuples.size());
        evaluation.make(tuples.size());
        for (Tuple tuple : tuples) {
            all.add(new Sorted<>(tuple, sort.terms().size()));
        }
        return merge(
                        all,
                        (a, b) -> comesAfter(
                                sort,
                                term(a, sort, Tuple::value, tuple -> tuple.frame(frame, evaluation), evaluation),
                                term(b, sort, Tuple::value, tuple -> tuple.frame(frame, evaluation), evaluation),
                                evaluation),
                        evaluation)
                .stream()
                .map(one -> one.item)
                .toList();
    }

    /** Gives the term at a position. */
    private interface Terms {
        @Nullable
        JsonNode at(int index);
    }

    private interface Context<T> {
        @Nullable
        JsonNode of(T item);
    }

    private interface Frames<T> {
        Frame of(T item);
    }

    private static <T> Terms term(
            Sorted<T> sorted, Node.Sort sort, Context<T> context, Frames<T> frames, Evaluation evaluation) {
        return index -> {
            if (!sorted.known[index]) {
                evaluation.enter();
                sorted.terms[index] = Evaluator.evaluate(
                        sort.terms().get(index).expression(),
                        context.of(sorted.item),
                        frames.of(sorted.item),
                        evaluation);
                evaluation.leave();
                sorted.known[index] = true;
            }
            return sorted.terms[index];
        };
    }

    /** Whether the first of two has to stand behind the second; what has no term stands last. */
    private static boolean comesAfter(Node.Sort sort, Terms first, Terms second, Evaluation evaluation) {
        for (int i = 0; i < sort.terms().size(); i++) {
            JsonNode a = first.at(i);
            JsonNode b = second.at(i);
            if (a == null || b == null) {
                if (a == null && b == null) {
                    continue;
                }
                return a == null;
            }
            int order = order(a, b, evaluation);
            if (order != 0) {
                return sort.terms().get(i).descending() ? order < 0 : order > 0;
            }
        }
        return false;
    }

    private static int order(JsonNode a, JsonNode b, Evaluation evaluation) {
        if (!isSortable(a) || !isSortable(b)) {
            throw JsonataException.of("T2008").value(isSortable(a) ? b : a);
        }
        if (a.isTextual() != b.isTextual()) {
            throw JsonataException.of("T2007").value(a).value2(b);
        }
        if (a.isTextual()) {
            evaluation.burnText(Math.min(a.textValue().length(), b.textValue().length()));
            return a.textValue().compareTo(b.textValue());
        }
        return a.doubleValue() == b.doubleValue() ? 0 : a.doubleValue() < b.doubleValue() ? -1 : 1;
    }

    private static boolean isSortable(JsonNode value) {
        return value.isTextual() || value.isNumber();
    }

    /**
     * Sorts {@code values}; {@code swaps} says whether the first of two has to come after the second, which is less
     * than a comparator says.
     */
    static <T> List<T> merge(List<T> values, BiPredicate<T, T> swaps, Evaluation evaluation) {
        if (values.size() <= 1) {
            return values;
        }
        evaluation.enter();
        int middle = values.size() / 2;
        List<T> left = merge(values.subList(0, middle), swaps, evaluation);
        List<T> right = merge(values.subList(middle, values.size()), swaps, evaluation);
        List<T> merged = new ArrayList<>(values.size());
        int l = 0;
        int r = 0;
        while (l < left.size() && r < right.size()) {
            evaluation.burn(1);
            merged.add(swaps.test(left.get(l), right.get(r)) ? right.get(r++) : left.get(l++));
        }
        merged.addAll(left.subList(l, left.size()));
        merged.addAll(right.subList(r, right.size()));
        evaluation.leave();
        return merged;
    }
}
