package dev.reprise.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The one DynamoDB Local of this JVM, whichever class loader asks for it: Quarkus loads the application anew at each
 * live reload and for each test profile, and the tables must outlive that.
 *
 * <p>It ends with the JVM, after everything else: nothing closes it earlier, so that an application that shuts down can
 * still write.
 */
public final class SharedDynamoDbLocal {

    private static final String PROPERTY = "reprise.dynamodb-local.running.";

    private SharedDynamoDbLocal() {}

    /**
     * The endpoint of the one that keeps its data in the folder, or in memory if there is none; started if need be.
     *
     * @throws IllegalStateException if it does not start
     */
    public static URI endpoint(Optional<Path> folder) {
        String property = PROPERTY
                + folder.map(path -> path.toAbsolutePath().normalize().toString())
                        .orElse("memory");
        // A lock and a map that all class loaders share: the properties themselves.
        synchronized (System.getProperties()) {
            String running = System.getProperty(property);
            if (running != null && isAlive(running)) {
                return URI.create(running.substring(running.indexOf(' ') + 1));
            }
            DynamoDbLocal started = folder.map(DynamoDbLocal::in).orElseGet(DynamoDbLocal::inMemory);
            keep(started);
            System.setProperty(property, started.pid() + " " + started.endpoint());
            return started.endpoint();
        }
    }

    private static boolean isAlive(String running) {
        long pid = Long.parseLong(running.substring(0, running.indexOf(' ')));
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Holds the pipe to the child: it would be closed, and the child end, if it were garbage-collected. */
    private static void keep(DynamoDbLocal started) {
        Thread.ofPlatform().daemon().name("dynamodb-local").start(started::awaitEnd);
    }
}
