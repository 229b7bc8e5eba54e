package dev.reprise.journal;

import dev.reprise.journal.store.ExecutionStore;

class DynamoDbWaitingTasksTest extends WaitingTasksContract {
    @Override
    ExecutionStore newStore() {
        return DynamoDbStoreTest.newTable();
    }
}
