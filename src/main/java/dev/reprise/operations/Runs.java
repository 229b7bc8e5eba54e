package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Interpreter;
import dev.reprise.core.Program;
import dev.reprise.core.Redaction;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.journal.Journal;
import dev.reprise.journal.Journals;
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
import dev.reprise.runtime.RedactingListener;
import dev.reprise.runtime.RunContext;
import dev.reprise.runtime.RunListener;
import dev.reprise.runtime.RunListeners;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.runtime.StartedExecutions;
import dev.reprise.runtime.TaskRequests;
import dev.reprise.runtime.TaskTokens;
import dev.reprise.runtime.Time;
import dev.reprise.runtime.Underway;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Puts together what carries an execution in one invocation. Thread-safe. */
final class Runs {

    private final Journals journals;
    private final TaskRunners tasks;
    private final MapData mapData;
    private final TaskThreads threads;
    private final RunnerSettings settings;
    private final Time clock;
    private final StartedExecutions nested;
    private final RunListeners listeners;

    Runs(ExecutionServices services, StartedExecutions nested, RunListeners listeners) {
        this.journals = services.journals();
        this.tasks = services.tasks();
        this.mapData = services.mapData();
        this.threads = services.threads();
        this.settings = services.settings();
        this.clock = services.clock();
        this.nested = nested;
        this.listeners = listeners;
    }

    /** What an execution's items are read by. */
    ReadItems items(TaskTokens tokens) {
        return new ReadItems(mapData, tokens);
    }

    /**
     * An execution with a journal.
     *
     * @param startedAt when it started
     * @param items those that the interpreter is provided with
     * @param announced whether others may have found its tasks in the table before
     */
    Run journaled(
            Program program,
            Interpreter interpreter,
            Journal journal,
            ExecutionIdentity identity,
            Instant startedAt,
            TaskTokens tokens,
            ReadItems items,
            boolean announced,
            @Nullable LiveRun live,
            Invocation invocation) {
        Ledger ledger = new JournalLedger(journal, journals.inbox(), program.awaitsJobs());
        return run(
                identity,
                interpreter,
                items,
                live == null ? ledger : live.telling(ledger, journal::consumed),
                requests(identity, startedAt, tokens, announced, live, invocation),
                live,
                invocation);
    }

    /** An execution that leaves no trace. */
    Run withoutJournal(
            Interpreter interpreter,
            ExecutionIdentity identity,
            Instant startedAt,
            TaskTokens tokens,
            ReadItems items,
            @Nullable LiveRun live,
            Invocation invocation) {
        return run(
                identity,
                interpreter,
                items,
                live == null ? new NoLedger() : live.telling(new NoLedger(), null),
                requests(identity, startedAt, tokens, false, live, invocation),
                live,
                invocation);
    }

    /**
     * Who tells of an execution those who listen; null when nobody does.
     *
     * @param input the execution's
     */
    @Nullable
    LiveRun live(RunContext run, Program program, Interpreter interpreter, JsonNode input) {
        if (listeners.isEmpty()) {
            return null;
        }
        RunListener ofRun = listeners.forRun(run);
        Redaction redaction = Redaction.of(program.machine(), input);
        RunListener listener = redaction.hides() ? new RedactingListener(ofRun, redaction) : ofRun;
        return new LiveRun(run.executionArn(), interpreter, listener, clock);
    }

    private Run run(
            ExecutionIdentity identity,
            Interpreter interpreter,
            ReadItems items,
            Ledger ledger,
            TaskRequests requests,
            @Nullable LiveRun live,
            Invocation invocation) {
        ExecutionRunner runner = new ExecutionRunner(
                interpreter,
                ledger,
                live == null ? requests : live.telling(requests),
                mapData,
                items,
                new Allotment(settings, clock, new Deadline(invocation.deadline())),
                new Underway(identity.executionArn(), clock));
        return new Run(runner, live);
    }

    private TaskRequests requests(
            ExecutionIdentity identity,
            Instant startedAt,
            TaskTokens tokens,
            boolean announced,
            @Nullable LiveRun live,
            Invocation invocation) {
        return new ExecutionTasks(
                identity,
                startedAt,
                tokens,
                tasks,
                nested,
                journals.waitingTasks(invocation.deadline()),
                threads,
                new Deadline(invocation.deadline()),
                clock,
                announced,
                live == null ? task -> null : live::traceHeader);
    }
}
