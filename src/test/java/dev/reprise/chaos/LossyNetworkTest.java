package dev.reprise.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.journal.dynamodb.DynamoDbTable;
import dev.reprise.local.DynamoDbLocalExtension;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A Map over a network on which one request in five meets with trouble comes to the end that it comes to without. */
@ExtendWith(DynamoDbLocalExtension.class)
class LossyNetworkTest {

    private static final long SEED = Long.getLong("network-seed", System.nanoTime());

    @Test
    @Timeout(120)
    void everyItemIsDoneOnceAndNothingIsLost(
            DynamoDbClient direct, URI endpoint, @DynamoDbLocalExtension.TableName String table) throws IOException {
        DynamoDbTable.create(direct, table);
        List<String> begun = new CopyOnWriteArrayList<>();
        try (LossyNetwork network = new LossyNetwork(endpoint, 0.2, SEED);
                DynamoDbClient client = Table.client(network.endpoint())) {
            SquaringEngine engine = new SquaringEngine(
                    Table.store(client, table), call -> begun.add(call.context().idempotencyKey()));

            engine.run("lossy");

            System.out.printf("chaos -Dnetwork-seed=%d %s%n", SEED, network.fates());
            assertThat(network.fates()).containsOnlyKeys(LossyNetwork.Fate.values());
        }
        new Witnessed(Table.store(direct, table), "lossy").endedWell();
        assertThat(begun).hasSize(Squares.ITEMS).doesNotHaveDuplicates();
    }
}
