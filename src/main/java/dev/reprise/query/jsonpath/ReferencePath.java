package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.query.EvaluationException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path that names exactly one place to write to, as {@code ResultPath} does: {@code $}, {@code $.a.b}, {@code
 * $.a[0]}. Immutable and safe for use by any thread.
 *
 * @see <a href="https://states-language.net/#ref-paths">ASL, Reference Paths</a>
 */
public final class ReferencePath {

    /** JSON is not read when it nests deeper. */
    private static final int DEEPEST = 1000;

    private final String text;
    private final PathStep.Reference[] steps;

    private ReferencePath(String text, List<PathStep.Reference> steps) {
        this.text = text;
        this.steps = steps.toArray(PathStep.Reference[]::new);
    }

    /**
     * Reads a reference path.
     *
     * @throws IllegalArgumentException when {@code text} may name more than one place, or is no path into the state's
     *     input
     */
    public static ReferencePath parse(String text) {
        List<PathStep.Reference> steps = steps(text);
        if (steps == null) {
            throw new IllegalArgumentException("'" + text
                    + "' is not a reference path: write $ followed by names and indexes, such as $.order.lines[0]");
        }
        if (steps.size() > DEEPEST) {
            throw new IllegalArgumentException(
                    "A reference path has at most " + DEEPEST + " steps, not " + steps.size());
        }
        return new ReferencePath(text, steps);
    }

    /** Null for what has any other form. */
    private static @Nullable List<PathStep.Reference> steps(String path) {
        if (path.isEmpty() || path.charAt(0) != '$') {
            return null;
        }
        List<PathStep.Reference> steps = new ArrayList<>();
        int at = 1;
        while (at < path.length()) {
            char c = path.charAt(at);
            if (c == '.') {
                int end = endOfName(path, at + 1);
                if (end == at + 1 || (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[')) {
                    return null;
                }
                steps.add(new PathStep.Member(path.substring(at + 1, end)));
                at = end;
            } else if (c == '[') {
                int end = path.indexOf(']', at);
                PathStep.Reference step = end < 0 ? null : inBrackets(path.substring(at + 1, end));
                if (step == null) {
                    return null;
                }
                steps.add(step);
                at = end + 1;
            } else {
                return null;
            }
        }
        return steps;
    }

    private static int endOfName(String path, int from) {
        int end = from;
        while (end < path.length()
                && (Character.isLetterOrDigit(path.charAt(end))
                        || path.charAt(end) == '_'
                        || path.charAt(end) == '-')) {
            end++;
        }
        return end;
    }

    private static PathStep.@Nullable Reference inBrackets(String text) {
        int length = text.length();
        if (length > 2 && text.charAt(0) == '\'' && text.charAt(length - 1) == '\'') {
            String name = text.substring(1, length - 1);
            return name.indexOf('\'') < 0 && name.indexOf('\\') < 0 ? new PathStep.Member(name) : null;
        }
        if (length < 1 || length > 9 || !text.chars().allMatch(d -> d >= '0' && d <= '9')) {
            return null;
        }
        return new PathStep.Element(Integer.parseInt(text));
    }

    /** Whether it is {@code $}, which stands for the whole value. */
    public boolean isWhole() {
        return steps.length == 0;
    }

    /**
     * Gives {@code target} with {@code value} at this path. Objects on the way that do not exist are made; what is not
     * on the way is shared with {@code target}, which stays as it is.
     *
     * @throws EvaluationException {@code States.ReferencePathConflict} when the path leads through something that is no
     *     object, or to an element that its array does not have
     */
    public JsonNode write(JsonNode target, JsonNode value) {
        @Nullable JsonNode[] old = new @Nullable JsonNode[steps.length];
        JsonNode at = target;
        for (int i = 0; i < steps.length; i++) {
            old[i] = at;
            at = below(steps[i], at, target);
        }
        JsonNode written = value;
        for (int i = steps.length - 1; i >= 0; i--) {
            written = with(steps[i], old[i], written);
        }
        return written;
    }

    /** What the step leads to; null where it will be made. */
    private @Nullable JsonNode below(PathStep.Reference step, @Nullable JsonNode at, JsonNode whole) {
        return switch (step) {
            case PathStep.Member(String name) -> {
                if (at != null && !at.isObject()) {
                    throw conflict(step, whole);
                }
                yield at == null ? null : at.get(name);
            }
            case PathStep.Element(int index) -> {
                if (at == null || !at.isArray() || index >= at.size()) {
                    throw conflict(step, whole);
                }
                yield at.get(index);
            }
        };
    }

    private static JsonNode with(PathStep.Reference step, @Nullable JsonNode old, JsonNode below) {
        return switch (step) {
            case PathStep.Member(String name) -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                if (old instanceof ObjectNode object) {
                    copy.setAll(object);
                }
                yield copy.set(name, below);
            }
            case PathStep.Element(int index) -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                if (old instanceof ArrayNode array) {
                    copy.addAll(array);
                }
                copy.set(index, below);
                yield copy;
            }
        };
    }

    private EvaluationException conflict(PathStep step, JsonNode whole) {
        return PathConflicts.of(text, step, whole, whole.toString(), "ResultPath");
    }

    /** As it was parsed. */
    @Override
    public String toString() {
        return text;
    }
}
