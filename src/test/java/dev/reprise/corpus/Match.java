package dev.reprise.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The corpus' own comparison: wildcards stand for what differs from run to run, numbers compare by value, and JSON
 * carried as text compares as JSON.
 */
final class Match {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern WILDCARD = Pattern.compile("<any:(arn|timestamp|uuid|string|token|json)>");

    private static final Map<String, String> MEANING = Map.of(
            "arn", "arn:[^\\s'\"]+",
            "timestamp", "[^\\s\"]+(?: [^\\s\"]+){0,5}",
            "uuid", "[0-9A-Za-z_./+=-]+",
            "string", "[\\s\\S]*?",
            "token", "[\\s\\S]+?",
            "json", "[\\s\\S]*?");

    /** Alone, these stand for values that are not even texts. */
    private static final Set<String> ANYTHING = Set.of("<any:json>", "<any:timestamp>", "<any:string>");

    private static final double TOLERANCE = 1e-12;

    private Match() {}

    static boolean matches(JsonNode expected, @Nullable JsonNode actual) {
        if (actual == null || actual.isMissingNode()) {
            return false;
        }
        return switch (expected.getNodeType()) {
            case STRING -> textMatches(expected.textValue(), actual);
            case OBJECT -> objectMatches(expected, actual);
            case ARRAY -> arrayMatches(expected, actual);
            case NUMBER -> numberMatches(expected, actual);
            default -> expected.equals(actual);
        };
    }

    private static boolean textMatches(String expected, JsonNode actual) {
        if (ANYTHING.contains(expected)) {
            return true;
        }
        String text = actual.textValue();
        if (text == null) {
            return false;
        }
        return expected.equals(text)
                || (WILDCARD.matcher(expected).find()
                        && pattern(expected).matcher(text).matches())
                || ((expected.startsWith("{") || expected.startsWith("[")) && jsonMatches(expected, text));
    }

    private static Pattern pattern(String expected) {
        StringBuilder out = new StringBuilder();
        Matcher wildcard = WILDCARD.matcher(expected);
        int end = 0;
        while (wildcard.find()) {
            out.append(Pattern.quote(expected.substring(end, wildcard.start())));
            out.append("(?:").append(MEANING.get(wildcard.group(1))).append(')');
            end = wildcard.end();
        }
        return Pattern.compile(
                out.append(Pattern.quote(expected.substring(end))).toString());
    }

    private static boolean jsonMatches(String expected, String actual) {
        try {
            return matches(JSON.readTree(expected), JSON.readTree(actual));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static boolean objectMatches(JsonNode expected, JsonNode actual) {
        if (expected.size() == 1 && expected.has("$json")) {
            return actual.isTextual() && carries(expected.path("$json"), actual.textValue());
        }
        return actual.isObject()
                && actual.size() == expected.size()
                && expected.properties().stream()
                        .allMatch(member -> matches(member.getValue(), actual.get(member.getKey())));
    }

    private static boolean carries(JsonNode expected, String text) {
        try {
            return matches(expected, JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static boolean arrayMatches(JsonNode expected, JsonNode actual) {
        if (!actual.isArray() || actual.size() != expected.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!matches(expected.get(i), actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean numberMatches(JsonNode expected, JsonNode actual) {
        if (!actual.isNumber()) {
            return false;
        }
        double wanted = expected.doubleValue();
        return expected.decimalValue().compareTo(actual.decimalValue()) == 0
                || Math.abs(wanted - actual.doubleValue()) <= TOLERANCE * Math.abs(wanted);
    }
}
