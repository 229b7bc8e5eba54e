package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Predicates: numbers pick by position, from the end when they are negative, fractions rounded down; anything else
 * picks where it is true.
 */
final class Filters {

    private Filters() {}

    static @Nullable JsonNode filter(Node predicate, @Nullable JsonNode value, Frame frame, Evaluation evaluation) {
        if (value == null) {
            // A predicate is looked at even where there is nothing, so that an error in it is seen.
            Evaluator.evaluate(predicate, null, frame, evaluation);
            return null;
        }
        if (value instanceof TupleStream stream) {
            return new TupleStream(tuples(predicate, stream.tuples(), frame, evaluation));
        }
        List<@Nullable JsonNode> items = Paths.items(value);
        if (predicate instanceof Node.Literal(JsonNode literal) && literal.isNumber()) {
            int index = index(literal, items.size());
            JsonNode item = index < 0 ? null : items.get(index);
            return item == null || item.isArray() ? item : JsonataArray.sequence(item);
        }
        JsonataArray kept = JsonataArray.sequence();
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            if (item != null) {
                JsonNode answer = Evaluator.evaluate(predicate, item, frame, evaluation);
                for (int times = times(answer, i, items.size(), evaluation); times > 0; times--) {
                    kept.items().add(item);
                    evaluation.added(kept.items().size());
                }
            }
        }
        return kept;
    }

    static List<Tuple> tuples(Node predicate, List<Tuple> tuples, Frame frame, Evaluation evaluation) {
        if (predicate instanceof Node.Literal(JsonNode literal) && literal.isNumber()) {
            int index = index(literal, tuples.size());
            return index < 0 ? List.of() : List.of(tuples.get(index));
        }
        List<Tuple> kept = new ArrayList<>();
        for (int i = 0; i < tuples.size(); i++) {
            Tuple tuple = tuples.get(i);
            JsonNode answer = Evaluator.evaluate(predicate, tuple.value(), tuple.frame(frame, evaluation), evaluation);
            for (int times = times(answer, i, tuples.size(), evaluation); times > 0; times--) {
                kept.add(tuple);
                evaluation.added(kept.size());
            }
        }
        return kept;
    }

    /** The position that a number names; negative when there is none. */
    private static int index(JsonNode number, int size) {
        double index = Math.floor(number.doubleValue());
        double fromStart = index < 0 ? size + index : index;
        return fromStart >= 0 && fromStart < size ? (int) fromStart : -1;
    }

    /** How many times the predicate's answer picks the item at {@code index}. */
    private static int times(@Nullable JsonNode answer, int index, int size, Evaluation evaluation) {
        if (answer == null) {
            return 0;
        }
        if (Values.isNumeric(answer)) {
            return index(answer, size) == index ? 1 : 0;
        }
        if (!(answer instanceof ArrayNode array)) {
            return Values.isTrue(answer, evaluation) ? 1 : 0;
        }
        evaluation.burn(array.size() / 4);
        int times = 0;
        for (JsonNode element : array) {
            if (!Values.isNumeric(element)) {
                return Values.isTrue(answer, evaluation) ? 1 : 0;
            }
            times += index(element, size) == index ? 1 : 0;
        }
        return times;
    }
}
