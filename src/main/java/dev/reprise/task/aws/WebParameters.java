package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.task.TaskException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the fields that requests to APIs have in common. What is wrong is {@code States.Runtime}: the workflow is. */
final class WebParameters {

    static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");

    private final JsonNode input;
    private final boolean keepsNulls;

    /** @param keepsNulls whether a null in headers or query is sent as nothing; else it is left out */
    WebParameters(JsonNode input, boolean keepsNulls) {
        this.input = input;
        this.keepsNulls = keepsNulls;
    }

    String text(String field) {
        String value = optionalText(field);
        if (value == null || value.isEmpty()) {
            throw wrong(field, "must be a text");
        }
        return value;
    }

    @Nullable
    String optionalText(String field) {
        JsonNode value = input.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrong(field, "must be a text, was " + value.getNodeType());
        }
        return value.textValue();
    }

    String method() {
        String method = text("Method");
        if (!METHODS.contains(method)) {
            throw wrong("Method", "must be one of " + METHODS.stream().sorted().toList() + ", was '" + method + "'");
        }
        return method;
    }

    /** Several values of one header stand in one line, as HTTP allows. Names are found in any case. */
    Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values("Headers").forEach((name, values) -> headers.put(name, String.join(", ", values)));
        return headers;
    }

    /** Those that stand in the address, then those of {@code QueryParameters}. */
    Map<String, List<String>> query(URI address) {
        Map<String, List<String>> query = queryOf(address);
        values("QueryParameters")
                .forEach((name, values) ->
                        query.computeIfAbsent(name, first -> new ArrayList<>()).addAll(values));
        return query;
    }

    static Map<String, List<String>> queryOf(URI address) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        String written = address.getRawQuery();
        if (written != null && !written.isEmpty()) {
            for (String pair : written.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                query.computeIfAbsent(decoded(name), first -> new ArrayList<>())
                        .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private Map<String, List<String>> values(String field) {
        JsonNode object = input.path(field);
        if (object.isMissingNode() || object.isNull()) {
            return Map.of();
        }
        if (!object.isObject()) {
            throw wrong(field, "must be an object, was " + object.getNodeType());
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            List<String> all = new ArrayList<>();
            if (member.getValue().isArray()) {
                member.getValue().forEach(value -> add(field, member.getKey(), value, all));
            } else {
                add(field, member.getKey(), member.getValue(), all);
            }
            if (!all.isEmpty()) {
                values.put(member.getKey(), all);
            }
        }
        return values;
    }

    private void add(String field, String name, JsonNode value, List<String> values) {
        if (value.isContainerNode()) {
            throw wrong(field, "'" + name + "' must be a text, a number, a boolean, or an array of these");
        }
        if (!value.isNull()) {
            values.add(value.asText());
        } else if (keepsNulls) {
            values.add("");
        }
    }

    static URI address(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw wrong("ApiEndpoint", "'" + text + "' is no URL: " + e.getMessage());
        }
    }

    static TaskException wrong(String field, String what) {
        return new TaskException("States.Runtime", field + " " + what);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
