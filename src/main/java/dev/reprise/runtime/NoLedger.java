package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Entry;
import dev.reprise.execution.Outcome;
import dev.reprise.journal.InboxFact;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ledger of an execution with {@code "Durability": "NONE"}: nothing is kept. */
public final class NoLedger implements Ledger {

    @Override
    public Entry append(Entry entry) {
        return entry;
    }

    @Override
    public void taken(InboxFact fact) {}

    @Override
    public void leave(List<? extends Entry> facts) {}

    @Override
    public void flush(Supplier<JsonNode> state) {}

    @Override
    public List<InboxFact> readInbox() {
        return List.of();
    }

    @Override
    public boolean canSuspend() {
        return false;
    }

    @Override
    public boolean suspend(@Nullable Instant wakeAt, Supplier<JsonNode> state) {
        throw new IllegalStateException("An execution without a journal cannot be suspended");
    }

    @Override
    public boolean breakOff(Instant now, Supplier<JsonNode> state, boolean amidWork) {
        throw new IllegalStateException("An execution without a journal cannot be suspended");
    }

    @Override
    public void close(Outcome outcome, Instant stoppedAt, boolean followsFromEntries, long lastEvent) {}
}
