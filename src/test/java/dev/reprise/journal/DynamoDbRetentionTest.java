package dev.reprise.journal;

import dev.reprise.journal.store.ExecutionStore;

class DynamoDbRetentionTest extends RetentionContract {
    @Override
    ExecutionStore newStore() {
        return DynamoDbStoreTest.newTable();
    }

    @Override
    int requestsBetweenOvertakings() {
        return 4;
    }
}
