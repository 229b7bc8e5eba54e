package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what a branch or a processor sets although it is set on a way to the state that they are in: the inner value
 * would be lost with the inner body. What is set after that state, by its own {@code Assign} or catcher too, or beside
 * it, may have the same name. A distributed Map is no exception, though its items see nothing from outside.
 */
final class RepeatedVariables {

    /** A transition, and the variables that are set on it. */
    private record Way(String to, Set<String> sets) {}

    private final Problems problems;

    RepeatedVariables(Problems problems) {
        this.problems = problems;
    }

    void check(JsonNode body, Place place) {
        check(body, place, Set.of());
    }

    /** @param before what is set before the body begins */
    private void check(JsonNode body, Place place, Set<String> before) {
        if (!(body.get("States") instanceof ObjectNode states)) {
            return;
        }
        Map<String, Set<String>> set = setBefore(states);
        for (Map.Entry<String, JsonNode> state : states.properties()) {
            Place at = place.member("States").member(state.getKey());
            report(state.getValue(), at, before);
            for (String list : List.of("Choices", "Catch")) {
                JsonNode entries = state.getValue().path(list);
                for (int i = 0; i < entries.size(); i++) {
                    report(entries.path(i), at.member(list).element(i), before);
                }
            }
            Set<String> inside = new HashSet<>(before);
            inside.addAll(set.getOrDefault(state.getKey(), Set.of()));
            JsonNode branches = state.getValue().path("Branches");
            for (int i = 0; i < branches.size(); i++) {
                check(branches.path(i), at.member("Branches").element(i), inside);
            }
            for (String processor : List.of("ItemProcessor", "Iterator")) {
                check(state.getValue().path(processor), at.member(processor), inside);
            }
        }
    }

    private void report(JsonNode object, Place at, Set<String> before) {
        object.path("Assign").fieldNames().forEachRemaining(field -> {
            String name = PayloadTemplates.plainName(field);
            if (before.contains(name)) {
                problems.error(
                        "DUPLICATE_VARIABLE_NAME",
                        at.member("Assign").member(field),
                        "Duplicate Variable name: " + name,
                        "choose another name; what a Map or Parallel is to set, its own Assign can take from its"
                                + " result");
            }
        });
    }

    /** For each state with bodies inside, the variables of those bodies that may be set when it is entered. */
    private static Map<String, Set<String>> setBefore(ObjectNode states) {
        Set<String> names = new HashSet<>();
        Set<String> holders = new HashSet<>();
        for (Map.Entry<String, JsonNode> state : states.properties()) {
            List<JsonNode> bodies = bodies(state.getValue());
            if (!bodies.isEmpty()) {
                holders.add(state.getKey());
                bodies.forEach(body -> addNames(body, names));
            }
        }
        if (names.isEmpty()) {
            return Map.of();
        }
        Map<String, List<Way>> leaving = new HashMap<>();
        Map<String, List<String>> targets = new HashMap<>();
        for (Map.Entry<String, JsonNode> state : states.properties()) {
            List<Way> ways = ways(state.getValue());
            leaving.put(state.getKey(), ways);
            for (Way way : ways) {
                for (String name : way.sets()) {
                    if (names.contains(name)) {
                        targets.computeIfAbsent(name, ignored -> new ArrayList<>())
                                .add(way.to());
                    }
                }
            }
        }
        Map<String, Set<String>> set = new HashMap<>();
        targets.forEach((name, first) -> {
            for (String state : reached(first, leaving)) {
                if (holders.contains(state)) {
                    set.computeIfAbsent(state, ignored -> new HashSet<>()).add(name);
                }
            }
        });
        return set;
    }

    private static Set<String> reached(List<String> first, Map<String, List<Way>> leaving) {
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(first);
        while (!open.isEmpty()) {
            String state = open.remove();
            if (reached.add(state)) {
                leaving.getOrDefault(state, List.of()).forEach(way -> open.add(way.to()));
            }
        }
        return reached;
    }

    private static List<Way> ways(JsonNode state) {
        List<Way> ways = new ArrayList<>();
        for (String field : List.of("Next", "Default")) {
            addWay(ways, state.path(field), state);
        }
        for (String list : List.of("Choices", "Catch")) {
            for (JsonNode entry : state.path(list)) {
                addWay(ways, entry.path("Next"), entry);
            }
        }
        return ways;
    }

    private static void addWay(List<Way> ways, JsonNode target, JsonNode setter) {
        if (target.isTextual()) {
            Set<String> sets = new HashSet<>();
            setter.path("Assign").fieldNames().forEachRemaining(field -> sets.add(PayloadTemplates.plainName(field)));
            ways.add(new Way(target.textValue(), sets));
        }
    }

    private static List<JsonNode> bodies(JsonNode state) {
        List<JsonNode> bodies = new ArrayList<>();
        state.path("Branches").forEach(bodies::add);
        for (String processor : List.of("ItemProcessor", "Iterator")) {
            if (state.has(processor)) {
                bodies.add(state.path(processor));
            }
        }
        return bodies;
    }

    /** Adds what the states of a body set, and those inside. */
    private static void addNames(JsonNode body, Set<String> names) {
        for (JsonNode state : body.path("States")) {
            state.findValues("Assign")
                    .forEach(assign -> assign.fieldNames()
                            .forEachRemaining(field -> names.add(PayloadTemplates.plainName(field))));
        }
    }
}
