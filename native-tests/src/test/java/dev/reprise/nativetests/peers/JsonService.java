package dev.reprise.nativetests.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executors;

/** A service of AWS that speaks JSON, of which nothing runs on one machine. */
abstract class JsonService implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;

    JsonService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on loopback", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** What goes into {@code AWS_ENDPOINT_URL_…}. */
    public final URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public final void close() {
        server.stop(0);
    }

    /**
     * Answers a request, on a thread of its own.
     *
     * @param operation such as {@code Decrypt}
     * @return with {@code __type} when it is refused
     */
    abstract ObjectNode answer(String operation, JsonNode request);

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            ObjectNode answer =
                    answer(target.substring(target.indexOf('.') + 1), JSON.readTree(exchange.getRequestBody()));
            byte[] bytes = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(answer.has("__type") ? 400 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** A refusal. */
    static ObjectNode refused(String error, String message) {
        return JSON.createObjectNode().put("__type", error).put("message", message);
    }
}
