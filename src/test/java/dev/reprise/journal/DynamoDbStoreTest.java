package dev.reprise.journal;

import dev.reprise.local.DynamoDbLocalExtension;

class DynamoDbStoreTest extends ExecutionStoreContract {
    @Override
    ExecutionStore newStore() {
        String table = DynamoDbLocalExtension.newTableName();
        DynamoDbTable.create(DynamoDbLocalExtension.client(), table);
        return new DynamoDbStore(DynamoDbLocalExtension.client(), table);
    }
}
