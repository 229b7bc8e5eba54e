package dev.reprise.task.aws.client;

import dev.reprise.task.aws.protocol.WireAnswer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over HTTP, each on the thread that asks, over a bounded number of connections: who comes when all are
 * busy waits for one. An interrupt gives the request up. Thread-safe.
 *
 * <p>It is the JDK's client, and not the AWS SDK's over {@code URLConnection}, for that one knows no {@code PATCH}, and
 * cannot be interrupted. It is made when it is first used.
 */
public final class Connections implements AutoCloseable {

    /** A function has 1,024 descriptors for everything. */
    public static final int MOST = 50;

    /**
     * To services that work until they answer, so that nobody else waits for them: as many as a function has threads
     * for tasks.
     */
    static final int MOST_SLOW = 200;

    private static final int MOST_AUTHORITIES = 5;

    /**
     * So long after the last request no connection is used again: who was frozen meanwhile, as Lambda does, has not
     * seen the other side hang up, and a request that is sent once only would fail by that.
     */
    private static final Duration IDLE = Duration.ofSeconds(20);

    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** How many idle connections are kept; read by the JDK's client when its first connection becomes idle. */
    private static final String KEPT = "jdk.httpclient.connectionPoolSize";

    private final Semaphore free = new Semaphore(MOST, true);
    private final Semaphore freeForSlow = new Semaphore(MOST_SLOW, true);
    private final int largestAnswer;
    private final InstantSource clock;
    private @Nullable HttpClient client;

    /** When a request was last begun or over. Guarded by this. */
    private Instant lastUsed = Instant.EPOCH;

    /** Those for servers that few trust, the one that was used longest ago first. Guarded by this. */
    private final Map<TrustedAuthority, HttpClient> trusting = new LinkedHashMap<>(16, 0.75f, true);

    /** @param largestAnswer in bytes; a larger one is given up */
    public Connections(int largestAnswer) {
        this(largestAnswer, InstantSource.system());
    }

    /** @param clock that goes on while the process is frozen */
    Connections(int largestAnswer, InstantSource clock) {
        this.largestAnswer = largestAnswer;
        this.clock = clock;
    }

    private synchronized HttpClient client(@Nullable TrustedAuthority trusted) {
        if (Duration.between(lastUsed, clock.instant()).compareTo(IDLE) > 0) {
            hangUp();
        }
        lastUsed = clock.instant();
        if (trusted != null) {
            HttpClient made = trusting.computeIfAbsent(
                    trusted, first -> newClient().sslContext(trusted.context()).build());
            if (trusting.size() > MOST_AUTHORITIES) {
                // What it sends goes on; the JDK's client ends by itself when nobody holds it any more.
                trusting.remove(trusting.keySet().iterator().next());
            }
            return made;
        }
        HttpClient made = client;
        if (made == null) {
            made = newClient().build();
            client = made;
        }
        return made;
    }

    /** What is under way goes on. */
    private void hangUp() {
        if (client != null) {
            client.shutdown();
            client = null;
        }
        trusting.values().forEach(HttpClient::shutdown);
        trusting.clear();
    }

    private synchronized void used() {
        lastUsed = clock.instant();
    }

    private static HttpClient.Builder newClient() {
        if (System.getProperty(KEPT) == null) {
            System.setProperty(KEPT, Integer.toString(MOST));
        }
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
    }

    WireAnswer send(HttpRequest request, Duration patience) throws IOException, InterruptedException {
        return send(request, patience, null);
    }

    /** Sends a request whose answer may take as long as somebody's work, and reads the whole answer. */
    WireAnswer sendToSlow(HttpRequest request, Duration patience) throws IOException, InterruptedException {
        return send(freeForSlow, request, patience, null);
    }

    /**
     * Sends a request, and reads the whole answer.
     *
     * @param patience for a free connection and the answer together
     * @param trusted who has signed the server's certificate; null for anybody whom Java trusts
     * @throws IOException when there is no whole answer in that time
     * @throws InterruptedException when this thread was interrupted; the request may have been carried out
     */
    WireAnswer send(HttpRequest request, Duration patience, @Nullable TrustedAuthority trusted)
            throws IOException, InterruptedException {
        return send(free, request, patience, trusted);
    }

    private WireAnswer send(
            Semaphore places, HttpRequest request, Duration patience, @Nullable TrustedAuthority trusted)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException("No connection was free within " + patience);
        }
        try {
            return exchange(client(trusted), request, until - System.nanoTime(), patience);
        } finally {
            used();
            places.release();
        }
    }

    private WireAnswer exchange(HttpClient sender, HttpRequest request, long nanoseconds, Duration patience)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                sender.sendAsync(request, head -> new BoundedBody(largestAnswer));
        try {
            HttpResponse<byte[]> response = exchange.get(nanoseconds, TimeUnit.NANOSECONDS);
            return new WireAnswer(response.statusCode(), response.headers().map(), response.body());
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new IOException("No answer came within " + patience, e);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException("The request failed: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
            client = null;
        }
        trusting.values().forEach(HttpClient::shutdownNow);
        trusting.clear();
    }
}
