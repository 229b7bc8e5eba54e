package dev.reprise.task.aws.protocol;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An answer of HTTP.
 *
 * @param status its status code
 * @param headers all values by name, whose case does not count
 * @param body must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record WireAnswer(int status, Map<String, List<String>> headers, byte[] body) {

    public WireAnswer {
        Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = Collections.unmodifiableMap(sorted);
    }

    /** The first value of a header; null when it is not there. */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }

    /** What the service calls this request; null when it does not say. */
    public @Nullable String requestId() {
        for (String name : List.of("x-amzn-RequestId", "x-amz-request-id", "x-amz-id-1", "x-amz-requestid")) {
            String id = header(name);
            if (id != null) {
                return id;
            }
        }
        return null;
    }
}
