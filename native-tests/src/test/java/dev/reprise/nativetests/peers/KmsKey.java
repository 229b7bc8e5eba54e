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
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** KMS with one key, of which nothing runs on one machine: makes data keys, and opens what it made. */
public final class KmsKey implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEY_BYTES = 32;

    private final HttpServer server;
    private final String arn;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, ObjectNode> made = new ConcurrentHashMap<>();
    private final List<String> operations = new CopyOnWriteArrayList<>();

    /** @param arn the key's */
    public KmsKey(String arn) {
        this.arn = arn;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on loopback", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** What goes into {@code AWS_ENDPOINT_URL_KMS}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What it was asked, in this order, such as {@code Decrypt}. */
    public List<String> operations() {
        return List.copyOf(operations);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            String operation =
                    exchange.getRequestHeaders().getFirst("X-Amz-Target").replace("TrentService.", "");
            operations.add(operation);
            ObjectNode answer = answer(operation, request);
            byte[] bytes = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(answer.has("__type") ? 400 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private ObjectNode answer(String operation, JsonNode request) {
        ObjectNode answer = JSON.createObjectNode().put("KeyId", arn);
        String wrapped = request.path("CiphertextBlob").asText();
        if (!request.path("KeyId").asText().equals(arn)) {
            answer.put("__type", "NotFoundException").put("message", "there is no such key: " + request);
        } else if (operation.equals("GenerateDataKey")) {
            byte[] blob = bytes();
            answer.put("Plaintext", bytes()).put("CiphertextBlob", blob);
            made.put(
                    JSON.getNodeFactory().binaryNode(blob).asText(),
                    answer.deepCopy().set("context", request.path("EncryptionContext")));
        } else if (made.containsKey(wrapped)
                && made.get(wrapped).path("context").equals(request.path("EncryptionContext"))) {
            answer.set("Plaintext", made.get(wrapped).path("Plaintext"));
        } else {
            answer.put("__type", "InvalidCiphertextException").put("message", operation + " of " + request);
        }
        return answer;
    }

    private byte[] bytes() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }
}
