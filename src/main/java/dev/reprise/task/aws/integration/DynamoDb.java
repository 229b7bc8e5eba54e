package dev.reprise.task.aws.integration;

import dev.reprise.task.aws.LegacyErrors;

/**
 * {@code dynamodb}: one item read or written.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html">AWS, DynamoDB</a>
 */
final class DynamoDb {

    static final ServiceIntegration INTEGRATION = ServiceIntegration.of(
                    "dynamodb", new LegacyErrors("DynamoDB", "AmazonDynamoDBv2"))
            .with("getItem", Action.of("dynamodb", "getItem"))
            .with("putItem", Action.of("dynamodb", "putItem"))
            .with("updateItem", Action.of("dynamodb", "updateItem"))
            .with("deleteItem", Action.of("dynamodb", "deleteItem"));

    private DynamoDb() {}
}
