package dev.reprise.graph;

import dev.reprise.asl.Body;
import dev.reprise.asl.Catcher;
import dev.reprise.asl.ChoiceRule;
import dev.reprise.asl.Condition;
import dev.reprise.asl.State;
import dev.reprise.asl.Transition;
import dev.reprise.asl.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The states of one body and what leads from one to another.
 *
 * @param startAt the name of the first state
 * @param nodes its states, in the order of the definition
 * @param edges from state to state, in that order
 * @param ends the names of the states at which it ends
 */
public record StateGraph(String startAt, List<Node> nodes, List<Edge> edges, List<String> ends) {

    private static final int LONGEST_LABEL = 40;

    /**
     * A state.
     *
     * @param type as in the definition, such as {@code Task}
     * @param bodies those that a Map or Parallel runs
     */
    public record Node(String name, String type, List<StateGraph> bodies) {
        public Node {
            bodies = List.copyOf(bodies);
        }
    }

    /** What leads from one state to another. */
    public enum Cause {
        /** {@code Next}. */
        NEXT,
        /** A rule of a Choice. */
        CHOICE_RULE,
        /** {@code Default}. */
        CHOICE_DEFAULT,
        /** A catcher. */
        CATCHER
    }

    /**
     * A way from one state to another.
     *
     * @param index of the rule or the catcher, from 0
     * @param label what it takes, in short; empty for {@code Next}
     */
    public record Edge(String from, String to, Cause cause, int index, String label) {}

    public StateGraph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        ends = List.copyOf(ends);
    }

    /** The graph of a body. */
    public static StateGraph of(Body body) {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        for (State state : body.states().values()) {
            nodes.add(node(state));
            switch (state) {
                case State.Pass pass -> add(pass.name(), pass.transition(), edges, ends);
                case State.Wait wait -> add(wait.name(), wait.transition(), edges, ends);
                case State.Guarded guarded -> {
                    add(guarded.name(), guarded.transition(), edges, ends);
                    addCatchers(guarded, edges);
                }
                case State.Choice choice -> addRules(choice, edges);
                case State.Succeed succeed -> ends.add(succeed.name());
                case State.Fail fail -> ends.add(fail.name());
            }
        }
        return new StateGraph(body.startAt(), nodes, edges, ends);
    }

    private static Node node(State state) {
        return switch (state) {
            case State.Pass pass -> new Node(pass.name(), "Pass", List.of());
            case State.Task task -> new Node(task.name(), "Task", List.of());
            case State.Choice choice -> new Node(choice.name(), "Choice", List.of());
            case State.Wait wait -> new Node(wait.name(), "Wait", List.of());
            case State.Succeed succeed -> new Node(succeed.name(), "Succeed", List.of());
            case State.Fail fail -> new Node(fail.name(), "Fail", List.of());
            case State.Parallel parallel ->
                new Node(
                        parallel.name(),
                        "Parallel",
                        parallel.branches().stream().map(StateGraph::of).toList());
            case State.Map map ->
                new Node(map.name(), "Map", List.of(of(map.processor().body())));
        };
    }

    private static void add(String from, Transition transition, List<Edge> edges, List<String> ends) {
        switch (transition) {
            case Transition.Next next -> edges.add(new Edge(from, next.state(), Cause.NEXT, 0, ""));
            case Transition.End end -> ends.add(from);
        }
    }

    private static void addCatchers(State.Guarded state, List<Edge> edges) {
        for (int i = 0; i < state.catchers().size(); i++) {
            Catcher catcher = state.catchers().get(i);
            String label = shortened(String.join(", ", catcher.errorEquals()));
            edges.add(new Edge(state.name(), catcher.next(), Cause.CATCHER, i, label));
        }
    }

    private static void addRules(State.Choice choice, List<Edge> edges) {
        for (int i = 0; i < choice.choices().size(); i++) {
            ChoiceRule rule = choice.choices().get(i);
            edges.add(new Edge(choice.name(), rule.next(), Cause.CHOICE_RULE, i, label(rule.condition(), i)));
        }
        if (choice.defaultState() != null) {
            edges.add(new Edge(choice.name(), choice.defaultState(), Cause.CHOICE_DEFAULT, 0, "Default"));
        }
    }

    /** A JSONata condition tells itself; another is known by its number. */
    private static String label(Condition condition, int index) {
        return condition instanceof Condition.Jsonata jsonata && jsonata.value() instanceof Value.Jsonata value
                ? shortened(value.expression().strip())
                : "rule " + (index + 1);
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_LABEL ? text.substring(0, LONGEST_LABEL - 1) + "…" : text;
    }
}
