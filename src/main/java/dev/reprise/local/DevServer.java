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

    private final HttpServer server;
    private final AtomicReference<BiConsumer<HttpExchange, String>> current;

    private DevServer(HttpServer server, AtomicReference<BiConsumer<HttpExchange, String>> current) {
        this.server = server;
        this.current = current;
    }

    /**
     * Begins to serve. What comes before there is an application waits for it.
     *
     * @param port where; when it is in use, the first one free after it, and the log says so
     * @throws UncheckedIOException when none is free
     */
    public static DevServer start(int port) {
        AtomicReference<BiConsumer<HttpExchange, String>> current = new AtomicReference<>();
        HttpServer server = listen(port);
        LoopbackServer.serve(server, new FirstHandler(current));
        return new DevServer(server, current);
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

    /** Hands each request to who answers now. Of the classes that are loaded with it, it is the only one to stay in use. */
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
                ? new DevServer((HttpServer) parts[0], (AtomicReference<BiConsumer<HttpExchange, String>>) parts[1])
                : null;
    }

    /** This server as another application can take it up, made of types of the JDK. */
    public Object kept() {
        return new Object[] {server, current};
    }

    /** Where it listens. */
    public int port() {
        return server.getAddress().getPort();
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
    }
}
