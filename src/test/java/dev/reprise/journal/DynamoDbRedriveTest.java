package dev.reprise.journal;

import dev.reprise.journal.store.ExecutionStore;

class DynamoDbRedriveTest extends RedriveContract {
    @Override
    ExecutionStore newStore() {
        return DynamoDbStoreTest.newTable();
    }
}
