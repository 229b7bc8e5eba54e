package dev.reprise.journal;

import dev.reprise.journal.dynamodb.DynamoDbStore;
import dev.reprise.journal.dynamodb.DynamoDbTable;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.local.DynamoDbLocalExtension;

class DynamoDbStoreTest extends ExecutionStoreContract {
    @Override
    ExecutionStore newStore() {
        return newTable();
    }

    /** A store on a table that no other test has. */
    static ExecutionStore newTable() {
        String table = DynamoDbLocalExtension.newTableName();
        DynamoDbTable.create(DynamoDbLocalExtension.client(), table);
        return new DynamoDbStore(DynamoDbLocalExtension.client(), table);
    }
}
