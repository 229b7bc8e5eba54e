package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Entry;
import dev.reprise.execution.Outcome;
import dev.reprise.journal.Inbox;
import dev.reprise.journal.InboxFact;
import dev.reprise.journal.Journal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ledger of an execution that survives its process. */
public final class JournalLedger implements Ledger {

    private final Journal journal;
    private final Inbox inbox;
    private final boolean awaitsOthers;
    private final List<InboxFact> taken = new ArrayList<>();

    /**
     * Over a journal.
     *
     * @param inbox where facts are left that cannot be appended yet
     * @param awaitsOthers whether tasks of the execution may await other executions
     */
    public JournalLedger(Journal journal, Inbox inbox, boolean awaitsOthers) {
        this.journal = journal;
        this.inbox = inbox;
        this.awaitsOthers = awaitsOthers;
    }

    @Override
    public Entry append(Entry entry) {
        return journal.append(entry);
    }

    @Override
    public void taken(InboxFact fact) {
        taken.add(fact);
    }

    @Override
    public void leave(List<? extends Entry> facts) {
        var unused = inbox.put(journal.id(), facts);
    }

    @Override
    public void flush(Supplier<JsonNode> state) {
        journal.flush();
        clearInbox();
        if (journal.snapshotDue()) {
            journal.snapshot(state.get());
        }
    }

    /**
     * A fact leaves the inbox only when it is in the journal: should the process die in between, it is met again, and
     * recognised.
     */
    private void clearInbox() {
        if (!taken.isEmpty()) {
            journal.taken(taken);
            taken.clear();
        }
    }

    @Override
    public List<InboxFact> readInbox() {
        return journal.readInbox();
    }

    @Override
    public boolean canSuspend() {
        return true;
    }

    @Override
    public boolean suspend(@Nullable Instant wakeAt, Supplier<JsonNode> state) {
        journal.flush();
        clearInbox();
        return journal.suspend(wakeAt, state);
    }

    @Override
    public boolean breakOff(Instant now, Supplier<JsonNode> state, boolean amidWork) {
        journal.flush();
        clearInbox();
        if (amidWork) {
            journal.keep(state.get());
        }
        return journal.breakOff(now, state);
    }

    @Override
    public void close(Outcome outcome, Instant stoppedAt, boolean followsFromEntries, long lastEvent) {
        journal.close(outcome, stoppedAt, followsFromEntries, awaitsOthers, lastEvent);
    }
}
