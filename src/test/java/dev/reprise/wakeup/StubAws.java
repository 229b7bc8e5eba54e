package dev.reprise.wakeup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * Stands in for Lambda, SQS and EventBridge Scheduler: keeps each request and answers as each of them does when all is
 * well, unless it is told otherwise.
 */
final class StubAws implements AutoCloseable {

    /** A request as it came in. */
    record Received(String method, String path, String body) {}

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String error = "";

    StubAws() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** From now on every request is refused with this error. */
    void refuses(int withStatus, String withError) {
        status = withStatus;
        error = withError;
    }

    List<Received> received() {
        return received;
    }

    /** Sends a client here. */
    <B extends AwsClientBuilder<B, C>, C> C reach(B client) {
        return client.endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("stub", "stub")))
                .build();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(new Received(exchange.getRequestMethod(), path, request));
        byte[] body = (error.isEmpty()
                        ? answer(path)
                        : "{\"__type\": \"%s\", \"Message\": \"refused\"}".formatted(error))
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("x-amzn-ErrorType", error);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String answer(String path) {
        return path.startsWith("/schedules/")
                ? "{\"ScheduleArn\": \"arn:aws:scheduler:us-east-1:111111111111:schedule/default/one\"}"
                : "{\"MessageId\": \"1\"}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
