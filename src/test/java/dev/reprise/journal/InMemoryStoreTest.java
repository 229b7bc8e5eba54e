package dev.reprise.journal;

class InMemoryStoreTest extends ExecutionStoreContract {
    @Override
    ExecutionStore newStore() {
        return new InMemoryStore();
    }
}
