package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows the transitions of one body: each has a target, each state is one, and some state ends.
 *
 * @see <a href="https://states-language.net/#transition">ASL, Transitions</a>
 */
final class Links {

    static final String MISSING_TARGET = "MISSING_TRANSITION_TARGET";

    private static final Set<String> TERMINAL_TYPES = Set.of("Succeed", "Fail");

    private record Link(String target, Place place) {}

    private final ObjectNode states;
    private final JsonNode startAt;
    private final Place place;
    private final Problems problems;

    Links(ObjectNode states, JsonNode startAt, Place place, Problems problems) {
        this.states = states;
        this.startAt = startAt;
        this.place = place;
        this.problems = problems;
    }

    void check() {
        Map<String, List<Link>> links = new LinkedHashMap<>();
        Set<String> targets = new HashSet<>();
        Set<String> names = new HashSet<>();
        states.fieldNames().forEachRemaining(names::add);
        if (startAt.isTextual()) {
            checkTarget(new Link(startAt.textValue(), place.member("StartAt")), names);
            targets.add(startAt.textValue());
        }
        for (Map.Entry<String, JsonNode> state : states.properties()) {
            Place at = place.member("States").member(state.getKey());
            List<Link> leaving = leaving(state.getValue(), at);
            links.put(state.getKey(), leaving);
            for (Link link : leaving) {
                checkTarget(link, names);
                if (!link.target().equals(state.getKey())) {
                    targets.add(link.target());
                }
            }
        }
        if (!states.isEmpty() && !hasTerminalState()) {
            String message = "Workflow has no terminal state";
            problems.error(
                    "MISSING_END_STATE",
                    place.member("States"),
                    message,
                    "give one state \"End\": true",
                    new Wording(message, null));
        } else if (startAt.isTextual()) {
            checkReachable(links, targets);
        }
    }

    private static List<Link> leaving(JsonNode state, Place at) {
        List<Link> links = new ArrayList<>();
        addLink(links, state, "Next", at);
        JsonNode choices = state.path("Choices");
        for (int i = 0; i < choices.size(); i++) {
            addLink(links, choices.path(i), "Next", at.member("Choices").element(i));
        }
        addLink(links, state, "Default", at);
        JsonNode catchers = state.path("Catch");
        for (int i = 0; i < catchers.size(); i++) {
            addLink(links, catchers.path(i), "Next", at.member("Catch").element(i));
        }
        return links;
    }

    private static void addLink(List<Link> links, JsonNode object, String field, Place at) {
        JsonNode target = object.path(field);
        if (target.isTextual()) {
            links.add(new Link(target.textValue(), at.member(field)));
        }
    }

    private void checkTarget(Link link, Set<String> names) {
        if (!names.contains(link.target())) {
            problems.error(
                    MISSING_TARGET,
                    link.place(),
                    "no state named '" + link.target() + "'",
                    problems.nearest(link.target(), () -> names),
                    new Wording("Missing 'Next' target: " + link.target(), link.place()));
        }
    }

    private boolean hasTerminalState() {
        for (JsonNode state : states) {
            if (state.path("End").asBoolean()
                    || TERMINAL_TYPES.contains(state.path("Type").asText())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Step Functions refuses a state that no transition names; a ring of states that only name each other it accepts,
     * and so it is no more than doubtful here.
     */
    private void checkReachable(Map<String, List<Link>> links, Set<String> targets) {
        Set<String> reached = reachedFromStart(links);
        for (String name : links.keySet()) {
            Place at = place.member("States").member(name);
            if (!targets.contains(name)) {
                problems.error(
                        MISSING_TARGET,
                        at,
                        "State \"" + name + "\" is not reachable.",
                        "lead to it from another state, or remove it");
            } else if (!reached.contains(name) && states.has(startAt.textValue())) {
                problems.warning("UNREACHABLE_STATE", at, "no way leads here from StartAt", "remove it");
            }
        }
    }

    private Set<String> reachedFromStart(Map<String, List<Link>> links) {
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        open.add(startAt.textValue());
        while (!open.isEmpty()) {
            String name = open.remove();
            if (reached.add(name)) {
                links.getOrDefault(name, List.of()).forEach(link -> open.add(link.target()));
            }
        }
        return reached;
    }
}
