package dev.reprise.journal;

class InMemoryWaitingTasksTest extends WaitingTasksContract {
    @Override
    ExecutionStore newStore() {
        return new InMemoryStore();
    }
}
