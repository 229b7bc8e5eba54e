package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.query.Fuel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way of a path through a value, depth first. What is still to be visited stands on a stack of its own, so that no
 * nesting of the value and no length of the path is too deep; every step burns fuel, and every element that is found.
 */
final class Walk {

    /**
     * The most that the stack holds, which bounds its memory; a path of a hundred {@code ..} in a value of a hundred
     * levels needs a tenth.
     */
    private static final int DEEPEST = 100_000;

    private static final NoResult TOO_DEEP =
            NoResult.wrong(fuel -> "The path leads more than " + DEEPEST + " levels deep");

    private final List<PathStep> steps;
    private final boolean[] required;
    private final JsonNode root;
    private final Fuel fuel;
    private final boolean located;
    private final ArrayNode found = JsonNodeFactory.instance.arrayNode();
    private final Deque<Branch> open = new ArrayDeque<>();
    private @Nullable NoResult nothing;

    /**
     * @param required for each step, whether a member must be there
     * @param located whether to keep note of places, for the text of an error
     */
    Walk(List<PathStep> steps, boolean[] required, JsonNode root, Fuel fuel, boolean located) {
        this.steps = steps;
        this.required = required;
        this.root = root;
        this.fuel = fuel;
        this.located = located;
    }

    /** Null when the path came through, else what stopped it. */
    @Nullable
    NoResult follow() {
        enter(0, root, Location.ROOT);
        while (!open.isEmpty()) {
            Branch branch = open.element();
            if (!branch.hasMore()) {
                open.pop();
            } else {
                branch.advance(this);
            }
        }
        return nothing;
    }

    /** What was found on the way. */
    ArrayNode found() {
        return found;
    }

    /** Follows the steps from {@code index} on, up to the first one that leads to several places. */
    private void enter(int index, JsonNode start, Location place) {
        JsonNode node = start;
        Location at = place;
        for (int i = index; i < steps.size(); i++) {
            fuel.burn(1);
            JsonNode here = node;
            switch (steps.get(i)) {
                case PathStep.Definite step -> {
                    JsonNode next = step.from(here);
                    if (next == null) {
                        stop(i, here, at);
                        return;
                    }
                    at = at(step, here, at);
                    node = next;
                }
                case PathStep.Filtered(Filter filter)
                when here.isObject() -> {
                    if (!accepts(filter, here)) {
                        return;
                    }
                }
                case PathStep step -> {
                    branch(step, i, here, at);
                    return;
                }
            }
        }
        fuel.burn(Work.ELEMENT);
        found.add(node);
    }

    /** The place where {@code step} leads from {@code node}. */
    private Location at(PathStep.Definite step, JsonNode node, Location at) {
        if (!located) {
            return at;
        }
        return switch (step) {
            case PathStep.Member(String name) -> at.member(name);
            case PathStep.Members members -> at;
            case PathStep.Element(int element) -> at.element(element);
            case PathStep.FromEnd(int offset) -> at.element(node.size() + offset);
        };
    }

    private Location element(Location at, int index) {
        return located ? at.element(index) : at;
    }

    private Location member(Location at, String name) {
        return located ? at.member(name) : at;
    }

    private void branch(PathStep step, int index, JsonNode node, Location at) {
        int next = index + 1;
        switch (step) {
            case PathStep.Wildcard wildcard -> {
                if (node.isObject()) {
                    push(new Members(node, at, next));
                } else if (node.isArray()) {
                    push(new Elements(node, at, next, 0, node.size(), true));
                }
            }
            case PathStep.Descent descent -> descend(node, at, next);
            case PathStep.Slice slice
            when node.isArray() ->
                push(new Elements(node, at, next, slice.first(node.size()), slice.end(node.size()), false));
            case PathStep.Elements(List<Integer> indexes)
            when node.isArray() -> push(new Listed(node, at, next, indexes.iterator()));
            case PathStep.Filtered(Filter filter) when node.isArray() -> push(new Chosen(node, at, next, filter));
            case PathStep other -> fail(NoResult.of(steps, index, node, at));
        }
    }

    private void descend(JsonNode node, Location at, int next) {
        if (node.isContainerNode()) {
            push(new Descending(node, at, next));
        }
    }

    private void push(Branch branch) {
        if (open.size() >= DEEPEST) {
            fail(TOO_DEEP);
        } else {
            open.push(branch);
        }
    }

    private void stop(int index, JsonNode node, Location at) {
        if (required[index] || !(steps.get(index) instanceof PathStep.Member) || !node.isObject()) {
            fail(NoResult.of(steps, index, node, at));
        }
    }

    /** Goes back to the next branch that forgives, or gives up the path. */
    private void fail(NoResult problem) {
        while (!open.isEmpty()) {
            if (!problem.wrong() && open.element() instanceof Elements elements && elements.forgiving) {
                return;
            }
            open.pop();
        }
        nothing = problem;
    }

    /** Whether the filter holds; a filter that does not fit the value at all ends the path. */
    private boolean accepts(Filter filter, JsonNode node) {
        return switch (filter.test(node, root, fuel)) {
            case Filter.Verdict.Holds holds -> true;
            case Filter.Verdict.HoldsNot holdsNot -> false;
            case Filter.Verdict.Impossible(NoResult problem) -> {
                fail(problem);
                yield false;
            }
        };
    }

    /** Places to go to from one value, one after the other. */
    private sealed interface Branch {

        boolean hasMore();

        /** Goes to the next place. */
        void advance(Walk walk);
    }

    /** Elements of an array from one index to another. */
    private static final class Elements implements Branch {
        private final JsonNode array;
        private final Location at;
        private final int next;
        private int index;
        private final int end;
        private final boolean forgiving;

        /** @param forgiving whether an element from which the path leads nowhere is passed over */
        Elements(JsonNode array, Location at, int next, int from, int end, boolean forgiving) {
            this.array = array;
            this.at = at;
            this.next = next;
            this.index = from;
            this.end = end;
            this.forgiving = forgiving;
        }

        @Override
        public boolean hasMore() {
            return index < end;
        }

        @Override
        public void advance(Walk walk) {
            walk.toElement(array, at, index++, next);
        }
    }

    private void toElement(JsonNode array, Location at, int index, int next) {
        JsonNode element = array.get(index);
        if (element == null) {
            fail(NoResult.outOfBounds(at.element(index)));
        } else {
            enter(next, element, element(at, index));
        }
    }

    /** Elements of an array by their indexes. */
    private record Listed(JsonNode array, Location at, int next, Iterator<Integer> indexes) implements Branch {

        @Override
        public boolean hasMore() {
            return indexes.hasNext();
        }

        @Override
        public void advance(Walk walk) {
            walk.toElement(array, at, indexes.next(), next);
        }
    }

    /** Elements of an array for which a filter holds. */
    private static final class Chosen implements Branch {
        private final JsonNode array;
        private final Location at;
        private final int next;
        private final Filter filter;
        private int index;

        Chosen(JsonNode array, Location at, int next, Filter filter) {
            this.array = array;
            this.at = at;
            this.next = next;
            this.filter = filter;
        }

        @Override
        public boolean hasMore() {
            return index < array.size();
        }

        @Override
        public void advance(Walk walk) {
            int chosen = index++;
            if (walk.accepts(filter, array.path(chosen))) {
                walk.toElement(array, at, chosen, next);
            }
        }
    }

    /** The members of an object. */
    private static final class Members implements Branch {
        private final Iterator<Map.Entry<String, JsonNode>> rest;
        private final Location at;
        private final int next;

        Members(JsonNode object, Location at, int next) {
            this.rest = object.properties().iterator();
            this.at = at;
            this.next = next;
        }

        @Override
        public boolean hasMore() {
            return rest.hasNext();
        }

        @Override
        public void advance(Walk walk) {
            Map.Entry<String, JsonNode> member = rest.next();
            walk.enter(next, member.getValue(), walk.member(at, member.getKey()));
        }
    }

    /** An object or array itself, where the step after the {@code ..} fits it, and then everything below. */
    private static final class Descending implements Branch {
        private final JsonNode node;
        private final Location at;
        private final int target;
        private final Iterator<Map.Entry<String, JsonNode>> members;
        private boolean matched;
        private int index;

        Descending(JsonNode node, Location at, int target) {
            this.node = node;
            this.at = at;
            this.target = target;
            this.members = node.properties().iterator();
        }

        @Override
        public boolean hasMore() {
            return !matched || (node.isArray() ? index < node.size() : members.hasNext());
        }

        @Override
        public void advance(Walk walk) {
            walk.fuel.burn(1);
            if (!matched) {
                matched = true;
                walk.match(target, node, at);
            } else if (node.isArray()) {
                int element = index++;
                walk.descend(node.path(element), walk.element(at, element), target);
            } else {
                Map.Entry<String, JsonNode> member = members.next();
                walk.descend(member.getValue(), walk.member(at, member.getKey()), target);
            }
        }
    }

    /**
     * The step after a {@code ..} at one of the values below. As in json-path 2.0.0, an array that it fits is looked at
     * by that step only where it is the last one; else the steps behind it go on from every element.
     */
    private void match(int target, JsonNode node, Location at) {
        boolean fits = switch (steps.get(target)) {
            case PathStep.Member(String name) -> node.has(name);
            case PathStep.Members(List<String> names, boolean last) -> {
                fuel.burn(names.size());
                yield node.isObject() && names.stream().allMatch(node::has);
            }
            case PathStep.Element step -> node.isArray();
            case PathStep.FromEnd step -> node.isArray();
            case PathStep.Elements step -> node.isArray();
            case PathStep.Slice step -> node.isArray();
            case PathStep.Wildcard step -> true;
            case PathStep.Filtered(Filter filter) -> accepts(filter, node);
            case PathStep.Descent step -> false;
        };
        if (!fits) {
            return;
        }
        if (node.isArray() && target < steps.size() - 1) {
            push(new Elements(node, at, target + 1, 0, node.size(), false));
        } else if (node.isObject() && steps.get(target) instanceof PathStep.Filtered) {
            enter(target + 1, node, at);
        } else {
            enter(target, node, at);
        }
    }
}
