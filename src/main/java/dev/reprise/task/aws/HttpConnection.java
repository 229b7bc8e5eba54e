package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a connection of EventBridge adds to a request: who asks, and whatever else was written into it. It goes before
 * what the workflow says.
 *
 * @param isToken whether it holds a token that may run out
 */
record HttpConnection(
        Map<String, String> headers, Map<String, String> query, Map<String, JsonNode> body, boolean isToken) {

    static final HttpConnection NONE = new HttpConnection(Map.of(), Map.of(), Map.of(), false);

    HttpConnection {
        headers = Map.copyOf(headers);
        query = Map.copyOf(query);
        body = Map.copyOf(body);
    }

    /** The same with one more header. */
    HttpConnection with(String name, String value, boolean token) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpConnection(more, query, body, token);
    }
}
