package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.reprise.query.jsonata.base.JsonataException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects: of each item's pairs, where the items that give a name are collected before its value is evaluated.
 */
final class Groups {

    private Groups() {}

    /** The items that gave one name, and the pair that they gave it by. */
    private static final class Members {
        final int pair;
        final List<Tuple> items = new ArrayList<>();

        Members(int pair) {
            this.pair = pair;
        }
    }

    static JsonNode evaluate(Node.Group group, @Nullable JsonNode input, Frame frame, Evaluation evaluation) {
        boolean tuples = input instanceof TupleStream;
        Map<String, Members> groups = new LinkedHashMap<>();
        for (Tuple item : items(input)) {
            Frame env = tuples ? item.frame(frame, evaluation) : frame;
            for (int i = 0; i < group.pairs().size(); i++) {
                JsonNode name = Evaluator.evaluate(group.pairs().get(i).name(), item.value(), env, evaluation);
                if (name == null) {
                    continue;
                }
                if (!name.isTextual()) {
                    throw JsonataException.of("T1003").value(name);
                }
                evaluation.burnText(name.textValue().length());
                int pair = i;
                Members members = groups.computeIfAbsent(name.textValue(), text -> new Members(pair));
                if (members.pair != i) {
                    throw JsonataException.of("D1009").value(name);
                }
                members.items.add(item);
                evaluation.burn(1);
            }
        }
        JsonataObject object = new JsonataObject();
        for (Map.Entry<String, Members> entry : groups.entrySet()) {
            List<Tuple> items = entry.getValue().items;
            Frame env = tuples ? merged(items, frame, evaluation) : frame;
            JsonNode context = collected(values(items), evaluation);
            JsonNode value =
                    Evaluator.evaluate(group.pairs().get(entry.getValue().pair).value(), context, env, evaluation);
            if (value != null) {
                object.members().put(entry.getKey(), value);
            }
        }
        return object;
    }

    private static List<Tuple> items(@Nullable JsonNode input) {
        List<Tuple> items = new ArrayList<>();
        if (input instanceof TupleStream stream) {
            items.addAll(stream.tuples());
        } else if (input instanceof ArrayNode array) {
            for (JsonNode element : array) {
                items.add(new Tuple(element, null));
            }
        } else {
            items.add(new Tuple(input, null));
        }
        if (items.isEmpty()) {
            // An object can be written where there is nothing.
            items.add(new Tuple(null, null));
        }
        return items;
    }

    private static List<@Nullable JsonNode> values(List<Tuple> items) {
        List<@Nullable JsonNode> values = new ArrayList<>(items.size());
        for (Tuple item : items) {
            values.add(item.value());
        }
        return values;
    }

    /** One value as it is; several as an array, into which arrays among them are spread. */
    private static @Nullable JsonNode collected(List<@Nullable JsonNode> values, Evaluation evaluation) {
        JsonNode all = null;
        JsonataArray collected = null;
        for (JsonNode value : values) {
            if (value == null) {
                continue;
            }
            if (all == null) {
                all = value;
                continue;
            }
            if (collected == null) {
                collected = JsonataArray.array();
                spread(collected, all, evaluation);
                all = collected;
            }
            spread(collected, value, evaluation);
        }
        return all;
    }

    private static void spread(JsonataArray to, JsonNode value, Evaluation evaluation) {
        if (value instanceof ArrayNode array) {
            Evaluator.addAll(to, array, evaluation);
        } else {
            to.items().add(value);
            evaluation.added(to.items().size());
        }
    }

    /** A frame in which each variable has the values that it has in all of the tuples. */
    @SuppressWarnings("ReferenceEquality") // The very binding that the frame shows, not one of equal value.
    private static Frame merged(List<Tuple> tuples, Frame frame, Evaluation evaluation) {
        if (tuples.size() == 1) {
            return tuples.get(0).frame(frame, evaluation);
        }
        Map<String, List<@Nullable JsonNode>> values = new LinkedHashMap<>();
        for (Tuple tuple : tuples) {
            Frame one = tuple.frame(frame, evaluation);
            for (Tuple.Bound at = tuple.bound(); at != null; at = at.before()) {
                int index = one.find(at.name());
                if (one.value(index) == at.value()) {
                    List<@Nullable JsonNode> all = values.computeIfAbsent(at.name(), name -> new ArrayList<>());
                    all.add(at.value());
                }
            }
        }
        Frame merged = new Frame(frame, values.size());
        for (Map.Entry<String, List<@Nullable JsonNode>> entry : values.entrySet()) {
            merged.bind(entry.getKey(), collected(entry.getValue(), evaluation));
        }
        return merged;
    }
}
