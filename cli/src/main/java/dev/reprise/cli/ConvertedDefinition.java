package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A definition in JSONata, state by state. A state of which something is not certain stays as it is, in JSONPath; when
 * there is none of these, the whole machine is of JSONata.
 */
final class ConvertedDefinition {

    private static final String LANGUAGE = "QueryLanguage";
    private static final String JSONATA = "JSONata";

    private final List<String> left = new ArrayList<>();
    private int converted;

    /** What was left as it is, a line each with its pointer. */
    List<String> left() {
        return left;
    }

    /** How many states were converted. */
    int converted() {
        return converted;
    }

    ObjectNode of(ObjectNode machine) {
        if (machine.path(LANGUAGE).asText().equals(JSONATA)) {
            return machine;
        }
        ObjectNode copy = machine.deepCopy();
        body(copy, "");
        JsonNode labels = copy.path("Reprise").path("Labels");
        if (!labels.isMissingNode() && left.isEmpty()) {
            labels(copy, labels);
        }
        if (!left.isEmpty()) {
            return copy;
        }
        dropLanguages(copy);
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        if (copy.has("Comment")) {
            whole.set("Comment", copy.get("Comment"));
        }
        whole.put(LANGUAGE, JSONATA);
        copy.properties().forEach(field -> {
            if (!whole.has(field.getKey())) {
                whole.set(field.getKey(), field.getValue());
            }
        });
        return whole;
    }

    private void labels(ObjectNode machine, JsonNode labels) {
        try {
            ((ObjectNode) machine.path("Reprise"))
                    .set("Labels", JsonataText.template(labels, "$states.input").template());
        } catch (UncertainException e) {
            left.add("/Reprise/Labels" + e.pointer() + ": " + e.getMessage());
        }
    }

    private void body(JsonNode body, String pointer) {
        if (!(body.path("States") instanceof ObjectNode states)) {
            return;
        }
        List<Map.Entry<String, JsonNode>> all = new ArrayList<>(states.properties());
        for (Map.Entry<String, JsonNode> each : all) {
            if (each.getValue() instanceof ObjectNode state) {
                String at =
                        pointer + "/States/" + each.getKey().replace("~", "~0").replace("/", "~1");
                inner(state, at);
                if (!state.path(LANGUAGE).asText().equals(JSONATA)) {
                    states.set(each.getKey(), state(state, at));
                }
            }
        }
    }

    private void inner(ObjectNode state, String pointer) {
        body(state.path("ItemProcessor"), pointer + "/ItemProcessor");
        body(state.path("Iterator"), pointer + "/Iterator");
        if (state.get("Branches") instanceof ArrayNode branches) {
            for (int i = 0; i < branches.size(); i++) {
                body(branches.get(i), pointer + "/Branches/" + i);
            }
        }
    }

    private ObjectNode state(ObjectNode state, String pointer) {
        try {
            ObjectNode inJsonata = ConvertedState.of(state);
            converted++;
            ObjectNode named = JsonNodeFactory.instance.objectNode();
            named.set("Type", inJsonata.get("Type"));
            named.put(LANGUAGE, JSONATA);
            inJsonata.properties().forEach(field -> {
                if (!named.has(field.getKey())) {
                    named.set(field.getKey(), field.getValue());
                }
            });
            return named;
        } catch (UncertainException e) {
            left.add(pointer + e.pointer() + ": " + e.getMessage());
            return state;
        }
    }

    /** A machine's language is that of all its states. */
    private static void dropLanguages(JsonNode body) {
        body.path("States").forEach(state -> {
            if (state instanceof ObjectNode object) {
                object.remove(LANGUAGE);
            }
            dropLanguages(state.path("ItemProcessor"));
            dropLanguages(state.path("Iterator"));
            state.path("Branches").forEach(ConvertedDefinition::dropLanguages);
        });
    }
}
