package dev.reprise.journal;

import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.testing.InMemoryStore;

class InMemoryJournalTest extends JournalContract {
    @Override
    ExecutionStore newStore() {
        return new InMemoryStore();
    }
}
