package dev.reprise.journal;

class DynamoDbWaitingTasksTest extends WaitingTasksContract {
    @Override
    ExecutionStore newStore() {
        return DynamoDbStoreTest.newTable();
    }
}
