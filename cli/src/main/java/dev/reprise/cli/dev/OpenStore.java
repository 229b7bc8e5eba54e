package dev.reprise.cli.dev;

import dev.reprise.journal.dynamodb.DynamoDbTable;
import dev.reprise.journal.store.ExecutionStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A store that can be asked.
 *
 * @param client by which it asks; null when it needs none
 */
record OpenStore(ExecutionStore store, @Nullable DynamoDbClient client) implements AutoCloseable {

    static final String TABLE = "reprise";

    /** Makes the table where there is none. */
    void makeTable() {
        if (client != null) {
            DynamoDbTable.create(client, TABLE);
        }
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
