package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Interpreter;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Program;
import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.Provisions;
import dev.reprise.history.ReplaySource;
import dev.reprise.journal.History;
import dev.reprise.journal.store.Ending;
import dev.reprise.runtime.LostItems;
import org.jspecify.annotations.Nullable;

/**
 * Replays of a journal from its start and from its snapshots; places are the numbers of segments. A snapshot whose data
 * sets are lost is none.
 */
record JournalReplays(
        History journal, Program program, InterpreterLimits limits, Provisions provisions, LostItems items)
        implements ReplaySource {

    @Override
    public long lastEvent() {
        Ending ending = journal.head().ending();
        return ending == null ? 0 : ending.lastEvent();
    }

    @Override
    public Checkpoint latest(long place) {
        History.State found = journal.state(place);
        return found == null || !items.supply(program, found.state())
                ? Checkpoint.START
                : new Checkpoint(
                        found.segment(),
                        found.position(),
                        Snapshots.read(journal.head().id(), () -> Interpreter.lastEvent(found.state())),
                        found.state());
    }

    @Override
    public void supply(Interpreter interpreter, Entry next) {
        items.supply(interpreter, next);
    }

    @Override
    public Replay replay(Checkpoint from, @Nullable ExecutionObserver observer) {
        ExecutionIdentity identity = journal.head().identity();
        JsonNode state = from.state();
        return state == null
                ? new Replay(
                        new Interpreter(program, identity, limits, provisions, observer), new Placed(journal.entries()))
                : new Replay(
                        Snapshots.read(
                                journal.head().id(),
                                () -> Interpreter.restore(
                                        program, identity, limits, provisions, journal.started(), state, observer)),
                        new Placed(journal.entriesAfter(from.place(), from.position())));
    }

    /** All snapshots up to the segment before an entry's own stand before that entry. */
    private record Placed(History.Entries entries) implements PlacedEntries {

        @Override
        public long place() {
            return Math.max(0, entries.segment() - 1);
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public Entry next() {
            return entries.next();
        }
    }
}
