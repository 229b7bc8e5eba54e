package dev.reprise.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * State machines of all state types in both query languages. Most are sound as a whole; some have a field of a wrong
 * type here or there.
 */
final class RandomDefinition {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEEPEST = 3;

    private final Dice dice;
    private final RandomJson json;
    private final RandomStates states;
    private int names;

    RandomDefinition(Dice dice) {
        this.dice = dice;
        this.json = new RandomJson(dice);
        this.states = new RandomStates(dice, json, new RandomExpressions(dice, json), this::body);
    }

    ObjectNode machine() {
        boolean jsonata = dice.percent(50);
        ObjectNode machine = body(0, jsonata);
        if (jsonata || dice.percent(5)) {
            machine.put("QueryLanguage", jsonata ? "JSONata" : "JSONPath");
        }
        if (dice.percent(10)) {
            machine.put("TimeoutSeconds", dice.oneOf(1, 5, 1_000));
        }
        if (dice.percent(20)) {
            spoil(machine);
        }
        return machine;
    }

    /** A body whose states lead from one to the next; now and then back, or past some. */
    private ObjectNode body(int depth, boolean jsonata) {
        List<String> own = new ArrayList<>();
        for (int i = dice.between(1, depth == 0 ? 4 : 2); i > 0; i--) {
            own.add("S" + ++names);
        }
        ObjectNode body = JSON.objectNode().put("StartAt", own.get(0));
        ObjectNode all = body.putObject("States");
        for (int i = 0; i < own.size(); i++) {
            String following = i + 1 < own.size() ? own.get(i + 1) : null;
            String other = dice.percent(7) ? own.get(dice.below(i + 1)) : own.get(own.size() - 1);
            // Some states have a query language of their own, where the machine's is JSONPath.
            boolean queriesItself = !jsonata && dice.percent(5);
            ObjectNode state = states.state(new RandomStates.Place(depth, jsonata || queriesItself, following, other));
            if (queriesItself) {
                state.put("QueryLanguage", "JSONata");
            }
            all.set(own.get(i), state);
        }
        return body;
    }

    static boolean mayNest(int depth) {
        return depth < DEEPEST;
    }

    /** Puts any value, or none, in the place of some field. */
    private void spoil(ObjectNode machine) {
        List<ObjectNode> objects = new ArrayList<>();
        collect(machine, objects);
        for (int i = dice.between(1, 2); i > 0; i--) {
            ObjectNode object = objects.get(dice.below(objects.size()));
            List<String> fields = new ArrayList<>();
            object.fieldNames().forEachRemaining(fields::add);
            if (!fields.isEmpty()) {
                String field = fields.get(dice.below(fields.size()));
                if (dice.percent(20)) {
                    object.remove(field);
                } else {
                    object.set(field, json.any());
                }
            }
        }
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
            object.forEach(value -> collect(value, objects));
        } else if (node instanceof ArrayNode array) {
            array.forEach(value -> collect(value, objects));
        }
    }
}
