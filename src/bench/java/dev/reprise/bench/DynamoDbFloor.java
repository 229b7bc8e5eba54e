package dev.reprise.bench;

import dev.reprise.local.DynamoDbLocal;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * What DynamoDB Local itself takes, with nothing of Reprise in between: the durable figures are to be seen against it.
 */
final class DynamoDbFloor implements Measurement {

    private static final int PUTS = 1_000;
    private static final String TABLE = "floor";

    @Override
    public String name() {
        return "dynamodb-local";
    }

    @Override
    public void run(Report report) {
        try (DynamoDbLocal server = DynamoDbLocal.inMemory();
                DynamoDbClient client = server.newClient()) {
            createTable(client);
            Puts puts = new Puts(client, TABLE);
            puts.milliseconds(PUTS);
            report.figure("1000-sequential-puts", puts.milliseconds(PUTS), "ms");
            // As large as a thousand results of 200 bytes in one segment.
            AttributeValue segment = AttributeValue.fromS("x".repeat(200 * PUTS));
            puts.milliseconds(50, segment);
            report.figure("one-put-of-200-kb", puts.milliseconds(50, segment) / 50, "ms");
        }
    }

    private static void createTable(DynamoDbClient client) {
        client.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(List.of(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)))
                .attributeDefinitions(List.of(text("pk"), text("sk"))));
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }
}
