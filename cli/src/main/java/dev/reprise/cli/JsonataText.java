package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says in JSONata what paths, intrinsic functions and payload templates say in JSONPath. What it says gives the same
 * wherever the original gives anything; where that fails for a path that leads nowhere, it may fail by another error.
 *
 * @param text an expression without delimiters; null where there is none, but for an array of any values only a
 *     template: in an expression, an array in an array would become part of it
 * @param template the same as the value of a field: a text in delimiters, or an object with such texts in it
 */
record JsonataText(@Nullable String text, JsonNode template) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Set<String> WORDS = Set.of("and", "or", "in", "true", "false", "null", "function");

    /** What a function of paths does by itself: nothing follows it but more of the path. */
    private static final Pattern PATH = Pattern.compile("\\$(?:merge\\(.*\\)|[^ ]*)");

    private static final String NO_PLAIN_PATH = "is no path to a single value";

    static JsonataText of(String expression) {
        return new JsonataText(expression, TextNode.valueOf("{% " + expression + " %}"));
    }

    /** A value that stands there as it is. */
    static JsonataText literal(JsonNode value) throws UncertainException {
        refuseLookalikes(value);
        return new JsonataText(value.toString(), value);
    }

    /** Nothing in JSONPath, an expression in JSONata. */
    private static void refuseLookalikes(JsonNode value) throws UncertainException {
        if (value.isTextual()
                && (value.textValue().startsWith("{%") || value.textValue().contains("%}"))) {
            throw new UncertainException("", "would be an expression in JSONata");
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            try {
                refuseLookalikes(member.getValue());
            } catch (UncertainException e) {
                throw e.below(member.getKey());
            }
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            try {
                refuseLookalikes(value.get(i));
            } catch (UncertainException e) {
                throw e.below(String.valueOf(i));
            }
        }
    }

    /**
     * A path, or a call of an intrinsic function.
     *
     * @param root what {@code $} stands for, an expression
     */
    static JsonataText expression(String jsonPath, String root) throws UncertainException {
        return jsonPath.startsWith("States.")
                ? of(new IntrinsicReader(jsonPath, root).read())
                : of(path(jsonPath, root));
    }

    /** A path to a single value. */
    static String path(String jsonPath, String root) throws UncertainException {
        if (jsonPath.startsWith("$$")) {
            return steps("$states.context", jsonPath, 2);
        }
        int at = 1;
        while (at < jsonPath.length()
                && (Character.isLetterOrDigit(jsonPath.charAt(at)) || jsonPath.charAt(at) == '_')) {
            at++;
        }
        if (!jsonPath.startsWith("$")
                || (at > 1 && !NAME.matcher(jsonPath.substring(1, at)).matches())) {
            throw new UncertainException("", "'" + jsonPath + "' " + NO_PLAIN_PATH);
        }
        String from = at > 1 ? jsonPath.substring(0, at) : root;
        return steps(PATH.matcher(from).matches() || at == jsonPath.length() ? from : "(" + from + ")", jsonPath, at);
    }

    private static String steps(String root, String path, int from) throws UncertainException {
        return root + String.join("", stepsOf(path, from));
    }

    /** Names with a dot before them, and indexes in brackets. */
    private static List<String> stepsOf(String path, int from) throws UncertainException {
        List<String> steps = new ArrayList<>();
        int at = from;
        while (at < path.length()) {
            int end;
            if (path.charAt(at) == '.') {
                end = at + 1;
                while (end < path.length()
                        && (Character.isLetterOrDigit(path.charAt(end)) || "_-".indexOf(path.charAt(end)) >= 0)) {
                    end++;
                }
                steps.add("." + name(path.substring(at + 1, end), path));
            } else {
                end = path.indexOf(']', at) + 1;
                String inside = path.charAt(at) == '[' && end > 0 ? path.substring(at + 1, end - 1) : "";
                if (inside.matches("[0-9]{1,9}")) {
                    steps.add("[" + inside + "]");
                } else if (inside.matches("'[^'\\\\]+'|\"[^\"\\\\]+\"")) {
                    steps.add("." + name(inside.substring(1, inside.length() - 1), path));
                } else {
                    throw new UncertainException("", "'" + path + "' " + NO_PLAIN_PATH);
                }
            }
            at = end;
        }
        return steps;
    }

    private static String name(String name, String path) throws UncertainException {
        if (name.isEmpty() || name.indexOf('`') >= 0) {
            throw new UncertainException("", "'" + path + "' " + NO_PLAIN_PATH);
        }
        return NAME.matcher(name).matches() && !WORDS.contains(name) ? name : "`" + name + "`";
    }

    /** A payload template, whose members that end with {@code .$} are paths and calls. */
    static JsonataText template(JsonNode template, String root) throws UncertainException {
        if (template instanceof ObjectNode object) {
            List<@Nullable String> members = new ArrayList<>();
            ObjectNode written = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                String key = member.getKey();
                boolean computed = key.endsWith(".$");
                String name = computed ? key.substring(0, key.length() - 2) : key;
                try {
                    JsonataText value =
                            computed ? computed(member.getValue(), root) : template(member.getValue(), root);
                    members.add(value.text() == null ? null : TextNode.valueOf(name) + ": " + value.text());
                    written.set(name, value.template());
                } catch (UncertainException e) {
                    throw e.below(key);
                }
            }
            return new JsonataText(joined("{", members, "}"), written);
        }
        if (template instanceof ArrayNode array) {
            List<@Nullable String> elements = new ArrayList<>();
            ArrayNode written = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < array.size(); i++) {
                try {
                    JsonataText element = template(array.get(i), root);
                    elements.add(element.text());
                    written.add(element.template());
                } catch (UncertainException e) {
                    throw e.below(String.valueOf(i));
                }
            }
            return new JsonataText(joined("[", elements, "]"), written);
        }
        return literal(template);
    }

    private static @Nullable String joined(String begin, List<@Nullable String> parts, String end) {
        return parts.contains(null) ? null : begin + String.join(", ", parts) + end;
    }

    /** An expression. */
    String inline() throws UncertainException {
        if (text == null) {
            throw new UncertainException("", "States.Array has no certain counterpart inside of an expression");
        }
        return text;
    }

    private static JsonataText computed(JsonNode text, String root) throws UncertainException {
        if (!text.isTextual()) {
            throw new UncertainException("", "is no path");
        }
        List<String> elements = new IntrinsicReader(text.textValue(), root).readArray();
        if (elements == null) {
            return expression(text.textValue(), root);
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        elements.forEach(each -> array.add(of(each).template()));
        return new JsonataText(null, array);
    }

    /**
     * A value with another at a place in it, as {@code ResultPath} puts it there.
     *
     * @param into an expression
     * @param resultPath names alone
     */
    static JsonataText put(String into, String resultPath, JsonataText value) throws UncertainException {
        List<String> steps = resultPath.startsWith("$") ? stepsOf(resultPath, 1) : List.of();
        if (steps.isEmpty() || steps.stream().anyMatch(each -> each.startsWith("["))) {
            throw new UncertainException("", "'" + resultPath + "' is no path of names");
        }
        return of(put(into, steps, value.inline()));
    }

    private static String put(String into, List<String> steps, String value) {
        String step = steps.getFirst();
        String key = TextNode.valueOf(step.substring(1).replace("`", "")).toString();
        String below = steps.size() == 1 ? value : put(into + step, steps.subList(1, steps.size()), value);
        return "$merge([" + into + ", {" + key + ": " + below + "}])";
    }
}
