package dev.reprise.task.aws.client;

import dev.reprise.task.aws.protocol.WireAnswer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
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

    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** How many idle connections are kept; read by the JDK's client when its first connection becomes idle. */
    private static final String KEPT = "jdk.httpclient.connectionPoolSize";

    private final Semaphore free = new Semaphore(MOST, true);
    private final int largestAnswer;
    private @Nullable HttpClient client;

    /** @param largestAnswer in bytes; a larger one is given up */
    public Connections(int largestAnswer) {
        this.largestAnswer = largestAnswer;
    }

    private synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            if (System.getProperty(KEPT) == null) {
                System.setProperty(KEPT, Integer.toString(MOST));
            }
            made = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .build();
            client = made;
        }
        return made;
    }

    /**
     * Sends a request, and reads the whole answer.
     *
     * @param patience for a free connection and the answer together
     * @throws IOException when there is no whole answer in that time
     * @throws InterruptedException when this thread was interrupted; the request may have been carried out
     */
    WireAnswer send(HttpRequest request, Duration patience) throws IOException, InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        if (!free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException("No connection was free within " + patience);
        }
        try {
            return exchange(request, until - System.nanoTime(), patience);
        } finally {
            free.release();
        }
    }

    private WireAnswer exchange(HttpRequest request, long nanoseconds, Duration patience)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client().sendAsync(request, head -> new BoundedBody(largestAnswer));
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
    }
}
