package dev.reprise.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reprise.http.HttpCall;
import dev.reprise.http.HttpEndpoint;
import dev.reprise.local.server.LoopbackServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The server of dev mode. It outlives the applications that answer its requests: each change of code makes another,
 * whose classes the one before does not know. So what is kept from one to the next is made of the JDK's own types.
 */
public final class DevServer {

    private static final Logger LOG = Logger.getLogger("reprise");

    /** What the configuration calls the port. */
    public static final String PORT_OPTION = "reprise.dev.port";

    /** What the configuration calls the second port. */
    public static final String STEP_FUNCTIONS_PORT_OPTION = "reprise.dev.step-functions-port";

    private final HttpServer server;

    /** Listens where Step Functions Local does; null where another program has that port, or nobody wants it. */
    private final @Nullable HttpServer second;

    private final AtomicReference<BiConsumer<HttpExchange, String>> current;

    private DevServer(
            HttpServer server, @Nullable HttpServer second, AtomicReference<BiConsumer<HttpExchange, String>> current) {
        this.server = server;
        this.second = second;
        this.current = current;
    }

    /**
     * Begins to serve. What comes before there is an application waits for it.
     *
     * @param port where; when it is in use, the first one free after it, and the log says so
     * @param stepFunctionsPort where the same is answered as well, for clients that know the port of Step Functions
     *     Local; 0 for nowhere. When it is in use the log says so, and no other takes its place
     * @throws UncheckedIOException when no port is free
     */
    public static DevServer start(int port, int stepFunctionsPort) {
        AtomicReference<BiConsumer<HttpExchange, String>> current = new AtomicReference<>();
        HttpServer server = listen(port);
        HttpServer second = stepFunctionsPort == 0
                        || stepFunctionsPort == server.getAddress().getPort()
                ? null
                : listenToo(stepFunctionsPort, server.getAddress().getPort());
        FirstHandler handler = new FirstHandler(current);
        LoopbackServer.serve(server, handler);
        if (second != null) {
            LoopbackServer.serve(second, handler);
        }
        return new DevServer(server, second, current);
    }

    private static @Nullable HttpServer listenToo(int port, int first) {
        try {
            return LoopbackServer.listen(port);
        } catch (BindException e) {
            LOG.warnf(
                    "Port %d is in use by another program, so the Step Functions API is at port %d alone. To choose"
                            + " one, or 0 for none: ./mvnw quarkus:dev -D%s=%d",
                    port, first, STEP_FUNCTIONS_PORT_OPTION, port + 1);
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("Dev mode cannot listen on port " + port, e);
        }
    }

    private static HttpServer listen(int port) {
        try {
            HttpServer server = LoopbackServer.listenFrom(port);
            int found = server.getAddress().getPort();
            if (port != 0 && found != port) {
                LOG.warnf(
                        "Port %d is in use by another program, so dev mode listens on %d. To choose one:"
                                + " ./mvnw quarkus:dev -D%s=%d",
                        port, found, PORT_OPTION, found);
            }
            return server;
        } catch (BindException e) {
            throw new UncheckedIOException(
                    "Port " + port + " is in use, and so are those after it. Choose another: ./mvnw quarkus:dev -D"
                            + PORT_OPTION + "=9090",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("Dev mode cannot listen on port " + port, e);
        }
    }

    /**
     * Hands each request to who answers now. Of the classes that are loaded with it, it is the only one to stay in use.
     */
    private record FirstHandler(AtomicReference<BiConsumer<HttpExchange, String>> current)
            implements com.sun.net.httpserver.HttpHandler {

        @Override
        public void handle(HttpExchange exchange) {
            BiConsumer<HttpExchange, String> answering = current.get();
            for (int i = 0; answering == null && i < 600; i++) {
                try {
                    Thread.sleep(100);
                } catch (InterruptedException e) {
                    break;
                }
                answering = current.get();
            }
            if (answering == null) {
                exchange.close();
            } else {
                answering.accept(exchange, UUID.randomUUID().toString());
            }
        }
    }

    /** The one that an earlier application has {@linkplain #kept kept}; null when {@code kept} is none. */
    @SuppressWarnings("unchecked") // Of what the JDK's types hold, this class alone decides.
    public static @Nullable DevServer of(@Nullable Object kept) {
        return kept instanceof Object[] parts
                ? new DevServer((HttpServer) parts[0], (@Nullable HttpServer) parts[1], (AtomicReference<
                                BiConsumer<HttpExchange, String>>)
                        parts[2])
                : null;
    }

    /** This server as another application can take it up, made of types of the JDK. */
    public Object kept() {
        return new @Nullable Object[] {server, second, current};
    }

    /** Where it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Where clients of the Step Functions API are sent: its usual port, or the one for everything. */
    public int stepFunctionsPort() {
        return second == null ? port() : second.getAddress().getPort();
    }

    /**
     * From now on an application answers, until it is closed or another comes.
     *
     * @param seesCode which calls are to see code as it is now; the others are answered even while it cannot run
     * @param loader the application's
     */
    public ApplicationRequests answerBy(
            HttpEndpoint endpoint, Predicate<HttpCall> seesCode, CodeChanges changes, ClassLoader loader) {
        ApplicationRequests requests = new ApplicationRequests(current, endpoint, seesCode, changes, loader);
        current.set(requests);
        return requests;
    }

    /** Ends it. */
    public void close() {
        server.stop(0);
        if (second != null) {
            second.stop(0);
        }
    }
}
