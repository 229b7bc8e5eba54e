package dev.reprise.bench;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The floor of everything durable: conditional puts of one item of 200 bytes after the other, with nothing of Reprise
 * in between.
 */
final class Puts {

    private static final AttributeValue RESULT = AttributeValue.fromS("x".repeat(200));

    private final DynamoDbClient client;
    private final String table;

    Puts(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    double milliseconds(int puts) {
        return milliseconds(puts, RESULT);
    }

    double milliseconds(int puts, AttributeValue result) {
        long start = System.nanoTime();
        for (int number = 0; number < puts; number++) {
            Map<String, AttributeValue> item = Map.of(
                    "pk", AttributeValue.fromS("floor"),
                    "sk", AttributeValue.fromS(start + "#" + number),
                    "result", result);
            client.putItem(
                    request -> request.tableName(table).item(item).conditionExpression("attribute_not_exists(sk)"));
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
