package dev.reprise.nativetests.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reprise.nativetests.lambda.FunctionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One queue with an event source mapping: each message is given to a function once its delay is over. It takes
 * {@code SendMessage} in SQS's JSON protocol, under the rules that matter to a sender: a delay is 0 to 900 seconds, and
 * the answer carries the body's MD5, which AWS's clients check.
 *
 * <p>A function knows one address for all queues. What is asked of others goes on to the server that has them.
 */
public final class WakeUpQueue implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_DELAY_SECONDS = 900;
    private static final String TARGET = "X-Amz-Target";
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String JSON_1_0 = "application/x-amz-json-1.0";

    /**
     * A message as it was sent.
     *
     * @param body what the sender wrote
     * @param delay how long it was to stay hidden
     */
    public record Message(String body, Duration delay) {}

    private final HttpServer server;
    private final Consumer<String> target;
    private final ScheduledExecutorService delays = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sqs").factory());
    private final List<Message> sent = new CopyOnWriteArrayList<>();
    private final AtomicInteger hidden = new AtomicInteger();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Null when there is no other queue. */
    private volatile @Nullable URI others;

    /**
     * Opens an empty queue.
     *
     * @param target takes the event that Lambda's poller makes of a message, {@code {"Records": [...]}}
     */
    public WakeUpQueue(Consumer<String> target) {
        this.target = target;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on loopback", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** What goes into {@code AWS_ENDPOINT_URL_SQS}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The queue's URL. */
    public String url() {
        return endpoint() + "/" + FunctionSettings.ACCOUNT + "/wake-ups";
    }

    /** From now on what is asked of other queues goes on to this server. */
    public void leaveOthersTo(URI server) {
        others = server;
    }

    /** All messages so far, in the order in which they were sent. */
    public List<Message> sent() {
        return List.copyOf(sent);
    }

    /** Whether every message has been given to the function. */
    public boolean isEmpty() {
        return hidden.get() == 0;
    }

    @Override
    public void close() {
        delays.shutdownNow();
        server.stop(0);
        client.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String operation = exchange.getRequestHeaders().getFirst(TARGET);
            byte[] body = exchange.getRequestBody().readAllBytes();
            JsonNode request = JSON.readTree(body);
            if (!request.path("QueueUrl").asText().equals(url())) {
                passOn(exchange, operation, body);
                return;
            }
            int delay = request.path("DelaySeconds").asInt(0);
            if (!"AmazonSQS.SendMessage".equals(operation)) {
                refuse(
                        exchange,
                        "com.amazonaws.sqs#UnsupportedOperation",
                        "only SendMessage is here, not " + operation);
            } else if (delay < 0 || delay > LONGEST_DELAY_SECONDS) {
                refuse(
                        exchange,
                        "com.amazonaws.sqs#InvalidParameterValue",
                        "Value " + delay
                                + " for parameter DelaySeconds is invalid. Reason: Must be between 0 and 900.");
            } else {
                accept(exchange, request.path("MessageBody").asText(), Duration.ofSeconds(delay));
            }
        }
    }

    private void passOn(HttpExchange exchange, String operation, byte[] body) throws IOException {
        URI server = others;
        if (server == null) {
            refuse(exchange, "com.amazonaws.sqs#QueueDoesNotExist", "The specified queue does not exist.");
            return;
        }
        HttpRequest request = HttpRequest.newBuilder(server)
                .header(CONTENT_TYPE, exchange.getRequestHeaders().getFirst(CONTENT_TYPE))
                .header(TARGET, operation)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().map().forEach((name, values) -> {
                if (name.toLowerCase(Locale.ROOT).startsWith("x-amz")) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            send(exchange, answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(HttpExchange exchange, String body, Duration delay) throws IOException {
        String id = UUID.randomUUID().toString();
        sent.add(new Message(body, delay));
        hidden.incrementAndGet();
        delays.schedule(() -> deliver(id, body), delay.toMillis(), TimeUnit.MILLISECONDS);
        ObjectNode receipt = JSON.createObjectNode();
        receipt.put("MessageId", id);
        receipt.put("MD5OfMessageBody", md5(body));
        send(exchange, 200, receipt);
    }

    private void deliver(String id, String body) {
        ObjectNode event = JSON.createObjectNode();
        event.putArray("Records")
                .addObject()
                .put("messageId", id)
                .put("receiptHandle", id)
                .put("body", body)
                .put("md5OfBody", md5(body))
                .put("eventSource", "aws:sqs")
                .put(
                        "eventSourceARN",
                        "arn:aws:sqs:%s:%s:wake-ups".formatted(FunctionSettings.REGION, FunctionSettings.ACCOUNT))
                .put("awsRegion", FunctionSettings.REGION)
                .putObject("messageAttributes");
        // The function has the event before the queue is empty, so that no one sees both at rest in between.
        target.accept(event.toString());
        hidden.decrementAndGet();
    }

    private static void refuse(HttpExchange exchange, String type, String message) throws IOException {
        send(exchange, 400, JSON.createObjectNode().put("__type", type).put("message", message));
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        send(exchange, status, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set(CONTENT_TYPE, JSON_1_0);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String md5(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
