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
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/** Glue, of which nothing runs on one machine: its jobs are done once they have been asked for so many times. */
public final class GlueJobs implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final int polls;

    /** How often each run was asked for. Guarded by this. */
    private final Map<String, Integer> runs = new TreeMap<>();

    /** @param polls the last of so many finds a job done */
    public GlueJobs(int polls) {
        this.polls = polls;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on loopback", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** What goes into {@code AWS_ENDPOINT_URL_GLUE}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            String operation = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            ObjectNode answer = JSON.createObjectNode();
            boolean known = answer(operation, request, answer);
            byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(known ? 200 : 400, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized boolean answer(String operation, JsonNode request, ObjectNode answer) {
        String id = request.path("RunId").asText();
        if (operation.equals("AWSGlue.StartJobRun")) {
            String begun = "jr_" + (runs.size() + 1);
            runs.put(begun, 0);
            answer.put("JobRunId", begun);
        } else if (operation.equals("AWSGlue.GetJobRun") && runs.containsKey(id)) {
            boolean done = runs.merge(id, 1, Integer::sum) >= polls;
            answer.putObject("JobRun")
                    .put("Id", id)
                    .put("JobName", request.path("JobName").asText())
                    .put("JobRunState", done ? "SUCCEEDED" : "RUNNING");
        } else {
            answer.put("__type", "EntityNotFoundException").put("Message", operation + " of " + request);
            return false;
        }
        return true;
    }
}
