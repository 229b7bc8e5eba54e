package dev.reprise.cli.dev;

import dev.reprise.journal.dynamodb.DynamoDbStore;
import dev.reprise.journal.store.RetryingStore;
import dev.reprise.local.DynamoDbLocal;
import dev.reprise.local.LocalData;
import dev.reprise.local.SharedDynamoDbLocal;
import dev.reprise.testing.InMemoryStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Where executions are kept. */
public sealed interface Store {

    /** In this process: they end with it. */
    record InMemory() implements Store {}

    /**
     * By DynamoDB Local, a child of this process.
     *
     * @param folder where its data are
     */
    record Kept(Path folder) implements Store {}

    /**
     * Has it ready.
     *
     * @throws IllegalStateException when DynamoDB Local does not start
     */
    default OpenStore open(RandomGenerator random) {
        return switch (this) {
            case InMemory memory -> new OpenStore(new InMemoryStore(), null);
            case Kept kept -> {
                DynamoDbClient client =
                        DynamoDbLocal.newClient(SharedDynamoDbLocal.endpoint(Optional.of(kept.folder())));
                yield new OpenStore(new RetryingStore(new DynamoDbStore(client, OpenStore.TABLE), random), client);
            }
        };
    }

    /** Makes a client that asks nobody: its classes are there by the time that DynamoDB Local has started. */
    static void warmUp() {
        DynamoDbLocal.newClient(URI.create("http://127.0.0.1:1")).close();
    }

    /** What can be seen to be wrong with it; null when nothing can. */
    default @Nullable String trouble() {
        return this instanceof Kept kept ? LocalData.trouble(kept.folder()) : null;
    }
}
