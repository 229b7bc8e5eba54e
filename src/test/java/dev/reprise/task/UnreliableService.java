package dev.reprise.task;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands for SQS, and refuses half of the time with 429 or 503, and cuts one answer in five. It keeps which messages it
 * said whole that it took.
 */
public final class UnreliableService implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Random dice = new Random(7);
    private final Map<String, AtomicInteger> said = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();

    public UnreliableService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How often it said of each message that it took it. */
    public Map<String, AtomicInteger> said() {
        return said;
    }

    /** How many requests it had at once, at most. */
    public int mostOpen() {
        return mostOpen.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        try (exchange) {
            String id =
                    JSON.readTree(exchange.getRequestBody()).path("MessageBody").asText();
            int die;
            synchronized (dice) {
                die = dice.nextInt(10);
            }
            byte[] body = ("{\"MessageId\": \"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
            // It takes its time, so that many meet there.
            LockSupport.parkNanos(1_000_000);
            // Whoever has an answer may ask again before this thread has done another thing.
            open.decrementAndGet();
            if (die < 5) {
                exchange.sendResponseHeaders(die < 3 ? 503 : 429, -1);
            } else if (die < 7) {
                exchange.sendResponseHeaders(200, 100);
                exchange.getResponseBody().write('{');
            } else {
                said.computeIfAbsent(id, first -> new AtomicInteger()).incrementAndGet();
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
