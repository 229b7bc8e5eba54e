package dev.reprise.testing.suite;

import dev.reprise.asl.Body;
import dev.reprise.asl.State;
import dev.reprise.asl.StateMachine;
import dev.reprise.core.event.Decision;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.execution.ScopePath;
import dev.reprise.graph.StateGraph;
import dev.reprise.graph.StateGraph.Cause;
import dev.reprise.graph.StateGraph.Edge;
import dev.reprise.graph.StateGraph.Node;
import dev.reprise.testing.Trace;
import dev.reprise.testing.Trace.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which parts of a definition runs have come to: its states, its transitions, the rules of its Choices, its catchers
 * and its retriers. Thread-safe.
 */
public final class Coverage {

    /** What a part is. */
    public enum Kind {
        /** A state that was entered. */
        STATE("states"),
        /** A way from one state to the next that was taken. */
        TRANSITION("transitions"),
        /** A rule of a Choice that held, or its {@code Default}. */
        CHOICE_RULE("choice rules"),
        /** A catcher that took an error. */
        CATCHER("catchers"),
        /** A retrier that tried again. */
        RETRIER("retriers");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** What people call several of them. */
        public String words() {
            return words;
        }
    }

    /**
     * A part of a definition.
     *
     * @param state the state that it belongs to
     * @param cause what the transition follows from; of a rule or a catcher, what it is itself; {@code NEXT} otherwise
     * @param index of the rule, catcher or retrier, from 0
     */
    public record Part(Kind kind, String state, Cause cause, int index) {}

    private final StateGraph graph;
    private final Map<Part, String> descriptions = new LinkedHashMap<>();

    /** Guarded by this. */
    private final Map<Part, Long> hits = new HashMap<>();

    /** Of a definition to which no run has come yet. */
    public Coverage(StateMachine machine) {
        this.graph = StateGraph.of(machine.body());
        collect(machine.body(), graph);
    }

    private void collect(Body body, StateGraph parts) {
        for (State state : body.states().values()) {
            String name = state.name();
            descriptions.put(new Part(Kind.STATE, name, Cause.NEXT, 0), name);
            for (Edge edge : parts.edges()) {
                if (edge.from().equals(name)) {
                    collect(edge);
                }
            }
            if (state instanceof State.Guarded guarded) {
                for (int i = 0; i < guarded.retry().size(); i++) {
                    String errors = String.join(", ", guarded.retry().get(i).errorEquals());
                    descriptions.put(
                            new Part(Kind.RETRIER, name, Cause.NEXT, i), name + " Retry[" + i + "]: " + errors);
                }
            }
        }
        List<Body> inner = new ArrayList<>();
        body.states().values().forEach(state -> {
            switch (state) {
                case State.Map map -> inner.add(map.processor().body());
                case State.Parallel parallel -> inner.addAll(parallel.branches());
                case State.Task task -> {}
                case State.Pass pass -> {}
                case State.Choice choice -> {}
                case State.Wait wait -> {}
                case State.Succeed succeed -> {}
                case State.Fail fail -> {}
            }
        });
        List<StateGraph> graphs =
                parts.nodes().stream().flatMap(node -> node.bodies().stream()).toList();
        for (int i = 0; i < inner.size(); i++) {
            collect(inner.get(i), graphs.get(i));
        }
    }

    private void collect(Edge edge) {
        String way = edge.from() + " → " + edge.to();
        String by = edge.label().isEmpty() ? "" : " (" + edge.label() + ")";
        descriptions.put(new Part(Kind.TRANSITION, edge.from(), edge.cause(), edge.index()), way + by);
        switch (edge.cause()) {
            case NEXT -> {}
            case CHOICE_RULE, CHOICE_DEFAULT ->
                descriptions.put(
                        new Part(Kind.CHOICE_RULE, edge.from(), edge.cause(), edge.index()),
                        edge.from()
                                + (edge.cause() == Cause.CHOICE_DEFAULT
                                        ? " Default"
                                        : " Choices[" + edge.index() + "]: " + edge.label()));
            case CATCHER ->
                descriptions.put(
                        new Part(Kind.CATCHER, edge.from(), edge.cause(), edge.index()),
                        edge.from() + " Catch[" + edge.index() + "]: " + edge.label());
        }
    }

    // ---- what runs do

    /** Adds what a run has done. */
    public synchronized void add(Trace trace) {
        Map<ScopePath, Decision> leading = new HashMap<>();
        for (Step step : trace.steps()) {
            switch (step) {
                case Step.Happened happened -> happened(happened.event(), leading);
                case Step.Decided decided -> decided(decided.decision(), leading);
            }
        }
    }

    private void happened(HistoryEvent event, Map<ScopePath, Decision> leading) {
        String name = event.details().path("name").asText();
        if (event.type().name().endsWith("StateEntered")) {
            leading.remove(event.scope());
            hit(new Part(Kind.STATE, name, Cause.NEXT, 0));
        } else if (event.type().name().endsWith("StateExited")) {
            Decision decision = leading.remove(event.scope());
            hit(
                    decision == null
                            ? new Part(Kind.TRANSITION, name, Cause.NEXT, 0)
                            : new Part(Kind.TRANSITION, name, cause(decision.kind()), decision.index()));
        }
    }

    private void decided(Decision decision, Map<ScopePath, Decision> leading) {
        switch (decision.kind()) {
            case RETRIER -> hit(new Part(Kind.RETRIER, decision.state(), Cause.NEXT, decision.index()));
            case CATCHER -> {
                leading.put(decision.scope(), decision);
                hit(new Part(Kind.CATCHER, decision.state(), Cause.CATCHER, decision.index()));
            }
            case CHOICE_RULE, CHOICE_DEFAULT -> {
                leading.put(decision.scope(), decision);
                hit(new Part(Kind.CHOICE_RULE, decision.state(), cause(decision.kind()), decision.index()));
            }
        }
    }

    private static Cause cause(Decision.Kind kind) {
        return switch (kind) {
            case CHOICE_RULE -> Cause.CHOICE_RULE;
            case CHOICE_DEFAULT -> Cause.CHOICE_DEFAULT;
            case CATCHER -> Cause.CATCHER;
            case RETRIER -> Cause.NEXT;
        };
    }

    /** What is no part of the definition, such as the end of a body, is not counted. */
    private void hit(Part part) {
        if (descriptions.containsKey(part)) {
            hits.merge(part, 1L, Long::sum);
        }
    }

    // ---- what came of it

    /** How often runs came to a part. */
    public synchronized long hits(Part part) {
        return hits.getOrDefault(part, 0L);
    }

    /** All parts, in the order of the definition, and how often runs came to each. */
    public synchronized Map<Part, Long> parts() {
        Map<Part, Long> parts = new LinkedHashMap<>();
        descriptions.keySet().forEach(part -> parts.put(part, hits(part)));
        return parts;
    }

    /** How many parts of a kind there are. */
    public int total(Kind kind) {
        return (int) descriptions.keySet().stream()
                .filter(part -> part.kind() == kind)
                .count();
    }

    /** To how many of them runs came. */
    public int reached(Kind kind) {
        return (int) descriptions.keySet().stream()
                .filter(part -> part.kind() == kind && hits(part) > 0)
                .count();
    }

    /** The parts of a kind to which no run came, in the order of the definition. */
    public List<String> missed(Kind kind) {
        return descriptions.entrySet().stream()
                .filter(part -> part.getKey().kind() == kind && hits(part.getKey()) == 0)
                .map(Map.Entry::getValue)
                .toList();
    }

    /** How many of all parts were reached, in percent: 0 to 100. */
    public double percent() {
        int all = descriptions.size();
        long reached =
                descriptions.keySet().stream().filter(part -> hits(part) > 0).count();
        return all == 0 ? 100 : 100.0 * reached / all;
    }

    StateGraph graph() {
        return graph;
    }

    /** {@code reached} or {@code missed}. */
    String classOf(Node node) {
        return classOf(new Part(Kind.STATE, node.name(), Cause.NEXT, 0));
    }

    /** {@code reached} or {@code missed}. */
    String classOf(Edge edge) {
        return classOf(new Part(Kind.TRANSITION, edge.from(), edge.cause(), edge.index()));
    }

    private String classOf(Part part) {
        return hits(part) > 0 ? "reached" : "missed";
    }
}
