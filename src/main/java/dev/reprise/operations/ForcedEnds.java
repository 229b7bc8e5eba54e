package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Interpreter;
import dev.reprise.dataset.DataSetException;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TimerKind;
import dev.reprise.journal.InboxFact;
import dev.reprise.journal.Journal;
import dev.reprise.journal.Journals;
import dev.reprise.journal.OpenOutcome;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Redrive;
import dev.reprise.runtime.RunContext;
import dev.reprise.runtime.RunEvent;
import dev.reprise.runtime.RunListeners;
import dev.reprise.runtime.Time;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends executions that cannot be run, or must not be: by an entry, wherever they stand, without working anything out.
 * Thread-safe.
 */
final class ForcedEnds {

    private final Journals journals;
    private final Time clock;
    private final ExecutionViews views;
    private final Settlements settlements;
    private final RunListeners listeners;

    ForcedEnds(ExecutionServices services, ExecutionViews views, Settlements settlements, RunListeners listeners) {
        this.journals = services.journals();
        this.clock = services.clock();
        this.views = views;
        this.settlements = settlements;
        this.listeners = listeners;
    }

    /** Stops an execution whose owner died. */
    ExecutionDescription stop(OpenOutcome.Opened opened, Entry.Stopped stopped) {
        return stop(opened, Reached.before(opened), stopped);
    }

    /** Stops an execution that nobody works out any further. */
    ExecutionDescription stop(OpenOutcome.Opened opened, Reached reached, Entry.Stopped stopped) {
        return withoutReplay(opened, reached, stopped, stopped.outcome());
    }

    /** Ends an execution whose time is up, and that nobody works out any further. */
    ExecutionDescription timeOut(OpenOutcome.Opened opened, Reached reached) {
        Instant now = Time.millisOf(clock);
        return withoutReplay(
                opened,
                reached,
                new Entry.TimerFired(EffectId.EXECUTION, now, TimerKind.TIMEOUT),
                new Outcome.TimedOut());
    }

    /**
     * How far an execution had come in what was replayed.
     *
     * @param redrives how often it was redriven
     * @param last when the last entry was
     * @param transitions what was made since that entry when the snapshot was taken, from which a redrive and who asks
     *     for the history go on: an end that interrupts work is not before them
     */
    record Reached(int redrives, Instant last, long transitions) {

        /** Before any entry behind the snapshot was given. */
        static Reached before(OpenOutcome.Opened opened) {
            JsonNode snapshot = opened.snapshot();
            return snapshot == null
                    ? new Reached(0, opened.head().beginning().startedAt(), 0)
                    : Snapshots.read(
                            opened.head().id(),
                            () -> new Reached(
                                    Interpreter.redrives(snapshot),
                                    Interpreter.time(snapshot),
                                    Interpreter.transitions(snapshot)));
        }
    }

    /**
     * A data set that the execution read is lost: nothing that the journal holds beyond that entry can be worked out
     * any more. So the fact becomes the journal's last entry, wherever the execution stands; with the data set a replay
     * comes to the same end there, and a redrive goes on from it.
     *
     * @param reached by the entries that were given before that was noticed
     */
    ExecutionDescription withoutItems(OpenOutcome.Opened opened, Reached reached, DataSetException lost) {
        Entry.GivenUp end = givenUp("States.ItemReaderFailed", lost.getMessage());
        return withoutReplay(opened, reached, end, end.outcome());
    }

    private ExecutionDescription withoutReplay(OpenOutcome.Opened opened, Reached reached, Entry end, Outcome outcome) {
        PassedOver rest = new PassedOver(reached);
        Journal journal = opened.replay().toItsEnd(rest);
        Instant last = rest.last;
        Redrive redrive = opened.head().redrive();
        if (redrive != null && redrive.count() > rest.redrives) {
            Instant at = redrive.at().isBefore(last) ? last : redrive.at();
            Entry.Redriven redriven = new Entry.Redriven(at, redrive.count());
            journal.append(redriven);
            rest.accept(redriven);
        }
        return end(opened.head(), journal, new Entry.Interrupted(rest.transitions, end), outcome, rest.last);
    }

    /** Reads a journal to its end without working anything out, and says how far the execution had come by then. */
    static Reached passOver(OpenOutcome.Opened opened, Reached reached) {
        PassedOver rest = new PassedOver(reached);
        opened.replay().toItsEnd(rest);
        return new Reached(rest.redrives, rest.last, rest.transitions);
    }

    /** What the entries tell that nobody works out. */
    private static final class PassedOver implements Consumer<Entry> {

        private int redrives;
        private Instant last;
        private long transitions;

        PassedOver(Reached reached) {
            this.redrives = reached.redrives();
            this.last = reached.last();
            this.transitions = reached.transitions();
        }

        @Override
        public void accept(Entry entry) {
            last = entry.at();
            transitions = 0;
            if (entry instanceof Entry.Redriven redriven) {
                redrives = redriven.count();
            }
        }
    }

    /**
     * Something kills every invocation before it gets anywhere: rather an error that can be seen than a loop that
     * costs. A stop is a better reason to end it, if there is one.
     */
    ExecutionDescription giveUp(OpenOutcome.Fruitless fruitless) {
        Journal journal = fruitless.journal();
        Entry.Stopped stopped = InboxFact.stopAmong(journal.readInbox());
        String cause = fruitless.resumes()
                + " invocations in a row ended before anything of this execution was recorded. Look for crashes,"
                + " time-outs and memory in the function's log";
        Entry.End end = stopped == null ? givenUp("Reprise.NoProgress", cause) : stopped;
        return end(
                fruitless.head(),
                journal,
                fruitless.died() ? new Entry.Interrupted(fruitless.transitions(), end) : end,
                end.outcome(),
                fruitless.lastEntryAt());
    }

    private Entry.GivenUp givenUp(@Nullable String error, @Nullable String cause) {
        return new Entry.GivenUp(Time.millisOf(clock), new StatesError(error, cause));
    }

    /**
     * Ends an execution wherever it stands.
     *
     * @param entry an {@link Entry.Interrupted} when work may be left that no entry tells of: nobody is to work out
     *     again what may have been the death of whoever did
     * @param last when its last entry was, as far as that is known: logical time never runs backwards, whatever the
     *     clocks do
     */
    private ExecutionDescription end(Head head, Journal journal, Entry entry, Outcome outcome, Instant last) {
        Instant now = Time.millisOf(clock);
        Instant stoppedAt = now.isBefore(last) ? last : now;
        journal.append(entry.movedTo(stoppedAt));
        journal.close(outcome, stoppedAt);
        tellEnded(head, stoppedAt, outcome);
        settlements.settle(head.id(), outcome);
        return views.ended(head, stoppedAt, outcome);
    }

    /** Ends an execution whose journal cannot be read; does nothing when it has ended or somebody else has it. */
    void seize(Head known, Lease lease, Entry.Stopped stopped) {
        ExecutionId id = known.id();
        if (journals.stopUnread(id, lease, stopped)) {
            tellEnded(known, stopped.at(), stopped.outcome());
            settlements.settle(id, stopped.outcome());
        }
    }

    private void tellEnded(Head head, Instant stoppedAt, Outcome outcome) {
        if (!listeners.isEmpty()) {
            listeners
                    .forRun(RunContext.of(head, null))
                    .on(new RunEvent.Ended(
                            head.beginning().executionArn(), head.beginning().startedAt(), stoppedAt, outcome));
        }
    }
}
