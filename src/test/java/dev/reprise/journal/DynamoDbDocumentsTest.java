package dev.reprise.journal;

import dev.reprise.journal.store.ExecutionStore;

class DynamoDbDocumentsTest extends DocumentStoreContract {
    @Override
    ExecutionStore newStore() {
        return DynamoDbStoreTest.newTable();
    }
}
