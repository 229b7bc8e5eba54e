package dev.reprise.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a path that names exactly one place: {@code .name}, {@code ['name']} or {@code [0]}. */
sealed interface PathStep {

    /** What the step leads to; null for nothing. */
    @Nullable
    JsonNode from(JsonNode node);

    /** A member of an object. */
    record Member(String name) implements PathStep {
        @Override
        public @Nullable JsonNode from(JsonNode node) {
            return node.isObject() ? node.get(name) : null;
        }
    }

    /** An element of an array; a negative index counts from its end. */
    record Element(int index) implements PathStep {
        @Override
        public @Nullable JsonNode from(JsonNode node) {
            return node.isArray() ? node.get(index < 0 ? node.size() + index : index) : null;
        }
    }

    /**
     * Reads {@code $} followed by such steps.
     *
     * @return null when {@code path} has any other form, well-formed or not
     */
    static @Nullable List<PathStep> parse(String path) {
        if (path.isEmpty() || path.charAt(0) != '$') {
            return null;
        }
        List<PathStep> steps = new ArrayList<>();
        int at = 1;
        while (at < path.length()) {
            char c = path.charAt(at);
            if (c == '.') {
                int end = endOfName(path, at + 1);
                if (end == at + 1 || (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[')) {
                    return null;
                }
                steps.add(new Member(path.substring(at + 1, end)));
                at = end;
            } else if (c == '[') {
                int end = path.indexOf(']', at);
                PathStep step = end < 0 ? null : inBrackets(path.substring(at + 1, end));
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

    private static @Nullable PathStep inBrackets(String text) {
        int length = text.length();
        if (length > 2 && text.charAt(0) == '\'' && text.charAt(length - 1) == '\'') {
            String name = text.substring(1, length - 1);
            return name.indexOf('\'') < 0 && name.indexOf('\\') < 0 ? new Member(name) : null;
        }
        boolean negative = length > 1 && text.charAt(0) == '-';
        int digits = negative ? length - 1 : length;
        if (digits < 1 || digits > 9 || !text.substring(length - digits).chars().allMatch(d -> d >= '0' && d <= '9')) {
            return null;
        }
        return new Element(Integer.parseInt(text));
    }
}
