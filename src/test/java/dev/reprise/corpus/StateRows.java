package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.event.HistoryEvent;
import java.util.ArrayList;
import java.util.List;

/** Compares the states that were entered and left, with their inputs, outputs and assigned variables. */
final class StateRows {

    private StateRows() {}

    static void check(CorpusCase testCase, List<HistoryEvent> history, Verdict verdict) {
        boolean ordered = !testCase.json().has("expected_states_unordered");
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        List<JsonNode> inner = new ArrayList<>();
        for (HistoryEvent event : history) {
            String type = event.type().name();
            if (type.endsWith("StateEntered") || type.endsWith("StateExited")) {
                if (ordered || event.scope().parent() == null) {
                    rows.add(row(event));
                } else {
                    inner.add(row(event));
                }
            }
        }
        verdict.check("states", testCase.at("expected_states"), rows);
        if (!ordered) {
            checkUnordered(testCase.at("expected_states_unordered"), inner, verdict);
        }
    }

    private static JsonNode row(HistoryEvent event) {
        ObjectNode row =
                JsonNodeFactory.instance.objectNode().put("type", event.type().name());
        JsonNode details = event.details();
        row.set("name", details.path("name"));
        boolean entered = row.path("type").asText().endsWith("Entered");
        String data = entered ? "input" : "output";
        if (details.has(data)) {
            row.set(data, details.path(data));
        }
        if (details.path("assignedVariables").size() > 0) {
            row.set("assigned", details.path("assignedVariables"));
        }
        return row;
    }

    private static void checkUnordered(JsonNode expected, List<JsonNode> actual, Verdict verdict) {
        List<JsonNode> left = new ArrayList<>(actual);
        for (JsonNode row : expected) {
            JsonNode found = left.stream()
                    .filter(candidate -> Match.matches(row, candidate))
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                verdict.wrong("states inside branches and iterations: " + row + " is missing among " + left);
            } else {
                left.remove(found);
            }
        }
        if (!left.isEmpty()) {
            verdict.wrong("states inside branches and iterations: none of these was expected: " + left);
        }
    }
}
