package dev.reprise.journal;

import dev.reprise.journal.store.ExecutionStore;

class DynamoDbJournalTest extends JournalContract {
    @Override
    ExecutionStore newStore() {
        return DynamoDbStoreTest.newTable();
    }
}
