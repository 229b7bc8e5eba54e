package dev.reprise.journal;

class InMemoryRetentionTest extends RetentionContract {
    @Override
    ExecutionStore newStore() {
        return new InMemoryStore();
    }
}
