package dev.reprise.nativetests.peers;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Passes on what a function asks of services, unchanged, and keeps an account of it. It may do something when a service
 * has answered and the function has not heard it yet: the worst moment to kill the caller.
 */
public final class Witness implements AutoCloseable {

    private static final String ENDPOINT = "AWS_ENDPOINT_URL_";

    /** What concerns one connection only, or is made anew by the client. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade", "http2-settings");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<AwsCall> calls = new CopyOnWriteArrayList<>();
    private final List<Moment> moments = new CopyOnWriteArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();

    /** A call at which something is done. */
    private record Moment(Predicate<AwsCall> which, AtomicInteger left, Runnable action) {}

    /** Stands before a service; gives the address to call it by. */
    public URI before(URI service) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> handle(exchange, service));
            server.start();
            servers.add(server);
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on loopback", e);
        }
    }

    /** Stands before each service whose address these settings name. */
    public FunctionSettings between(FunctionSettings settings) {
        FunctionSettings watched = settings;
        for (Map.Entry<String, String> variable : settings.environment().entrySet()) {
            if (variable.getKey().startsWith(ENDPOINT)) {
                watched = watched.with(
                        variable.getKey(),
                        before(URI.create(variable.getValue())).toString());
            }
        }
        return watched;
    }

    /**
     * Does something once a call of a kind has been answered, before the caller hears of it.
     *
     * @param number 1 for the first such call from now on
     */
    public void uponAnswer(Predicate<AwsCall> which, int number, Runnable action) {
        moments.add(new Moment(which, new AtomicInteger(number), action));
    }

    /** All calls so far, in the order in which they came. */
    public List<AwsCall> calls() {
        return List.copyOf(calls);
    }

    /** Calls of an action, asked of something whose ARN ends so. */
    public List<AwsCall> calls(String action, String resource) {
        return calls.stream().filter(call -> call.is(action, resource)).toList();
    }

    /** Waits until every call has had its answer, also those whose caller has died. */
    public void awaitQuiet(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (underWay.get() > 0) {
            if (System.nanoTime() > until) {
                throw new AssertionError(underWay.get() + " calls are under way after " + patience);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        client.shutdownNow();
    }

    private void handle(HttpExchange exchange, URI service) throws IOException {
        underWay.incrementAndGet();
        try (exchange) {
            byte[] content = exchange.getRequestBody().readAllBytes();
            AwsCall call = AwsCall.of(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    exchange.getRequestHeaders().getFirst("X-Amz-Target"),
                    content);
            calls.add(call);
            HttpResponse<byte[]> answer =
                    client.send(request(exchange, service, content), HttpResponse.BodyHandlers.ofByteArray());
            for (Moment moment : moments) {
                if (moment.which.test(call) && moment.left.decrementAndGet() == 0) {
                    moment.action.run();
                }
            }
            answer.headers().map().forEach((name, values) -> {
                if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            int length = answer.body().length;
            exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.decrementAndGet();
        }
    }

    private static HttpRequest request(HttpExchange exchange, URI service, byte[] content) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        service.resolve(exchange.getRequestURI().toString()))
                .method(
                        exchange.getRequestMethod(),
                        content.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(content));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }
}
