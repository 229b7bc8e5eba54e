package dev.reprise.journal;

import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.testing.InMemoryStore;

class InMemoryRetentionTest extends RetentionContract {
    @Override
    ExecutionStore newStore() {
        return new InMemoryStore();
    }

    @Override
    int requestsBetweenOvertakings() {
        return 1;
    }
}
