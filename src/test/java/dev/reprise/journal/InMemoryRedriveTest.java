package dev.reprise.journal;

import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.testing.InMemoryStore;

class InMemoryRedriveTest extends RedriveContract {
    @Override
    ExecutionStore newStore() {
        return new InMemoryStore();
    }
}
