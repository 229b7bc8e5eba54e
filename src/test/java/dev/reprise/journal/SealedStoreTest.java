package dev.reprise.journal;

import dev.reprise.journal.seal.KeysInMemory;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.testing.InMemoryStore;

/** A sealing store does what every store does; the contract's requests are counted after the day's key is there. */
class SealedStoreTest extends ExecutionStoreContract {
    @Override
    ExecutionStore newStore() {
        ExecutionStore store = new KeysInMemory().sealing(new InMemoryStore(), Fixtures.AT_NOON);
        store.putChunk(
                "DEF#warm",
                new dev.reprise.journal.store.Chunk("TEXT", 0, 1, dev.reprise.journal.codec.Body.text("{}")),
                new UnitMeter());
        return store;
    }
}
