package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts a case's {@code resources} in the place of the <code>${…}</code> that stand for them, in every text and name of
 * the case; and the wildcard in the place of two other marks that the recorder has left, for a date and for an entity
 * tag.
 */
final class Placeholders {

    private static final Pattern RELATIVE_TIME = Pattern.compile("\\$\\{now([+-]\\d+)([dhms])}");

    private static final Pattern MARK = Pattern.compile("<date>|<Etag-[^>]*>");

    private Placeholders() {}

    static JsonNode substitute(JsonNode testCase, Instant now) {
        Map<String, String> values = new LinkedHashMap<>();
        testCase.path("resources")
                .properties()
                .forEach(resource ->
                        values.put(resource.getKey(), resource.getValue().asText()));
        return in(testCase, values, now);
    }

    private static JsonNode in(JsonNode node, Map<String, String> values, Instant now) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode out = JsonNodeFactory.instance.objectNode();
                object.properties()
                        .forEach(member ->
                                out.set(text(member.getKey(), values, now), in(member.getValue(), values, now)));
                yield out;
            }
            case ArrayNode array -> {
                ArrayNode out = JsonNodeFactory.instance.arrayNode(array.size());
                array.forEach(element -> out.add(in(element, values, now)));
                yield out;
            }
            case TextNode text when MARK.matcher(text.textValue()).matches() -> TextNode.valueOf("<any:string>");
            case TextNode text -> TextNode.valueOf(text(text.textValue(), values, now));
            default -> node;
        };
    }

    private static String text(String text, Map<String, String> values, Instant now) {
        if (!text.contains("${")) {
            return text;
        }
        String out = RELATIVE_TIME.matcher(text).replaceAll(time -> time(time, now));
        for (Map.Entry<String, String> value : values.entrySet()) {
            out = out.replace(value.getKey(), value.getValue());
        }
        return out;
    }

    private static String time(MatchResult relative, Instant now) {
        long amount = Long.parseLong(relative.group(1));
        Duration offset = switch (relative.group(2)) {
            case "d" -> Duration.ofDays(amount);
            case "h" -> Duration.ofHours(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofSeconds(amount);
        };
        return Matcher.quoteReplacement(now.plus(offset).toString());
    }
}
