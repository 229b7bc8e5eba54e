package dev.reprise.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import dev.reprise.http.HttpEndpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves an endpoint on a free port of the loopback interface, for tests and measurements. */
public final class LoopbackServer implements AutoCloseable {

    static {
        // Without it, the JDK's server lets an answer wait for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    public LoopbackServer(HttpEndpoint endpoint) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, endpoint));
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, HttpEndpoint endpoint) throws IOException {
        try (exchange) {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
            HttpAnswer answer = endpoint.answer(new HttpCall(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    "",
                    headers,
                    exchange.getRequestBody().readAllBytes()));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = ((HttpAnswer.Bytes) answer.body()).bytes();
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
