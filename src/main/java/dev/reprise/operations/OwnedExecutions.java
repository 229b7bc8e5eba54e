package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Interpreter;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Program;
import dev.reprise.dataset.DataSetException;
import dev.reprise.dataset.UnreachableDataException;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.StateMachines;
import dev.reprise.execution.StatesError;
import dev.reprise.journal.InboxFact;
import dev.reprise.journal.Journal;
import dev.reprise.journal.Journals;
import dev.reprise.journal.OpenOutcome;
import dev.reprise.journal.StartOutcome;
import dev.reprise.journal.store.Beginning;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalException;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Redrive;
import dev.reprise.journal.store.UnknownVersionException;
import dev.reprise.runtime.Allotment;
import dev.reprise.runtime.Deadline;
import dev.reprise.runtime.ExecutionRunner;
import dev.reprise.runtime.ExecutionTasks;
import dev.reprise.runtime.JournalLedger;
import dev.reprise.runtime.Ledger;
import dev.reprise.runtime.LiveRun;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.NoLedger;
import dev.reprise.runtime.ReadItems;
import dev.reprise.runtime.Restoration;
import dev.reprise.runtime.RunEvent;
import dev.reprise.runtime.RunListeners;
import dev.reprise.runtime.RunResult;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.runtime.TaskRequests;
import dev.reprise.runtime.TaskTokens;
import dev.reprise.runtime.Time;
import dev.reprise.runtime.Underway;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import dev.reprise.wakeup.WakeUps;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Executions that this invocation owns: runs them, and ends those that cannot be run. Thread-safe; each call works on its caller's thread.
 */
final class OwnedExecutions {

    private static final Logger LOG = Logger.getLogger(OwnedExecutions.class);

    private final Journals journals;
    private final TaskRunners tasks;
    private final MapData mapData;
    private final TaskThreads threads;
    private final WakeUps wakeUps;
    private final InterpreterLimits limits;
    private final RunnerSettings settings;
    private final Time clock;
    private final NestedExecutions nested;
    private final ExecutionViews views;
    private final RunListeners listeners;

    OwnedExecutions(ExecutionServices services, ExecutionViews views) {
        this.journals = services.journals();
        this.tasks = services.tasks();
        this.mapData = services.mapData();
        this.threads = services.threads();
        this.wakeUps = services.wakeUps();
        this.limits = services.limits();
        this.settings = services.settings();
        this.clock = services.clock();
        this.nested = new NestedExecutions(
                services.workflows(),
                new StateMachines(services.stateMachines()),
                tasks,
                threads,
                journals,
                wakeUps,
                limits,
                clock);
        this.views = views;
        this.listeners = new RunListeners(services.listeners());
    }

    /** Runs an execution that has just been started. */
    ExecutionDescription begin(StartOutcome.Created created, Program program, Invocation invocation) {
        ExecutionIdentity identity = created.head().identity();
        TaskTokens tokens = TaskTokens.of(created.head());
        ReadItems items = new ReadItems(mapData, tokens);
        Interpreter interpreter = new Interpreter(program, identity, limits, items, null);
        LiveRun live = live(identity, interpreter);
        ExecutionRunner runner = runner(
                identity.executionArn(),
                interpreter,
                items,
                ledger(created.journal(), program, live),
                told(tasks(identity, tokens, false, invocation), live),
                invocation);
        if (live != null) {
            live.started(created.started());
        }
        runner.start(created.started());
        return run(runner, created.head(), program);
    }

    /** Runs an execution that leaves no trace. */
    ExecutionDescription withoutJournal(
            Program program, ExecutionIdentity identity, JsonNode input, Invocation invocation) {
        Instant startedAt = Time.millisOf(clock);
        TaskTokens tokens = TaskTokens.none(new ExecutionId(identity.stateMachineName(), identity.executionName()));
        ReadItems items = new ReadItems(mapData, tokens);
        Entry.Started started = new Entry.Started(startedAt, input);
        Interpreter interpreter = new Interpreter(program, identity, limits, items, null);
        LiveRun live = live(identity, interpreter);
        ExecutionRunner runner = runner(
                identity.executionArn(),
                interpreter,
                items,
                live == null ? new NoLedger() : live.telling(new NoLedger(), null),
                told(tasks(identity, tokens, false, invocation), live),
                invocation);
        if (live != null) {
            live.started(started);
        }
        runner.start(started);
        return switch (run(runner)) {
            case RunResult.Ended ended -> Descriptions.ended(identity, startedAt, ended.stoppedAt(), ended.outcome());
            case RunResult.Suspended suspended -> throw new IllegalStateException("Without a journal: " + suspended);
            case RunResult.Fenced fenced -> throw new IllegalStateException("Without a journal: " + fenced);
        };
    }

    /**
     * Goes on with an execution from its journal.
     *
     * @param resumption took it over
     */
    ExecutionDescription goOn(Resumption resumption, OpenOutcome.Opened opened) {
        Invocation invocation = resumption.invocation();
        // What the owner before died of may be what its last entry leads to: a stop comes before that is worked out.
        boolean died = resumption.known().lease() != null;
        Entry.Stopped stopped = died && opened.head().inbox() > 0 ? journals.stopOf(opened.head()) : null;
        if (stopped != null) {
            return stop(opened, stopped);
        }
        Beginning beginning = opened.head().beginning();
        ExecutionIdentity identity = opened.head().identity();
        Program program = views.program(opened.head());
        TaskTokens tokens = TaskTokens.of(opened.head());
        ReadItems items = new ReadItems(mapData, tokens);
        JsonNode snapshot = opened.snapshot();
        if (snapshot != null) {
            try {
                items.supply(program, snapshot);
            } catch (UnreachableDataException e) {
                throw e;
            } catch (DataSetException e) {
                return endWithoutItems(opened, Interpreter.redrives(snapshot), e);
            }
        }
        Interpreter interpreter = snapshot == null
                ? new Interpreter(program, identity, limits, items, null)
                : Interpreter.restore(
                        program,
                        identity,
                        limits,
                        items,
                        new Entry.Started(beginning.startedAt(), opened.input()),
                        snapshot);
        LiveRun live = live(identity, interpreter);
        if (live != null) {
            live.resumed();
        }
        boolean announced = opened.head().inbox() > 0;
        Redrive redrive = opened.head().redrive();
        Entry.Redriven redriven = redrive == null ? null : new Entry.Redriven(redrive.at(), redrive.count());
        ExecutionRunner runner;
        try {
            Restoration restoration = new Restoration(interpreter, items);
            Journal journal = opened.replay().toItsEnd(restoration);
            if (live != null) {
                live.replayed(snapshot != null && restoration.isEmpty());
            }
            runner = runner(
                    identity.executionArn(),
                    interpreter,
                    items,
                    ledger(journal, program, live),
                    told(tasks(identity, tokens, announced, invocation), live),
                    invocation);
            runner.resume(redriven);
        } catch (UnreachableDataException e) {
            throw e;
        } catch (DataSetException e) {
            return endWithoutItems(opened, interpreter.redrives(), e);
        }
        resumption.earlier().forget(interpreter, nested, journals.waitingTasks());
        return run(runner, opened.head(), program);
    }

    /** Ends an execution whose owner died, by its entries alone: nothing of it is evaluated. */
    ExecutionDescription stop(OpenOutcome.Opened opened, Entry.Stopped stopped) {
        JsonNode snapshot = opened.snapshot();
        int redrives = snapshot == null ? 0 : Interpreter.redrives(snapshot);
        return endWithoutReplay(opened, redrives, stopped);
    }

    /**
     * A data set that the execution read is lost: nothing that the journal holds beyond that entry can be worked out any
     * more. So the fact becomes the journal's last entry, wherever the execution stands; with the data set a replay
     * comes to the same end there, and a redrive goes on from it.
     */
    private ExecutionDescription endWithoutItems(OpenOutcome.Opened opened, int redrives, DataSetException lost) {
        Entry.End givenUp = givenUp("States.ItemReaderFailed", lost.getMessage());
        return endWithoutReplay(opened, redrives, givenUp);
    }

    /**
     * Ends an execution of whose last entries nothing was worked out.
     *
     * @param redrives how often the execution was redriven in what was replayed
     */
    private ExecutionDescription endWithoutReplay(OpenOutcome.Opened opened, int redrives, Entry.End end) {
        PassedOver rest = new PassedOver(redrives);
        Journal journal = opened.replay().toItsEnd(rest);
        Instant last = rest.last;
        Redrive redrive = opened.head().redrive();
        if (redrive != null && redrive.count() > rest.redrives) {
            Instant at = redrive.at().isBefore(last) ? last : redrive.at();
            journal.append(new Entry.Redriven(at, redrive.count()));
            last = at;
        }
        return end(opened.head(), journal, end, true, last);
    }

    /** What the entries tell that nobody works out. */
    private static final class PassedOver implements Consumer<Entry> {

        private int redrives;
        private Instant last = Instant.EPOCH;

        PassedOver(int redrives) {
            this.redrives = redrives;
        }

        @Override
        public void accept(Entry entry) {
            last = entry.at();
            if (entry instanceof Entry.Redriven redriven) {
                redrives = redriven.count();
            }
        }
    }

    /** Something kills every invocation before it gets anywhere: rather an error that can be seen than a loop that costs. A stop is a better reason to end it, if there is one. */
    ExecutionDescription giveUp(OpenOutcome.Fruitless fruitless) {
        Journal journal = fruitless.journal();
        Entry.Stopped stopped = journal.readInbox().stream()
                .map(InboxFact::entry)
                .filter(Entry.Stopped.class::isInstance)
                .map(Entry.Stopped.class::cast)
                .findFirst()
                .orElse(null);
        String cause = fruitless.resumes()
                + " invocations in a row ended before anything of this execution was recorded. Look for crashes,"
                + " time-outs and memory in the function's log";
        Entry.End end = stopped == null ? givenUp("Reprise.NoProgress", cause) : stopped;
        return end(fruitless.head(), journal, end, fruitless.died(), Instant.EPOCH);
    }

    private Entry.GivenUp givenUp(@Nullable String error, @Nullable String cause) {
        return new Entry.GivenUp(Time.millisOf(clock), new StatesError(error, cause));
    }

    /**
     * Ends an execution wherever it stands.
     *
     * @param amidWork whether work may be left that no entry tells of: nobody is to work out again what may have been
     *     the death of whoever did
     * @param last when its last entry was, as far as that is known: logical time never runs backwards, whatever the
     *     clocks do
     */
    private ExecutionDescription end(Head head, Journal journal, Entry.End end, boolean amidWork, Instant last) {
        Instant now = Time.millisOf(clock);
        Instant stoppedAt = now.isBefore(last) ? last : now;
        journal.append((amidWork ? new Entry.Interrupted(0, end) : end).movedTo(stoppedAt));
        journal.close(end.outcome(), stoppedAt);
        tellEnded(head, stoppedAt, end.outcome());
        settle(head.id(), end.outcome());
        return views.ended(head, stoppedAt, end.outcome());
    }

    /** Of one that no runner ended. */
    private void tellEnded(Head head, Instant stoppedAt, Outcome outcome) {
        if (!listeners.isEmpty()) {
            listeners.on(new RunEvent.Ended(head.beginning().executionArn(), stoppedAt, outcome));
        }
    }

    // ---- running

    /** Null when nobody listens. */
    private @Nullable LiveRun live(ExecutionIdentity identity, Interpreter interpreter) {
        return listeners.isEmpty() ? null : new LiveRun(identity.executionArn(), interpreter, listeners, clock);
    }

    private Ledger ledger(Journal journal, Program program, @Nullable LiveRun live) {
        Ledger ledger = new JournalLedger(journal, journals.inbox(), program.awaitsJobs());
        return live == null ? ledger : live.telling(ledger, journal::consumed);
    }

    private static TaskRequests told(TaskRequests requests, @Nullable LiveRun live) {
        return live == null ? requests : live.telling(requests);
    }

    private ExecutionRunner runner(
            String executionArn,
            Interpreter interpreter,
            ReadItems items,
            Ledger ledger,
            TaskRequests requests,
            Invocation invocation) {
        return new ExecutionRunner(
                interpreter,
                ledger,
                requests,
                mapData,
                items,
                new Allotment(settings, clock, new Deadline(invocation.deadline())),
                new Underway(executionArn, clock));
    }

    private TaskRequests tasks(
            ExecutionIdentity identity, TaskTokens tokens, boolean announced, Invocation invocation) {
        return new ExecutionTasks(
                identity,
                tokens,
                tasks,
                nested,
                journals.waitingTasks(invocation.deadline()),
                threads,
                new Deadline(invocation.deadline()),
                clock,
                announced);
    }

    private ExecutionDescription run(ExecutionRunner runner, Head head, Program program) {
        return switch (run(runner)) {
            case RunResult.Ended ended -> {
                if (NestedExecutions.mayBeUnsettled(head, program.awaitsJobs())) {
                    settle(head.id(), ended.outcome());
                }
                yield views.ended(head, ended.stoppedAt(), ended.outcome());
            }
            case RunResult.Suspended suspended -> {
                if (suspended.wakeAt() != null) {
                    wakeUps.schedule(head.beginning().executionArn(), suspended.wakeAt());
                }
                yield views.running(head, suspended.wakeAt());
            }
            // Whoever has it now answers for it.
            case RunResult.Fenced fenced -> views.describe(head.id());
        };
    }

    /** Tells those who are to know of it that an execution has ended. */
    private void settle(ExecutionId id, Outcome outcome) {
        Head head = journals.head(id);
        if (head != null) {
            settle(head, () -> outcome);
        }
    }

    /** The same, should whoever ended it have died before it was done. */
    Head settled(Head head) {
        settle(head, () -> views.outcome(head));
        return head;
    }

    /** What cannot be told now may be told later: the sweeper tries it again, less and less often, unless it is only the table that is out of reach. */
    private void settle(Head head, Supplier<Outcome> outcome) {
        if (!head.isUnsettled()) {
            return;
        }
        try {
            nested.settle(head, outcome.get());
        } catch (RuntimeException e) {
            boolean isOutOfReach = e instanceof JournalException
                    && !(e instanceof CorruptJournalException || e instanceof UnknownVersionException);
            if (!isOutOfReach) {
                Instant again = journals.backOffSettling(head);
                LOG.errorf(
                        "The end of %s cannot be told to those who wait for it; %s",
                        head.id(), again == null ? "this is given up" : "the sweeper tries again at " + again);
            }
            throw e;
        }
    }

    private static RunResult run(ExecutionRunner runner) {
        try {
            return runner.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The invocation was interrupted; the execution can be resumed", e);
        }
    }

    /** Ends an execution whose journal cannot be read; does nothing when it has ended or somebody else has it. */
    void seize(Head known, Lease lease, Entry.Stopped stopped) {
        ExecutionId id = known.id();
        if (journals.stopUnread(id, lease, stopped)) {
            tellEnded(known, stopped.at(), stopped.outcome());
            settle(id, stopped.outcome());
        }
    }
}
