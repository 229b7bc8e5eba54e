package dev.reprise.journal;

class InMemoryRedriveTest extends RedriveContract {
    @Override
    ExecutionStore newStore() {
        return new InMemoryStore();
    }
}
