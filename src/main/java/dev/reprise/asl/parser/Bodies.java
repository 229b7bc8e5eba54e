package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The bodies of one document, outermost first: the machine, its Parallels' branches, its Maps' processors. */
final class Bodies {

    private record Found(ObjectNode states, JsonNode startAt, Place place) {}

    private final List<Found> found = new ArrayList<>();

    void add(JsonNode body, Place place) {
        if (body.get("States") instanceof ObjectNode states) {
            found.add(new Found(states, body.path("StartAt"), place));
        }
    }

    /** Checks what no single field shows: that names are unique in the whole document, and that each body's transitions lead somewhere. */
    void check(Problems problems) {
        Set<String> names = new HashSet<>();
        Set<String> labels = new HashSet<>();
        for (Found body : found) {
            Place states = body.place().member("States");
            for (Map.Entry<String, JsonNode> state : body.states().properties()) {
                String name = state.getKey();
                JsonNode label = state.getValue().path("Label");
                if (label.isTextual() && !labels.add(label.textValue())) {
                    Place at = states.member(name).member("Label");
                    problems.error(
                            "DUPLICATE_LABEL_NAME",
                            at,
                            "Duplicate Label name: " + label.textValue(),
                            "rename one of the two");
                }
                if (!names.add(name)) {
                    String message = "Duplicate State name: " + name;
                    problems.error(
                            "DUPLICATE_STATE_NAME",
                            states.member(name),
                            message,
                            "state names are unique in the whole machine");
                }
            }
        }
        for (Found body : found) {
            new Links(body.states(), body.startAt(), body.place(), problems).check();
        }
    }
}
