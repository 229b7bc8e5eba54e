package dev.reprise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import dev.reprise.local.server.Exchanges;
import dev.reprise.local.server.LoopbackServer;
import dev.reprise.local.server.SameMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server of this machine that signs what a Step Functions client asks, and passes it on. A client's own signature is
 * dropped: it is for another service, and may be by credentials that are none. Thread-safe.
 */
final class SigningProxy implements AutoCloseable {

    /** Requests under way. Each worker of an activity holds one for a minute. */
    static final int MOST_AT_ONCE = 128;

    /** What API Gateway takes; a Function URL takes 6 MB. */
    static final int LARGEST_BODY = 10 * 1024 * 1024;

    private static final int LARGEST_REFUSAL = 64 * 1024;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** A little more than a function has. */
    private static final Duration TIMEOUT = Duration.ofMinutes(16);

    /** How long those under way may go on when the proxy ends. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** What is passed on of a request; the rest is the client's own affair with whom it believes to be there. */
    private static final List<String> PASSED_ON = List.of(
            "Content-Type",
            "X-Amz-Target",
            "Accept",
            "User-Agent",
            "X-Amz-User-Agent",
            "Amz-Sdk-Invocation-Id",
            "Amz-Sdk-Request");

    /** What is not passed on of an answer: it is between two ends of one connection, or for browsers. */
    private static final Set<String> HELD_BACK = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-length",
            "date",
            "set-cookie");

    private final URI endpoint;
    private final Signing signing;
    private final Consumer<String> log;
    private final HttpServer server;
    private final SameMachine sameMachine = new SameMachine(call -> {
        throw new IllegalStateException("Only refusals are asked for");
    });
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** Read and written by any thread. */
    private volatile boolean ending;

    /** What was logged last, not to say it again for each of a thousand requests. Read and written by any thread. */
    private volatile String logged = "";

    private SigningProxy(HttpServer server, URI endpoint, Signing signing, Consumer<String> log) {
        this.server = server;
        this.endpoint = endpoint;
        this.signing = signing;
        this.log = log;
    }

    /**
     * Begins to serve.
     *
     * @param port where; 0 for any port that is free
     * @param log takes a line for what its user should look at
     * @throws java.net.BindException when the port is in use
     */
    static SigningProxy start(int port, URI endpoint, Signing signing, Consumer<String> log) throws IOException {
        HttpServer server = LoopbackServer.listen(port);
        SigningProxy proxy = new SigningProxy(server, endpoint, signing, log);
        LoopbackServer.serve(server, proxy::handle);
        return proxy;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        HttpCall call = withoutBody(exchange);
        HttpAnswer refusal = refusal(call);
        if (refusal != null) {
            Exchanges.send(exchange, refusal);
        } else if (!free.tryAcquire()) {
            Exchanges.send(exchange, error(429, "ThrottlingException", "More than " + MOST_AT_ONCE + " at once"));
        } else {
            try {
                passOn(exchange, call);
            } finally {
                free.release();
            }
        }
    }

    private static HttpCall withoutBody(HttpExchange exchange) {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        String path = exchange.getRequestURI().getRawPath();
        return new HttpCall(exchange.getRequestMethod(), path == null ? "/" : path, "", headers, new byte[0]);
    }

    private @Nullable HttpAnswer refusal(HttpCall call) {
        HttpAnswer foreign = sameMachine.refusal(call);
        if (foreign != null) {
            return foreign;
        }
        String target = call.header("X-Amz-Target");
        if (!call.method().equals("POST") || target == null || !target.startsWith("AWSStepFunctions.")) {
            return error(
                    404,
                    "UnknownOperationException",
                    "Requests of Step Functions clients are signed here, and passed on to " + endpoint
                            + ": POST with X-Amz-Target: AWSStepFunctions.ACTION");
        }
        return ending ? error(503, "ServiceUnavailableException", "The proxy is ending") : null;
    }

    private void passOn(HttpExchange exchange, HttpCall call) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            Exchanges.send(
                    exchange,
                    error(413, "RequestEntityTooLargeException", "A request has at most " + LARGEST_BODY + " bytes"));
            return;
        }
        HttpResponse<InputStream> response;
        try {
            response = http.send(request(call, body), HttpResponse.BodyHandlers.ofInputStream());
        } catch (CommandException e) {
            say(String.valueOf(e.getMessage()));
            Exchanges.send(exchange, error(403, "UnrecognizedClientException", String.valueOf(e.getMessage())));
            return;
        } catch (HttpTimeoutException e) {
            Exchanges.send(exchange, unavailable(504, endpoint + " gives no answer: " + e.getMessage()));
            return;
        } catch (IOException e) {
            Exchanges.send(exchange, unavailable(502, "Nothing answers at " + endpoint + ": " + e));
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Exchanges.send(exchange, unavailable(502, "The proxy is ending"));
            return;
        }
        try (InputStream in = response.body()) {
            answer(exchange, response, in);
        }
    }

    private HttpRequest request(HttpCall call, byte[] body) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : PASSED_ON) {
            String value = call.header(name);
            if (value != null) {
                headers.put(name, List.of(value));
            }
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint).timeout(TIMEOUT).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        signing.sign(endpoint, headers, body)
                .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        return request.build();
    }

    private void answer(HttpExchange exchange, HttpResponse<InputStream> response, InputStream in) throws IOException {
        response.headers().map().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!lower.startsWith("access-control-") && !HELD_BACK.contains(lower)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        int status = response.statusCode();
        if (status == 401 || status == 403) {
            byte[] told = in.readNBytes(LARGEST_REFUSAL);
            say("Not let through: " + Forbidden.advice(signing, "", new String(told, UTF_8)));
            exchange.sendResponseHeaders(status, told.length == 0 ? -1 : told.length);
            exchange.getResponseBody().write(told);
            exchange.close();
            return;
        }
        long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        // The JDK's server takes 0 for a length that is not known, and -1 for none.
        exchange.sendResponseHeaders(status, length > 0 ? length : length == 0 || status == 204 ? -1 : 0);
        copy(in, exchange.getResponseBody());
        exchange.close();
    }

    /** Each piece as it comes. */
    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] piece = new byte[16 * 1024];
        while (true) {
            int count;
            try {
                count = in.read(piece);
            } catch (IOException e) {
                // Not as an IOException, for which the answer would be ended as if it were whole.
                throw new UncheckedIOException(e);
            }
            if (count < 0) {
                return;
            }
            out.write(piece, 0, count);
            out.flush();
        }
    }

    private HttpAnswer unavailable(int status, String message) {
        say(message);
        return error(status, "ServiceUnavailableException", message);
    }

    /** An error as clients of the JSON protocols read it. */
    private static HttpAnswer error(int status, String type, String message) {
        return HttpAnswer.text(
                status,
                "application/x-amz-json-1.0",
                StepFunctionsClient.object()
                        .put("__type", "com.amazon.coral.service#" + type)
                        .put("message", message)
                        .toString());
    }

    private void say(String message) {
        if (!message.equals(logged)) {
            logged = message;
            log.accept(message);
        }
    }

    /** Takes no more, gives those under way two seconds, and ends. */
    @Override
    public void close() {
        ending = true;
        try {
            if (free.tryAcquire(MOST_AT_ONCE, GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                free.release(MOST_AT_ONCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        http.shutdownNow();
    }
}
