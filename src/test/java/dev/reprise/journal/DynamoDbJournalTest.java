package dev.reprise.journal;

class DynamoDbJournalTest extends JournalContract {
    @Override
    ExecutionStore newStore() {
        return DynamoDbStoreTest.newTable();
    }
}
