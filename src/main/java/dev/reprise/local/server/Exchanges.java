package dev.reprise.local.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/** Reads what the JDK's server got as calls, and has answers sent by it. */
public final class Exchanges {

    /** A payload has 6 MB; beside it stand a name and the like, and the quotes of a text that holds JSON. */
    public static final int LARGEST_BODY = 16_000_000;

    private Exchanges() {}

    /** A body is larger than {@link #LARGEST_BODY}. */
    public static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("The request's body has more than " + LARGEST_BODY + " bytes");
        }
    }

    /**
     * Reads a request whole.
     *
     * @throws TooLargeException when its body is
     * @throws IOException when the connection is lost
     */
    public static HttpCall read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        String query = exchange.getRequestURI().getRawQuery();
        String path = exchange.getRequestURI().getRawPath();
        return new HttpCall(
                exchange.getRequestMethod(),
                path == null || path.isEmpty() ? "/" : path,
                query == null ? "" : query,
                headers,
                body(exchange));
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        if (announced(exchange.getRequestHeaders()) > LARGEST_BODY) {
            throw new TooLargeException();
        }
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(LARGEST_BODY + 1);
            if (body.length > LARGEST_BODY) {
                throw new TooLargeException();
            }
            return body;
        }
    }

    /** The length that the request announces; 0 when it announces none. The server itself refuses what is no number. */
    private static long announced(Headers headers) {
        String length = headers.getFirst("Content-Length");
        return length == null || !length.matches("[0-9]{1,18}") ? 0 : Long.parseLong(length);
    }

    /**
     * Sends an answer, and ends the exchange.
     *
     * @throws IOException when nobody reads it any more
     */
    public static void send(HttpExchange exchange, HttpAnswer answer) throws IOException {
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Cache-Control", "no-store");
            answer.headers().forEach(headers::set);
            switch (answer.body()) {
                case HttpAnswer.Bytes(byte[] bytes) -> send(exchange, answer.status(), bytes);
                case HttpAnswer.Stream(HttpAnswer.Writing writing) -> {
                    exchange.sendResponseHeaders(answer.status(), 0);
                    try (OutputStream out = exchange.getResponseBody()) {
                        writing.writeTo(out);
                    }
                }
            }
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        boolean hasBody = bytes.length > 0 && !exchange.getRequestMethod().equals("HEAD");
        // The JDK takes a length of 0 for one that is not known.
        exchange.sendResponseHeaders(status, hasBody ? bytes.length : -1);
        if (hasBody) {
            OutputStream out = exchange.getResponseBody();
            out.write(bytes);
            // Before the end, which waits for what the client has not sent yet.
            out.flush();
        }
    }
}
