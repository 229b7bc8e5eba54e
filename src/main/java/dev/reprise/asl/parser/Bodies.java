package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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

    /**
     * Checks what no single field shows: that names are unique in the whole document, and that each body's transitions
     * lead somewhere.
     */
    void check(Problems problems) {
        checkNames(problems);
        for (Found body : found) {
            new Links(body.states(), body.startAt(), body.place(), problems).check();
        }
    }

    /** The same, but for the transitions of the outermost body, whose other states are not there. */
    void checkInner(Problems problems) {
        checkNames(problems);
        for (Found body : found.subList(1, found.size())) {
            new Links(body.states(), body.startAt(), body.place(), problems).check();
        }
    }

    private void checkNames(Problems problems) {
        Set<String> names = new HashSet<>();
        Set<String> labels = new HashSet<>();
        for (Found body : found) {
            Place states = body.place().member("States");
            for (Map.Entry<String, JsonNode> state : body.states().properties()) {
                Place at = states.member(state.getKey());
                JsonNode label = state.getValue().path("Label");
                if (!names.add(state.getKey())) {
                    reportDuplicate("State", state.getKey(), at, problems);
                }
                if (label.isTextual() && !labels.add(label.textValue())) {
                    reportDuplicate("Label", label.textValue(), at.member("Label"), problems);
                }
            }
        }
    }

    private static void reportDuplicate(String what, String name, Place place, Problems problems) {
        problems.error(
                "DUPLICATE_" + what.toUpperCase(Locale.ROOT) + "_NAME",
                place,
                "Duplicate " + what + " name: " + name,
                "rename one of the two: it must be unique in the whole machine");
    }
}
