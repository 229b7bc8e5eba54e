package dev.reprise.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path that names exactly one place to write to, as {@code ResultPath} does: {@code $}, {@code $.a.b}, {@code $.a[0]}. Immutable and safe for use by any thread.
 *
 * @see <a href="https://states-language.net/#ref-paths">ASL, Reference Paths</a>
 */
public final class ReferencePath {

    private final String text;
    private final PathStep[] steps;

    private ReferencePath(String text, List<PathStep> steps) {
        this.text = text;
        this.steps = steps.toArray(PathStep[]::new);
    }

    /**
     * Reads a reference path.
     *
     * @throws IllegalArgumentException when {@code text} may name more than one place, or is no path into the state's input
     */
    public static ReferencePath parse(String text) {
        List<PathStep> steps = PathStep.parse(text);
        if (steps == null || steps.stream().anyMatch(step -> step instanceof PathStep.Element e && e.index() < 0)) {
            throw new IllegalArgumentException("'" + text
                    + "' is not a reference path: write $ followed by names and indexes, such as $.order.lines[0]");
        }
        return new ReferencePath(text, steps);
    }

    /** Whether it is {@code $}, which stands for the whole value. */
    public boolean isWhole() {
        return steps.length == 0;
    }

    /**
     * Gives {@code target} with {@code value} at this path. Objects on the way that do not exist are made; what is not on the way is shared with {@code target}, which stays as it is.
     *
     * @throws EvaluationException {@code States.ResultPathMatchFailure} when the path leads through something that is no object, or to an element that its array does not have
     */
    public JsonNode write(JsonNode target, JsonNode value) {
        return write(target, target, 0, value);
    }

    private JsonNode write(JsonNode whole, @Nullable JsonNode at, int depth, JsonNode value) {
        if (depth == steps.length) {
            return value;
        }
        return switch (steps[depth]) {
            case PathStep.Member(String name) -> {
                if (at != null && !at.isObject()) {
                    throw mismatch(whole);
                }
                JsonNode below = write(whole, at == null ? null : at.get(name), depth + 1, value);
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                if (at instanceof ObjectNode object) {
                    copy.setAll(object);
                }
                yield copy.set(name, below);
            }
            case PathStep.Element(int index) -> {
                if (!(at instanceof ArrayNode array) || index >= array.size()) {
                    throw mismatch(whole);
                }
                JsonNode below = write(whole, array.get(index), depth + 1, value);
                ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
                copy.addAll(array);
                copy.set(index, below);
                yield copy;
            }
        };
    }

    private EvaluationException mismatch(JsonNode whole) {
        return new EvaluationException(
                "States.ResultPathMatchFailure",
                "Unable to apply ReferencePath " + text + " to input " + whole,
                "ResultPath");
    }

    /** As it was parsed. */
    @Override
    public String toString() {
        return text;
    }
}
