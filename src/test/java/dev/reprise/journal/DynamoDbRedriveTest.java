package dev.reprise.journal;

class DynamoDbRedriveTest extends RedriveContract {
    @Override
    ExecutionStore newStore() {
        return DynamoDbStoreTest.newTable();
    }
}
