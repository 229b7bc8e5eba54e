package dev.reprise.local.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.reprise.http.HttpEndpoint;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * A server of HTTP that this machine alone can reach, at 127.0.0.1.
 *
 * <p>Each request has a thread of its own, for it may last as long as an execution does. These are platform threads: an
 * endless loop in a workflow shares the processor with the others, where it would keep a virtual thread's carrier for
 * itself, and few of them would silence the server.
 */
public final class LoopbackServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LoopbackServer.class);

    /** Requests that wait to be accepted. */
    private static final int BACKLOG = 512;

    /** So many ports are tried after the one that was asked for. */
    private static final int FURTHER_PORTS = 20;

    private static final int LAST_PORT = 65_535;

    static {
        // The JDK reads these once, before its first server is made. An answer's head and body are two writes: with
        // Nagle's algorithm the second waits for the client's delayed acknowledgement, 40 ms.
        setUnlessSet("sun.net.httpserver.nodelay", "true");
        // Seconds for a request to arrive, so that a client which sends nothing more holds no thread for ever.
        setUnlessSet("sun.net.httpserver.maxReqTime", "60");
        setUnlessSet("jdk.httpserver.maxConnections", "2000");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private final HttpServer server;

    private LoopbackServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Begins to serve.
     *
     * @param port where; 0 for any port that is free
     * @param endpoint answers what {@link SameMachine} lets through
     * @throws BindException when the port is in use
     */
    public static LoopbackServer start(int port, HttpEndpoint endpoint) throws IOException {
        HttpServer server = listen(port);
        HttpEndpoint guarded = new SameMachine(endpoint);
        serve(server, exchange -> Exchanges.send(exchange, guarded.answer(Exchanges.read(exchange))));
        return new LoopbackServer(server);
    }

    /**
     * A server of the JDK that listens, and serves nothing yet.
     *
     * @param port where; 0 for any port that is free
     * @throws BindException when the port is in use
     */
    public static HttpServer listen(int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(loopback(), port), BACKLOG);
    }

    /**
     * The same on that port, or the first one free after it.
     *
     * @throws BindException when all of these are in use
     */
    public static HttpServer listenFrom(int port) throws IOException {
        BindException inUse = null;
        for (int next = port; next <= Math.min(port + FURTHER_PORTS, LAST_PORT); next++) {
            try {
                return listen(next);
            } catch (BindException e) {
                inUse = inUse == null ? e : inUse;
            }
        }
        throw inUse == null ? new BindException("There is no port " + port) : inUse;
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address of four bytes is none", e);
        }
    }

    /** Has a server serve; the handler ends each exchange. */
    public static void serve(HttpServer server, HttpHandler handler) {
        server.createContext("/", exchange -> handle(handler, exchange));
        server.setExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("request-", 1).factory()));
        server.start();
    }

    private static void handle(HttpHandler handler, HttpExchange exchange) throws IOException {
        try {
            handler.handle(exchange);
        } catch (Exchanges.TooLargeException e) {
            Exchanges.send(exchange, Refusals.of(413, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            LOG.debugf(e, "A client has gone before it had its answer");
            exchange.close();
        }
    }

    /** Where it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Ends it at once, whatever is under way. */
    @Override
    public void close() {
        server.stop(0);
    }
}
