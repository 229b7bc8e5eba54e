package dev.reprise.journal;

import dev.reprise.journal.seal.KeysInMemory;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.testing.InMemoryStore;

class SealedJournalTest extends JournalContract {
    @Override
    ExecutionStore newStore() {
        return new KeysInMemory().sealing(new InMemoryStore(), Fixtures.AT_NOON);
    }
}
