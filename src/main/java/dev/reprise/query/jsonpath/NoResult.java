package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.Fuel;
import java.util.List;
import java.util.function.Function;

/**
 * Why a path selects nothing, in the words of json-path 2.0.0, as far as it has words that tell a reader something.
 *
 * @param wrong whether a step does not fit the value at all, which ends a filter too; else there merely is nothing at
 *     the place
 * @param text made when it is asked for
 */
record NoResult(boolean wrong, Function<Fuel, String> text) {

    private static NoResult missing(Location at, String before) {
        return new NoResult(false, fuel -> before + at);
    }

    static NoResult wrong(Function<Fuel, String> text) {
        return new NoResult(true, text);
    }

    /** For an index that an array does not have. */
    static NoResult outOfBounds(Location at) {
        return missing(at, "Index out of bounds when evaluating path ");
    }

    /** For a filter on what is neither object nor array. */
    static NoResult primitive(List<? extends PathStep> steps, int index, JsonNode node) {
        return unfit(steps, index, "can not be applied to primitives", node);
    }

    /**
     * For a step that leads nowhere or to several elements, which {@code node} is not the one for.
     *
     * @param steps of the whole path
     * @param index of the step
     * @param at where {@code node} is
     */
    static NoResult of(List<? extends PathStep> steps, int index, JsonNode node, Location at) {
        boolean last = index == steps.size() - 1;
        return switch (steps.get(index)) {
            case PathStep.Member(String name)
            when node.isObject() ->
                missing(at.member(name), last ? "No results for path: " : "Missing property in path ");
            case PathStep.Members members
            when node.isObject() ->
                wrong(fuel -> "Multi properties can only be used as path leafs: " + at + members.text());
            case PathStep.Member member -> notFound(member, at);
            case PathStep.Members members -> notFound(members, at);
            case PathStep.Element(int element) when node.isArray() -> outOfBounds(at.element(element));
            case PathStep.FromEnd(int offset) when node.isArray() -> outOfBounds(at.element(node.size() + offset));
            case PathStep.Element step -> noArray(steps, index, node, at);
            case PathStep.FromEnd step -> noArray(steps, index, node, at);
            case PathStep.Elements step -> noArray(steps, index, node, at);
            case PathStep.Slice step -> noArray(steps, index, node, at);
            case PathStep.Filtered step -> primitive(steps, index, node);
            case PathStep.Wildcard step -> missing(at, "No results for path: ");
            case PathStep.Descent step -> missing(at, "No results for path: ");
        };
    }

    private static NoResult notFound(PathStep step, Location at) {
        return missing(at, "Property " + step.text() + " not found in path ");
    }

    private static NoResult noArray(List<? extends PathStep> steps, int index, JsonNode node, Location at) {
        return node.isNull()
                ? new NoResult(false, fuel -> "The path " + at + " is null")
                : unfit(steps, index, "can only be applied to arrays", node);
    }

    private static NoResult unfit(List<? extends PathStep> steps, int index, String problem, JsonNode node) {
        return wrong(fuel -> "Filter: " + PathStep.text(steps, index) + " " + problem + ". Current context is: "
                + JavaText.of(node, fuel));
    }
}
