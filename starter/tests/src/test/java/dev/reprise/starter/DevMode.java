package dev.reprise.starter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A project's dev mode, started as its README says, on a port that was free. */
final class DevMode implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final URI endpoint;

    private DevMode(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.endpoint = URI.create("http://localhost:" + port);
    }

    /** Starts it, and waits until it answers. */
    static DevMode start(Path project, Path log) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process process = Maven.start(project, log, "quarkus:dev", "-Ddebug=false", "-Dreprise.dev.port=" + port);
        DevMode mode = new DevMode(process, log, port);
        try {
            mode.awaitReady();
        } catch (AssertionError | IOException | InterruptedException e) {
            mode.close();
            throw e;
        }
        return mode;
    }

    private void awaitReady() throws IOException, InterruptedException {
        Instant until = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                ask("{\"list\": \"hello\"}");
                return;
            } catch (ConnectException notYet) {
                if (!process.isAlive() || Instant.now().isAfter(until)) {
                    throw new AssertionError("Dev mode does not answer:\n" + Maven.said(log));
                }
                Thread.sleep(50);
            }
        }
    }

    /** What it answers to an event. */
    JsonNode ask(String event) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    @Override
    public void close() throws InterruptedException {
        Maven.end(process);
    }
}
