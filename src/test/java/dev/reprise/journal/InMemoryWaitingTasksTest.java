package dev.reprise.journal;

import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.testing.InMemoryStore;

class InMemoryWaitingTasksTest extends WaitingTasksContract {
    @Override
    ExecutionStore newStore() {
        return new InMemoryStore();
    }
}
