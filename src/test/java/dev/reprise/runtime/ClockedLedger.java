package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Entry;
import dev.reprise.execution.Outcome;
import dev.reprise.journal.InboxFact;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A ledger that notes what the clock shows at each entry. */
record ClockedLedger(Ledger ledger, InstantSource clock, List<Instant> clocks) implements Ledger {

    @Override
    public Entry append(Entry entry) {
        clocks.add(clock.instant());
        return ledger.append(entry);
    }

    @Override
    public void taken(InboxFact fact) {
        ledger.taken(fact);
    }

    @Override
    public void leave(List<? extends Entry> facts) {
        ledger.leave(facts);
    }

    @Override
    public void flush(Supplier<JsonNode> state) {
        ledger.flush(state);
    }

    @Override
    public List<InboxFact> readInbox() {
        return ledger.readInbox();
    }

    @Override
    public boolean canSuspend() {
        return ledger.canSuspend();
    }

    @Override
    public boolean suspend(@Nullable Instant wakeAt, Supplier<JsonNode> state) {
        return ledger.suspend(wakeAt, state);
    }

    @Override
    public boolean breakOff(Instant now, Supplier<JsonNode> state, boolean amidWork) {
        return ledger.breakOff(now, state, amidWork);
    }

    @Override
    public void close(Outcome outcome, Instant stoppedAt, boolean follows, long lastEvent) {
        ledger.close(outcome, stoppedAt, follows, lastEvent);
    }
}
