package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.Fuel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The common kind of path, which names one place, so that its value is not wrapped in an array. */
final class DefiniteSelector implements PathSelector {

    private final List<PathStep.Definite> steps;
    private final PathStep.Definite[] inOrder;
    private final int cost;

    DefiniteSelector(List<PathStep.Definite> steps) {
        this.steps = List.copyOf(steps);
        this.inOrder = steps.toArray(PathStep.Definite[]::new);
        this.cost = 1
                + steps.stream()
                        .mapToInt(step -> step instanceof PathStep.Members members
                                ? members.names().size()
                                : 1)
                        .sum();
    }

    @Override
    public @Nullable JsonNode select(JsonNode from, Fuel fuel) {
        fuel.burn(cost);
        JsonNode node = from;
        for (PathStep.Definite step : inOrder) {
            node = step.from(node);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    @Override
    public String whyNothing(JsonNode from, Fuel fuel) {
        return nothing(from, fuel).text().apply(fuel);
    }

    @Override
    public boolean leavesArray(JsonNode from, Fuel fuel) {
        fuel.burn(cost);
        JsonNode node = from;
        for (int i = 0; i < inOrder.length; i++) {
            JsonNode next = inOrder[i].from(node);
            if (next == null) {
                boolean element = inOrder[i] instanceof PathStep.Element || inOrder[i] instanceof PathStep.FromEnd;
                return element && node.isArray() && i == inOrder.length - 1;
            }
            node = next;
        }
        return false;
    }

    @Override
    public PathStep untaken(JsonNode from, Fuel fuel) {
        fuel.burn(cost);
        JsonNode node = from;
        for (PathStep.Definite step : inOrder) {
            JsonNode next = step.from(node);
            if (next == null) {
                return step;
            }
            node = next;
        }
        throw new IllegalStateException("The path " + PathStep.text(steps, 0) + " selects something");
    }

    /** What stops the path, when {@link #select} has given null. */
    NoResult nothing(JsonNode from, Fuel fuel) {
        fuel.burn(cost);
        JsonNode node = from;
        Location at = Location.ROOT;
        for (int i = 0; i < inOrder.length; i++) {
            JsonNode next = inOrder[i].from(node);
            if (next == null) {
                return NoResult.of(steps, i, node, at);
            }
            at = switch (inOrder[i]) {
                case PathStep.Member(String name) -> at.member(name);
                case PathStep.Members members -> at;
                case PathStep.Element(int index) -> at.element(index);
                case PathStep.FromEnd(int offset) -> at.element(node.size() + offset);
            };
            node = next;
        }
        throw new IllegalStateException("The path " + PathStep.text(steps, 0) + " selects something");
    }

    /** The names that the last step collects; none when it is of another kind. */
    List<String> lastMembers() {
        return !steps.isEmpty() && steps.getLast() instanceof PathStep.Members members ? members.names() : List.of();
    }

    /** Two paths of the same steps lead to the same place. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DefiniteSelector selector && steps.equals(selector.steps);
    }

    @Override
    public int hashCode() {
        return steps.hashCode();
    }
}
