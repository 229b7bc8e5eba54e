package dev.reprise.task.aws.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request of HTTP, but for the host that it goes to and the signature.
 *
 * @param path with percent signs where they are needed; begins with a slash
 * @param query names and their values, as they are, without percent signs
 * @param body empty when there is none; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record WireRequest(
        String method, String path, Map<String, List<String>> query, Map<String, String> headers, byte[] body) {

    static final byte[] NO_BODY = {};

    /** A request that is being put together. */
    static final class Builder {

        private final String method;
        private final Map<String, List<String>> query = new LinkedHashMap<>();
        private final Map<String, String> headers = new LinkedHashMap<>();
        private String path = "/";
        private byte[] body = NO_BODY;

        Builder(String method) {
            this.method = method;
        }

        Builder path(String value) {
            path = value;
            return this;
        }

        Builder query(String name, String value) {
            query.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
            return this;
        }

        boolean hasQuery(String name) {
            return query.containsKey(name);
        }

        Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** Unless there is one already, in whatever case. */
        Builder headerIfAbsent(String name, String value) {
            if (headers.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
                headers.put(name, value);
            }
            return this;
        }

        Builder body(byte[] bytes) {
            body = bytes;
            return this;
        }

        WireRequest build() {
            return new WireRequest(method, path, query, headers, body);
        }
    }

    /** The same with one more header. */
    public WireRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new WireRequest(method, path, query, more, body);
    }

    /** The same at another path. */
    public WireRequest at(String other) {
        return new WireRequest(method, other, query, headers, body);
    }
}
