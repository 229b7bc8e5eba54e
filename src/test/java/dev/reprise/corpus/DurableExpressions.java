package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The values in a durable case's program as JSONata: what it calls {@code $input}, {@code $prev}, {@code {"$concat":
 * […]}} and the like.
 */
final class DurableExpressions {

    /** The state machine's input is the program's, a state's input is what the operation before gave. */
    private static final Map<String, String> VARIABLES = Map.of(
            "$input", "$states.context.Execution.Input",
            "$prev", "$states.input",
            "$item", "$states.context.Map.Item.Value",
            "$index", "$states.context.Map.Item.Index");

    private static final Pattern PLACE = Pattern.compile("\\{(item|index)((?:\\.\\w+)*)\\}");

    private DurableExpressions() {}

    /** The value as a template of a JSONata state. */
    static JsonNode template(JsonNode value) {
        if (isComputed(value)) {
            return braced(expression(value));
        }
        if (value.isObject()) {
            ObjectNode out = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(member -> out.set(member.getKey(), template(member.getValue())));
            return out;
        }
        if (value.isArray()) {
            ArrayNode out = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> out.add(template(element)));
            return out;
        }
        return value;
    }

    static TextNode braced(String expression) {
        return TextNode.valueOf("{% " + expression + " %}");
    }

    private static boolean isComputed(JsonNode value) {
        return value.has("$concat") || value.has("$repeat") || isVariable(value.asText());
    }

    private static boolean isVariable(String text) {
        return VARIABLES.containsKey(root(text));
    }

    private static String root(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? text : text.substring(0, dot);
    }

    private static String expression(JsonNode value) {
        if (value.has("$concat")) {
            return StreamSupport.stream(value.path("$concat").spliterator(), false)
                    .map(DurableExpressions::expression)
                    .collect(Collectors.joining(" & "));
        }
        if (value.has("$repeat")) {
            String text = value.path("$repeat").path(0).asText();
            int width = text.length() * value.path("$repeat").path(1).asInt();
            return "$pad('', " + width + ", " + value.path("$repeat").path(0) + ")";
        }
        String text = value.asText();
        return isVariable(text)
                ? VARIABLES.get(root(text)) + text.substring(root(text).length())
                : value.toString();
    }

    /** A namer's pattern, such as {@code item-{item}} or {@code {item.id}/{index}}. */
    static TextNode name(String pattern) {
        String text = "'" + pattern + "'";
        return braced(PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(
                        "' & $string(" + VARIABLES.get("$" + place.group(1)) + place.group(2) + ") & '")));
    }
}
