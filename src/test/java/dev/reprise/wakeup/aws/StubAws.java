package dev.reprise.wakeup.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands in for Lambda, SQS and EventBridge Scheduler: keeps each request and answers as each of them does when all is
 * well, unless it is told otherwise.
 */
final class StubAws implements AutoCloseable {

    private static final String INVOCATION_TYPE = "X-Amz-Invocation-Type";

    /**
     * A request as it came in.
     *
     * @param invocationType null where nothing is invoked
     */
    record Received(String method, String path, String invocationType, String body) {}

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int status;
    private volatile String error = "";

    StubAws() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where it listens. */
    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on every request is refused with this error. */
    void refuses(int withStatus, String withError) {
        status = withStatus;
        error = withError;
    }

    List<Received> received() {
        return received;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String invocationType = exchange.getRequestHeaders().getFirst(INVOCATION_TYPE);
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(new Received(exchange.getRequestMethod(), path, invocationType, request));
        if (!error.isEmpty()) {
            exchange.getResponseHeaders().add("x-amzn-ErrorType", error);
            send(exchange, status, "{\"__type\": \"%s\", \"Message\": \"refused\"}".formatted(error));
        } else if (path.endsWith("/invocations")) {
            send(exchange, "Event".equals(invocationType) ? 202 : 200, "");
        } else if (path.startsWith("/schedules/")) {
            send(exchange, 200, "{\"ScheduleArn\": \"arn:aws:scheduler:us-east-1:111111111111:schedule/default/one\"}");
        } else {
            send(exchange, 200, "{\"MessageId\": \"1\"}");
        }
    }

    private static void send(HttpExchange exchange, int status, String answer) throws IOException {
        try (exchange) {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
