package dev.reprise.cli.dev;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reprise.http.HttpEndpoint;
import dev.reprise.local.server.Exchanges;
import dev.reprise.local.server.LoopbackServer;
import dev.reprise.local.server.SameMachine;
import dev.reprise.workflow.WorkflowFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A function of this machine at its port. */
public final class LocalServer implements AutoCloseable {

    /** What runs is waited for so long when it is to end. */
    private static final int MILLIS_TO_REST = 300;

    private final HttpServer server;
    private final LocalFunction function;

    private LocalServer(HttpServer server, LocalFunction function) {
        this.server = server;
        this.function = function;
    }

    /**
     * Where what is not on this machine comes from, and goes to.
     *
     * @param repository a Maven repository; null for Maven Central
     */
    public record Downloads(@Nullable URI repository, Path cache) {}

    /**
     * Begins to serve. The port is taken before anything else is done.
     *
     * @param port where; 0 for any that is free
     * @param say takes what somebody should know who waits
     * @throws java.net.BindException when the port is in use
     * @throws IllegalStateException when DynamoDB Local cannot be had, or does not start
     */
    public static LocalServer start(int port, LocalOptions options, Downloads downloads, Consumer<String> say)
            throws IOException {
        HttpServer server = LoopbackServer.listen(port);
        try {
            SecureRandom random = new SecureRandom();
            // The longest of all, so it begins first.
            CompletableFuture<OpenStore> store = CompletableFuture.supplyAsync(() -> {
                if (options.store() instanceof Store.Kept) {
                    provide(downloads, say);
                }
                return options.store().open(random);
            });
            LocalFunction function = new LocalFunction(options, random);
            List<WorkflowFile> workflows = function.workflows().all();
            if (options.store() instanceof Store.Kept) {
                Store.warmUp();
            }
            SameMachine endpoint = new SameMachine(function.open(store.join()));
            WorkflowWatch.start(function.workflows(), workflows);
            LoopbackServer.serve(server, exchange -> answer(exchange, endpoint));
            return new LocalServer(server, function);
        } catch (CompletionException e) {
            server.stop(0);
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } catch (RuntimeException e) {
            server.stop(0);
            throw e;
        }
    }

    private static void answer(HttpExchange exchange, HttpEndpoint endpoint) throws IOException {
        Exchanges.send(exchange, endpoint.answer(Exchanges.read(exchange)));
    }

    private static void provide(Downloads downloads, Consumer<String> say) {
        URI url = downloads.repository() == null ? MavenRepository.CENTRAL : downloads.repository();
        new DynamoDbLocalFiles(
                        LocalFile.needed(),
                        onThisMachine(),
                        downloads.cache(),
                        () -> new MavenRepository(url, System.getenv()),
                        say)
                .provide();
    }

    private static List<Path> onThisMachine() {
        List<Path> repositories = new ArrayList<>();
        String told = System.getProperty("maven.repo.local");
        if (told != null) {
            repositories.add(Path.of(told));
        }
        repositories.add(Path.of(System.getProperty("user.home"), ".m2", "repository"));
        return repositories;
    }

    /** Where it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** What tells its user how to use it. */
    public String banner() {
        return function.banner(port());
    }

    /** Ends it, within a moment: what is not at rest by then goes on when it is started again. */
    @Override
    public void close() {
        server.stop(0);
        Thread closing = Thread.ofPlatform().daemon().name("end").start(function::close);
        try {
            closing.join(MILLIS_TO_REST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
