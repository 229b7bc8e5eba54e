package dev.reprise.journal;

class InMemoryJournalTest extends JournalContract {
    @Override
    ExecutionStore newStore() {
        return new InMemoryStore();
    }
}
