package dev.reprise.journal;

class DynamoDbRetentionTest extends RetentionContract {
    @Override
    ExecutionStore newStore() {
        return DynamoDbStoreTest.newTable();
    }
}
