package dev.reprise.nativetests.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Lambda's Invoke API, {@code POST /2015-03-31/functions/NAME/invocations}, over deployed functions and recorded ones:
 * {@code RequestResponse} waits for the answer, {@code Event} is accepted at once. An asynchronous event whose delivery
 * fails is not tried again on its own; a test that is about retries delivers it again itself.
 */
public final class InvokeApi implements AutoCloseable {

    private static final String FUNCTIONS = "/2015-03-31/functions/";
    private static final String INVOCATIONS = "/invocations";

    private final Map<String, DeployedFunction> deployed = new ConcurrentHashMap<>();
    private final Map<String, RecordedFunction> recorded = new ConcurrentHashMap<>();
    private final HttpServer server;

    public InvokeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on loopback", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(FUNCTIONS, this::handle);
        server.start();
    }

    /** What goes into {@code AWS_ENDPOINT_URL_LAMBDA}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Makes a deployed function callable by its name and its ARN. */
    public void add(DeployedFunction function) {
        deployed.put(function.settings().name(), function);
    }

    /** Makes a recorded function callable by this name and the ARN with it. */
    public void add(String name, RecordedFunction function) {
        recorded.put(name, function);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!exchange.getRequestMethod().equals("POST") || !path.endsWith(INVOCATIONS)) {
                send(exchange, 404, "{\"message\":\"only Invoke is here\"}");
                return;
            }
            String name = nameIn(path.substring(FUNCTIONS.length(), path.length() - INVOCATIONS.length()));
            String event = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean asynchronous = "Event".equals(exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type"));
            DeployedFunction function = deployed.get(name);
            RecordedFunction elsewhere = recorded.get(name);
            exchange.getResponseHeaders().set("X-Amz-Executed-Version", "$LATEST");
            if (function != null) {
                Invocation invocation = function.invoke(event);
                if (asynchronous) {
                    send(exchange, 202, "");
                } else {
                    Outcome outcome = invocation.await();
                    if (outcome.isError()) {
                        exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
                    }
                    send(exchange, 200, outcome.payload());
                }
            } else if (elsewhere != null) {
                if (asynchronous) {
                    send(exchange, 202, "");
                }
                String answer = elsewhere.call(event);
                if (!asynchronous) {
                    send(exchange, 200, answer);
                }
            } else {
                exchange.getResponseHeaders().set("X-Amzn-ErrorType", "ResourceNotFoundException");
                String message = "Function not found: " + FunctionSettings.arnOf(name);
                send(exchange, 404, "{\"Type\":\"User\",\"Message\":\"" + message + "\"}");
            }
        }
    }

    /** A function is called by its name or by its ARN, either with or without a version. */
    private static String nameIn(String nameOrArn) {
        String[] parts = nameOrArn.split(":");
        return parts.length >= 7 ? parts[6] : parts[0];
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
