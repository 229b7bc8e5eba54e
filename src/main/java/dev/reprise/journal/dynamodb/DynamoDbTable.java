package dev.reprise.journal.dynamodb;

import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Makes the table, for development and tests. In the cloud {@code infra/template.yaml} does. */
public final class DynamoDbTable {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private DynamoDbTable() {}

    /**
     * Makes a table of that name unless there is one, and waits until it can be used.
     *
     * @throws StoreUnavailableException when that cannot be done
     */
    public static void create(DynamoDbClient client, String table) {
        new DynamoDbCalls(client, table).call(() -> {
            try {
                client.createTable(request(table));
                client.updateTimeToLive(request -> request.tableName(table)
                        .timeToLiveSpecification(ttl ->
                                ttl.attributeName(JournalTable.EXPIRES_AT).enabled(true)));
            } catch (ResourceInUseException e) {
                // Somebody else made it, now or long ago: it may be older than the last index.
                addIndex(client, table);
            }
            return client.waiter()
                    .waitUntilTableExists(request -> request.tableName(table), wait -> wait.waitTimeout(LONGEST_WAIT));
        });
    }

    private static void addIndex(DynamoDbClient client, String table) {
        boolean isThere =
                client.describeTable(request -> request.tableName(table)).table().globalSecondaryIndexes().stream()
                        .anyMatch(index -> index.indexName().equals(JournalTable.BY_LABEL));
        if (!isThere) {
            GlobalSecondaryIndex index = index(JournalTable.BY_LABEL, JournalTable.LABEL, JournalTable.STARTED_AT);
            client.updateTable(request -> request.tableName(table)
                    .attributeDefinitions(
                            attribute(JournalTable.LABEL, ScalarAttributeType.S),
                            attribute(JournalTable.STARTED_AT, ScalarAttributeType.N))
                    .globalSecondaryIndexUpdates(List.of(GlobalSecondaryIndexUpdate.builder()
                            .create(create -> create.indexName(index.indexName())
                                    .keySchema(index.keySchema())
                                    .projection(index.projection()))
                            .build())));
        }
    }

    private static CreateTableRequest request(String table) {
        return CreateTableRequest.builder()
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute(JournalTable.PK, ScalarAttributeType.S),
                        attribute(JournalTable.SK, ScalarAttributeType.S),
                        attribute(JournalTable.WORKFLOW, ScalarAttributeType.S),
                        attribute(JournalTable.STARTED_AT, ScalarAttributeType.N),
                        attribute(JournalTable.DUE, ScalarAttributeType.S),
                        attribute(JournalTable.DUE_AT, ScalarAttributeType.N),
                        attribute(JournalTable.LABEL, ScalarAttributeType.S))
                .keySchema(key(JournalTable.PK, KeyType.HASH), key(JournalTable.SK, KeyType.RANGE))
                .globalSecondaryIndexes(
                        index(JournalTable.BY_WORKFLOW, JournalTable.WORKFLOW, JournalTable.STARTED_AT),
                        index(JournalTable.BY_DUE, JournalTable.DUE, JournalTable.DUE_AT),
                        index(JournalTable.BY_LABEL, JournalTable.LABEL, JournalTable.STARTED_AT))
                .build();
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static GlobalSecondaryIndex index(String name, String partitionKey, String sortKey) {
        return GlobalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(key(partitionKey, KeyType.HASH), key(sortKey, KeyType.RANGE))
                .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY))
                .build();
    }
}
