package dev.reprise.http;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request of HTTP, read whole.
 *
 * @param method the method in capitals
 * @param path the path as it was sent, without the query
 * @param query the query as it was sent, without the question mark; empty if there is none
 * @param headers the first value of each header; names are told apart without regard to case
 * @param body the body, decoded from any transport form; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record HttpCall(String method, String path, String query, Map<String, String> headers, byte[] body) {

    public HttpCall {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(body, "body");
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        headers = Collections.unmodifiableMap(byName);
    }

    /** The value of a header, or null. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }
}
