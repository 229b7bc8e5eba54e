package dev.reprise.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A way to a server on which much goes wrong: connections break before a request gets through, requests are late, and
 * answers are cut off after the request was carried out. It knows nothing of HTTP: what a client sends at once counts
 * as one request.
 */
final class LossyNetwork implements AutoCloseable {

    /** What becomes of a request. */
    enum Fate {
        ARRIVES,
        /** The connection breaks first. */
        LOST,
        /** It takes a while. */
        LATE,
        /** It is carried out, and the connection breaks within the answer. */
        ANSWER_CUT
    }

    private static final int LONGEST_DELAY_MILLIS = 100;

    private final ServerSocket listener;
    private final URI server;
    private final double trouble;

    /** Guarded by this, as is {@link #fates}. */
    private final SplittableRandom random;

    private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);

    /** @param trouble how many of all requests meet with it, 0 to 1 */
    LossyNetwork(URI server, double trouble, long seed) throws IOException {
        this.server = server;
        this.trouble = trouble;
        this.random = new SplittableRandom(seed);
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Where clients reach the server by this way. */
    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** How often each of them has happened. */
    synchronized Map<Fate, Integer> fates() {
        return new EnumMap<>(fates);
    }

    private synchronized Fate draw() {
        Fate fate = random.nextDouble() >= trouble ? Fate.ARRIVES : Fate.values()[random.nextInt(1, 4)];
        fates.merge(fate, 1, Integer::sum);
        return fate;
    }

    private synchronized int delay() {
        return random.nextInt(1, LONGEST_DELAY_MILLIS + 1);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                // It is closed.
                return;
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket behind = new Socket(server.getHost(), server.getPort())) {
            Connection connection = new Connection(client, behind);
            Thread.ofVirtual().start(connection::answers);
            connection.requests();
        } catch (IOException e) {
            // One of both has broken it off, which is what connections here do.
        }
    }

    private final class Connection {

        private final Socket client;
        private final Socket behind;
        private volatile boolean answerIsCut;

        Connection(Socket client, Socket behind) {
            this.client = client;
            this.behind = behind;
        }

        void requests() throws IOException {
            byte[] buffer = new byte[1 << 19];
            InputStream from = client.getInputStream();
            OutputStream to = behind.getOutputStream();
            for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
                switch (draw()) {
                    case ARRIVES -> {}
                    case LOST -> {
                        return;
                    }
                    case LATE -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delay()));
                    case ANSWER_CUT -> answerIsCut = true;
                }
                to.write(buffer, 0, length);
            }
        }

        void answers() {
            byte[] buffer = new byte[1 << 16];
            try (client;
                    behind) {
                InputStream from = behind.getInputStream();
                OutputStream to = client.getOutputStream();
                for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
                    to.write(buffer, 0, answerIsCut ? length / 2 : length);
                    if (answerIsCut) {
                        return;
                    }
                }
            } catch (IOException e) {
                // The request has broken the connection off.
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
