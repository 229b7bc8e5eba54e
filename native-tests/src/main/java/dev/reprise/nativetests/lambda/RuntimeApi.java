package dev.reprise.nativetests.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Lambda's Runtime API, version 2018-06-01, for one process: the process asks for the next event, and posts its answer
 * or its error. See "Using the Lambda runtime API for custom runtimes" in AWS's developer guide.
 */
final class RuntimeApi implements AutoCloseable {

    /** What Lambda takes as an answer: 6 MB and a little. */
    static final int LARGEST_RESPONSE = 6 * 1024 * 1024 + 100;

    private static final String VERSION = "/2018-06-01/runtime/";

    /** What the process tells; called on the API's threads. */
    interface Listener {

        /** It asks for the next event. */
        void asksForNext();

        /** It took this event and has to answer by then. */
        void took(Invocation invocation, Instant deadline);

        /** It cannot start. */
        void cannotStart(Outcome.NeverStarted why);
    }

    private final HttpServer server;
    private final Listener listener;
    private final String functionArn;
    private final BlockingQueue<Invocation> pending = new LinkedBlockingQueue<>();

    /** What the process works on. A process asks for an event only when it has answered the last one. */
    private volatile @Nullable Invocation current;

    RuntimeApi(String functionArn, Listener listener) {
        this.functionArn = functionArn;
        this.listener = listener;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on loopback", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(VERSION, this::handle);
        server.start();
    }

    /** What goes into {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    /** Hands over an event as soon as the process asks. */
    void offer(Invocation invocation) {
        pending.add(invocation);
    }

    /** Whether an event waits for the process. */
    boolean hasPending() {
        return !pending.isEmpty();
    }

    /** The process is gone: whatever it had taken or was to take ends like this. */
    void endAll(Outcome how) {
        for (Invocation invocation = pending.poll(); invocation != null; invocation = pending.poll()) {
            invocation.end(how);
        }
        Invocation running = current;
        if (running != null) {
            running.end(how);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(VERSION.length());
            String[] parts = path.split("/");
            if (path.equals("invocation/next")) {
                next(exchange);
            } else if (path.equals("init/error")) {
                listener.cannotStart(new Outcome.NeverStarted(errorType(exchange), body(exchange)));
                send(exchange, 202, "{\"status\":\"OK\"}");
            } else if (parts.length == 3 && parts[0].equals("invocation")) {
                answer(exchange, parts[1], parts[2]);
            } else {
                send(exchange, 404, error("NotFound", "no such operation: " + path));
            }
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        listener.asksForNext();
        Invocation invocation;
        try {
            invocation = pending.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        current = invocation;
        Instant deadline = invocation.begin();
        listener.took(invocation, deadline);
        var headers = exchange.getResponseHeaders();
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
        headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline.toEpochMilli()));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
        headers.set(
                "Lambda-Runtime-Trace-Id",
                "Root=1-%08x-%024x;Parent=%016x;Sampled=0"
                        .formatted(deadline.getEpochSecond(), deadline.toEpochMilli(), deadline.toEpochMilli()));
        send(exchange, 200, invocation.event());
    }

    private void answer(HttpExchange exchange, String requestId, String kind) throws IOException {
        Invocation invocation = current;
        if (invocation == null || !invocation.requestId().equals(requestId)) {
            send(exchange, 400, error("InvalidRequestID", "Invalid request ID"));
            return;
        }
        String payload = body(exchange);
        Outcome outcome = switch (kind) {
            case "response" -> new Outcome.Answered(payload);
            case "error" -> new Outcome.Failed(errorType(exchange), payload);
            default -> throw new IOException("no such operation: " + kind);
        };
        if (outcome.size() > LARGEST_RESPONSE) {
            String message = "Exceeded maximum allowed payload size (" + LARGEST_RESPONSE + " bytes).";
            invocation.end(new Outcome.Failed(
                    "Function.ResponseSizeTooLarge", error("Function.ResponseSizeTooLarge", message)));
            send(exchange, 413, error("RequestEntityTooLarge", message));
            return;
        }
        // First the receipt, then the news: whoever waits for the outcome may stop the process at once.
        send(exchange, 202, "{\"status\":\"OK\"}");
        invocation.end(outcome);
    }

    private static String errorType(HttpExchange exchange) {
        return Objects.requireNonNullElse(
                exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Error-Type"), "Unhandled");
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String error(String type, String message) {
        return "{\"errorType\":\"%s\",\"errorMessage\":\"%s\"}".formatted(type, message);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
