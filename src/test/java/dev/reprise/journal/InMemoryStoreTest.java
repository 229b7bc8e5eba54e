package dev.reprise.journal;

import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.testing.InMemoryStore;

class InMemoryStoreTest extends ExecutionStoreContract {
    @Override
    ExecutionStore newStore() {
        return new InMemoryStore();
    }
}
