package dev.reprise.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one DynamoDB Local of this JVM, whichever class loader asks for it: Quarkus loads the application anew at each
 * live reload and for each test profile, and the tables must outlive that.
 *
 * <p>It ends with the JVM, after everything else: nothing closes it earlier, so that an application that shuts down can
 * still write. When it ends before, be it killed, another takes its place, at the same address and with the same data,
 * unless these are gone with it.
 */
public final class SharedDynamoDbLocal {

    private static final Logger LOG = Logger.getLogger("reprise");

    private static final String PROPERTY = "reprise.dynamodb-local.running.";

    /** One that ends so often is not helped by another. */
    private static final int MOST_RESTARTS = 5;

    private SharedDynamoDbLocal() {}

    /**
     * The endpoint of the one that keeps its data in the folder, or in memory if there is none; started if need be.
     *
     * @throws IllegalStateException if it does not start
     */
    public static URI endpoint(Optional<Path> folder) {
        String property = property(folder);
        // A lock and a map that all class loaders share: the properties themselves.
        synchronized (System.getProperties()) {
            String running = System.getProperty(property);
            if (running != null && isAlive(running)) {
                return address(running);
            }
            DynamoDbLocal started = folder.map(DynamoDbLocal::in).orElseGet(DynamoDbLocal::inMemory);
            keep(started, folder);
            System.setProperty(property, started.pid() + " " + started.endpoint());
            return started.endpoint();
        }
    }

    private static String property(Optional<Path> folder) {
        return PROPERTY
                + folder.map(path -> path.toAbsolutePath().normalize().toString())
                        .orElse("memory");
    }

    private static URI address(String running) {
        return URI.create(running.substring(running.indexOf(' ') + 1));
    }

    private static boolean isAlive(String running) {
        long pid = Long.parseLong(running.substring(0, running.indexOf(' ')));
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Holds the pipe to the child: it would be closed, and the child end, if it were garbage-collected. */
    private static void keep(DynamoDbLocal started, Optional<Path> folder) {
        Thread.ofPlatform().daemon().name("dynamodb-local").start(() -> watch(started, folder));
    }

    private static void watch(DynamoDbLocal started, Optional<Path> folder) {
        DynamoDbLocal running = started;
        for (int restarts = 0; restarts < MOST_RESTARTS; restarts++) {
            running.awaitEnd();
            DynamoDbLocal next = folder.isEmpty() ? null : restarted(running, folder.get());
            if (next == null) {
                return;
            }
            running = next;
        }
        running.awaitEnd();
        LOG.errorf(
                "DynamoDB Local has ended %d times, and is not started any more. End dev mode, and start it again",
                MOST_RESTARTS + 1);
    }

    private static @Nullable DynamoDbLocal restarted(DynamoDbLocal ended, Path folder) {
        String trouble = LocalData.trouble(folder);
        if (trouble != null) {
            LOG.errorf("DynamoDB Local has ended. %s", trouble);
            return null;
        }
        try {
            DynamoDbLocal next = DynamoDbLocal.in(folder, ended.endpoint().getPort());
            synchronized (System.getProperties()) {
                System.setProperty(property(Optional.of(folder)), next.pid() + " " + next.endpoint());
            }
            LOG.warnf("DynamoDB Local had ended, and was started again over the data in %s", folder);
            return next;
        } catch (RuntimeException e) {
            LOG.errorf("DynamoDB Local has ended, and cannot be started again. %s", e.getMessage());
            return null;
        }
    }
}
