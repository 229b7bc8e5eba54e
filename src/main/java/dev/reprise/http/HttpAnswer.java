package dev.reprise.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * An answer of HTTP.
 *
 * @param status the status code, 200 to 599
 * @param headers its headers, Content-Type among them; the length is left to the server
 * @param body what is sent
 */
public record HttpAnswer(int status, Map<String, String> headers, Body body) {

    public HttpAnswer {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("A status is 200 to 599, not " + status);
        }
        headers = Map.copyOf(headers);
        Objects.requireNonNull(body, "body");
    }

    /** An answer that is there as a whole. */
    public static HttpAnswer of(int status, String contentType, byte[] body) {
        return new HttpAnswer(status, Map.of("Content-Type", contentType), new Bytes(body));
    }

    /** An answer of text, in UTF-8. */
    public static HttpAnswer text(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with one more header. */
    public HttpAnswer with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new HttpAnswer(status, more, body);
    }

    /** What is sent. */
    public sealed interface Body {}

    /** A body that is there as a whole; must not be changed. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Bytes(byte[] bytes) implements Body {}

    /** A body that comes in pieces as long as it is wanted, such as server-sent events. */
    public record Stream(Writing writing) implements Body {}

    /** Writes a body in pieces. */
    @FunctionalInterface
    public interface Writing {

        /**
         * Writes until all is said; whoever reads sees a piece when the stream is flushed.
         *
         * @throws IOException when nobody reads any more
         */
        void writeTo(OutputStream out) throws IOException;
    }
}
