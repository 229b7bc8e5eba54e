package dev.reprise.journal;

import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.testing.InMemoryStore;

class InMemoryDocumentsTest extends DocumentStoreContract {
    @Override
    ExecutionStore newStore() {
        return new InMemoryStore();
    }
}
