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
import dev.reprise.journal.Journal;
import dev.reprise.journal.Journals;
import dev.reprise.journal.OpenOutcome;
import dev.reprise.journal.StartOutcome;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Redrive;
import dev.reprise.runtime.LiveRun;
import dev.reprise.runtime.ReadItems;
import dev.reprise.runtime.Restoration;
import dev.reprise.runtime.RunContext;
import dev.reprise.runtime.RunResult;
import dev.reprise.runtime.TaskTokens;
import dev.reprise.wakeup.WakeUps;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Runs executions that this invocation owns. Thread-safe; each call works on its caller's thread. */
final class OwnedExecutions {

    private final Journals journals;
    private final WakeUps wakeUps;
    private final InterpreterLimits limits;
    private final ExecutionViews views;
    private final NestedExecutions nested;
    private final Runs runs;
    private final ForcedEnds forcedEnds;
    private final DataOutages outages;
    private final Settlements settlements;

    OwnedExecutions(
            ExecutionServices services,
            ExecutionViews views,
            NestedExecutions nested,
            Runs runs,
            ForcedEnds forcedEnds,
            DataOutages outages,
            Settlements settlements) {
        this.journals = services.journals();
        this.wakeUps = services.wakeUps();
        this.limits = services.limits();
        this.views = views;
        this.nested = nested;
        this.runs = runs;
        this.forcedEnds = forcedEnds;
        this.outages = outages;
        this.settlements = settlements;
    }

    /** Runs an execution that has just been started. */
    ExecutionDescription begin(StartOutcome.Created created, Program program, Invocation invocation) {
        ExecutionIdentity identity = created.head().identity();
        TaskTokens tokens = TaskTokens.of(created.head());
        ReadItems items = runs.items(tokens);
        Interpreter interpreter = new Interpreter(program, identity, limits, items, null);
        Run run = runs.journaled(
                program,
                interpreter,
                created.journal(),
                identity,
                created.started().at(),
                tokens,
                items,
                false,
                runs.live(
                        RunContext.of(created.head(), invocation.requestId()),
                        program,
                        interpreter,
                        created.started().input()),
                invocation);
        run.start(created.started());
        return carryOn(run, created.head(), program, invocation);
    }

    /**
     * Runs an execution that leaves no trace.
     *
     * @param traceHeader X-Ray's, with which it was asked for; null when there was none
     */
    ExecutionDescription withoutJournal(
            Program program,
            ExecutionIdentity identity,
            JsonNode input,
            Instant startedAt,
            @Nullable String traceHeader,
            Invocation invocation) {
        TaskTokens tokens = TaskTokens.none(new ExecutionId(identity.stateMachineName(), identity.executionName()));
        ReadItems items = runs.items(tokens);
        Interpreter interpreter = new Interpreter(program, identity, limits, items, null);
        RunContext context = RunContext.withoutJournal(identity, startedAt, invocation.requestId(), traceHeader);
        LiveRun live = runs.live(context, program, interpreter, input);
        Run run = runs.withoutJournal(interpreter, identity, startedAt, tokens, items, live, invocation);
        run.start(new Entry.Started(startedAt, input));
        return switch (run.carryOn()) {
            case RunResult.Ended ended ->
                Descriptions.ended(
                        identity,
                        startedAt,
                        ended.stoppedAt(),
                        views.redacted(program.machine(), input, ended.outcome()));
            case RunResult.Suspended suspended -> throw new IllegalStateException("Without a journal: " + suspended);
            case RunResult.Fenced fenced -> throw new IllegalStateException("Without a journal: " + fenced);
        };
    }

    /**
     * Goes on with an execution from its journal.
     *
     * @param takeover by which this invocation has it
     */
    ExecutionDescription goOn(Takeover takeover, OpenOutcome.Opened opened) {
        // What the owner before died of may be what its last entry leads to: a stop comes before that is worked out.
        boolean died = takeover.known().lease() != null;
        Entry.Stopped stopped = died && opened.head().inbox() > 0 ? journals.stopOf(opened.head()) : null;
        if (stopped != null) {
            return forcedEnds.stop(opened, stopped);
        }
        ExecutionIdentity identity = opened.head().identity();
        Program program = views.program(opened.head());
        TaskTokens tokens = TaskTokens.of(opened.head());
        ReadItems items = runs.items(tokens);
        JsonNode snapshot = opened.snapshot();
        if (snapshot != null) {
            try {
                items.supply(program, snapshot);
            } catch (DataSetException e) {
                return withoutItems(opened, program, ForcedEnds.Reached.before(opened), e);
            }
        }
        Interpreter interpreter = interpreter(opened, program, items);
        RunContext context = RunContext.of(opened.head(), takeover.invocation().requestId());
        LiveRun live = runs.live(context, program, interpreter, opened.input());
        if (live != null) {
            Instant startedAt = opened.head().beginning().startedAt();
            // Somebody else may have been the first since the head was read.
            if (takeover.known().awaitsFirstRun() && opened.head().resumes() == 1) {
                live.started(new Entry.Started(startedAt, opened.input()));
            } else {
                live.resumed(startedAt);
            }
        }
        boolean announced = opened.head().inbox() > 0;
        Redrive redrive = opened.head().redrive();
        Entry.Redriven redriven = redrive == null ? null : new Entry.Redriven(redrive.at(), redrive.count());
        Run run;
        Restoration restoration = new Restoration(interpreter, items);
        try {
            Journal journal = opened.replay().toItsEnd(restoration);
            if (live != null) {
                live.replayed(snapshot != null && restoration.isEmpty());
            }
            run = runs.journaled(
                    program,
                    interpreter,
                    journal,
                    identity,
                    opened.head().beginning().startedAt(),
                    tokens,
                    items,
                    announced,
                    live,
                    takeover.invocation());
            run.runner().resume(redriven);
        } catch (DataSetException e) {
            return withoutItems(
                    opened,
                    program,
                    restoration.isEmpty()
                            ? ForcedEnds.Reached.before(opened)
                            : new ForcedEnds.Reached(interpreter.redrives(), restoration.last(), 0),
                    e);
        }
        takeover.earlier().forget(interpreter, nested, journals.waitingTasks());
        return carryOn(run, opened.head(), program, takeover.invocation());
    }

    /** A data set that the execution goes on with is lost, or out of reach for now. */
    private ExecutionDescription withoutItems(
            OpenOutcome.Opened opened, Program program, ForcedEnds.Reached reached, DataSetException e) {
        return e instanceof UnreachableDataException outage
                ? outages.await(opened, program, reached, outage)
                : forcedEnds.withoutItems(opened, reached, e);
    }

    /** As its latest snapshot has it, or at its beginning. */
    private Interpreter interpreter(OpenOutcome.Opened opened, Program program, ReadItems items) {
        ExecutionIdentity identity = opened.head().identity();
        JsonNode snapshot = opened.snapshot();
        if (snapshot == null) {
            return new Interpreter(program, identity, limits, items, null);
        }
        Entry.Started started = new Entry.Started(opened.head().beginning().startedAt(), opened.input());
        return Snapshots.read(
                opened.head().id(), () -> Interpreter.restore(program, identity, limits, items, started, snapshot));
    }

    private ExecutionDescription carryOn(Run run, Head head, Program program, Invocation invocation) {
        return switch (run.carryOn()) {
            case RunResult.Ended ended -> {
                settlements.settle(head, program.awaitsJobs(), ended.outcome());
                yield views.ended(head, ended.stoppedAt(), ended.outcome());
            }
            case RunResult.Suspended suspended -> {
                if (suspended.wakeAt() != null) {
                    wakeUps.within(invocation.deadline())
                            .schedule(head.beginning().executionArn(), suspended.wakeAt());
                }
                yield views.running(head, suspended.wakeAt());
            }
            // Whoever has it now answers for it.
            case RunResult.Fenced fenced -> views.describe(head.id());
        };
    }
}
