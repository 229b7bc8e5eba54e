package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.StateMachine;
import dev.reprise.core.Effect;
import dev.reprise.core.EffectId;
import dev.reprise.core.Entry;
import dev.reprise.core.ExecutionIdentity;
import dev.reprise.core.Interpreter;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Outcome;
import dev.reprise.core.Program;
import dev.reprise.core.StatesError;
import dev.reprise.dataset.NoObjects;
import dev.reprise.history.HistoryPage;
import dev.reprise.history.HistoryQuery;
import dev.reprise.journal.Beginning;
import dev.reprise.journal.CorruptJournalException;
import dev.reprise.journal.ExecutionId;
import dev.reprise.journal.ExecutionStatus;
import dev.reprise.journal.FencedException;
import dev.reprise.journal.Head;
import dev.reprise.journal.Inbox;
import dev.reprise.journal.InboxFact;
import dev.reprise.journal.Journal;
import dev.reprise.journal.Journals;
import dev.reprise.journal.Lease;
import dev.reprise.journal.NewExecution;
import dev.reprise.journal.OpenOutcome;
import dev.reprise.journal.Page;
import dev.reprise.journal.Redrive;
import dev.reprise.journal.StartOutcome;
import dev.reprise.journal.UnknownVersionException;
import dev.reprise.journal.WaitingTasks;
import dev.reprise.query.EvaluationException;
import dev.reprise.task.MapData;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Executions as the journal keeps them: starts, carries on, stops and shows them. Thread-safe; each call works on its caller's thread. */
public final class JournaledExecutions implements Executions {

    /** Who runs an execution holds it so long when the end of the invocation is not known. */
    private static final Duration LEASE_WITHOUT_DEADLINE = Duration.ofMinutes(15);

    private static final Logger LOG = Logger.getLogger(JournaledExecutions.class);

    /** What <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html">StopExecution</a> takes. */
    private static final int LONGEST_ERROR = 256;

    private static final int LONGEST_CAUSE = 32_768;

    private final Workflows workflows;
    private final Journals journals;
    private final TaskRunners tasks;
    private final MapData mapData;
    private final TaskThreads threads;
    private final WakeUps wakeUps;
    private final InterpreterLimits limits;
    private final RunnerSettings settings;
    private final Admission admission;
    private final Time clock;
    private final NestedExecutions nested;
    private final Replays replays;

    /** Without a store of objects: no Map can read or write a data set. All of them shared with other executions. */
    public JournaledExecutions(
            Workflows workflows,
            Journals journals,
            TaskRunners tasks,
            WakeUps wakeUps,
            InterpreterLimits limits,
            RunnerSettings settings,
            InstantSource clock) {
        this(
                workflows,
                journals,
                tasks,
                new MapData(new NoObjects(), new TaskThreads(Runnable::run)),
                wakeUps,
                limits,
                settings,
                clock);
    }

    /** Without threads of its own: what it asks the table for on behalf of a task, it waits for. All of them shared with other executions. */
    public JournaledExecutions(
            Workflows workflows,
            Journals journals,
            TaskRunners tasks,
            MapData mapData,
            WakeUps wakeUps,
            InterpreterLimits limits,
            RunnerSettings settings,
            InstantSource clock) {
        this(
                workflows,
                journals,
                tasks,
                mapData,
                new TaskThreads(Runnable::run),
                wakeUps,
                limits,
                settings,
                Map.of(),
                clock);
    }

    /**
     * All of them shared with other executions.
     *
     * @param stateMachines workflows by the ARNs of the state machines for which they stand when a task starts an execution
     */
    public JournaledExecutions(
            Workflows workflows,
            Journals journals,
            TaskRunners tasks,
            MapData mapData,
            TaskThreads threads,
            WakeUps wakeUps,
            InterpreterLimits limits,
            RunnerSettings settings,
            Map<String, String> stateMachines,
            InstantSource clock) {
        this(
                workflows,
                journals,
                tasks,
                mapData,
                threads,
                wakeUps,
                limits,
                settings,
                stateMachines,
                Admission.OF_WHAT_IS_AWAITED,
                clock);
    }

    JournaledExecutions(
            Workflows workflows,
            Journals journals,
            TaskRunners tasks,
            MapData mapData,
            TaskThreads threads,
            WakeUps wakeUps,
            InterpreterLimits limits,
            RunnerSettings settings,
            Map<String, String> stateMachines,
            Admission admission,
            InstantSource clock) {
        this.workflows = workflows;
        this.journals = journals;
        this.tasks = tasks;
        this.mapData = mapData;
        this.threads = threads;
        this.wakeUps = wakeUps;
        this.limits = limits;
        this.settings = settings;
        this.admission = admission;
        this.clock = Time.of(clock);
        this.nested =
                new NestedExecutions(workflows, new StateMachines(stateMachines), journals, wakeUps, limits, clock);
        this.replays = new Replays(journals, this::program, mapData, limits.payloadBytes());
    }

    // ---- start

    @Override
    public ExecutionDescription start(String workflow, @Nullable String name, JsonNode input, Invocation invocation) {
        ExecutionId id = id(workflow, name == null ? invocation.requestId() : name);
        Workflow definition = workflows.named(workflow);
        requireWithinLimit(input);
        ExecutionIdentity identity = Arns.identity(invocation.functionArn(), workflow, id.name());
        if (definition.program().machine().durability() == StateMachine.Durability.NONE) {
            return runWithoutJournal(definition.program(), identity, input, invocation);
        }
        NewExecution execution = new NewExecution(
                identity,
                input,
                definition.definition().sha256(),
                definition.definition().text(),
                Instant.ofEpochMilli(clock.millis()),
                definition.program().machine().retention(),
                definition.program().isAnsweredFromOutside(),
                null,
                lease(invocation));
        return switch (start(execution)) {
            case StartOutcome.Created created -> {
                TaskTokens tokens = TaskTokens.of(created.head());
                ReadItems items = new ReadItems(mapData, tokens);
                ExecutionRunner runner = runner(
                        new Interpreter(definition.program(), identity, limits, items, null),
                        items,
                        new JournalLedger(
                                created.journal(), definition.program().awaitsJobs()),
                        tasks(identity, tokens, false, invocation),
                        invocation);
                runner.start(created.started());
                yield run(runner, created.head(), definition.program());
            }
            case StartOutcome.Exists exists ->
                isFreeFor(invocation, exists.head()) ? resume(exists.head(), invocation) : describe(exists.head());
            case StartOutcome.Conflict conflict ->
                throw new RequestException(
                        "ExecutionAlreadyExists",
                        "There is an execution '" + id.name() + "' of workflow '" + workflow
                                + "' with another input. Choose another name, or leave the name out");
        };
    }

    private void requireWithinLimit(JsonNode input) {
        if (!limits.allows(input)) {
            throw new RequestException(
                    "InvalidExecutionInput",
                    "The input is larger than " + limits.payloadBytes() + " bytes of JSON. Put the data where tasks"
                            + " can read it, and start the execution with a reference to it");
        }
    }

    private StartOutcome start(NewExecution execution) {
        try {
            return journals.start(execution);
        } catch (IllegalArgumentException e) {
            throw new RequestException("InvalidExecutionInput", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Whether to run it on here: its time has come; or who held it is past its end; or holds it by this very request, which Lambda would not repeat had the first attempt not died.
     */
    private boolean isFreeFor(Invocation invocation, Head head) {
        Instant dueAt = head.dueAt();
        Lease lease = head.lease();
        boolean due = dueAt != null && !dueAt.isAfter(clock.instant());
        boolean repeated = lease != null && lease.owner().equals(invocation.requestId());
        return head.status() == ExecutionStatus.RUNNING && (due || repeated);
    }

    private ExecutionDescription runWithoutJournal(
            Program program, ExecutionIdentity identity, JsonNode input, Invocation invocation) {
        Instant startedAt = Instant.ofEpochMilli(clock.millis());
        TaskTokens tokens = TaskTokens.none(new ExecutionId(identity.stateMachineName(), identity.executionName()));
        ReadItems items = new ReadItems(mapData, tokens);
        ExecutionRunner runner = runner(
                new Interpreter(program, identity, limits, items, null),
                items,
                new NoLedger(),
                tasks(identity, tokens, false, invocation),
                invocation);
        runner.start(new Entry.Started(startedAt, input));
        return switch (run(runner)) {
            case RunResult.Ended ended -> Descriptions.ended(identity, startedAt, ended.stoppedAt(), ended.outcome());
            case RunResult.Suspended suspended -> throw new IllegalStateException("Without a journal: " + suspended);
            case RunResult.Fenced fenced -> throw new IllegalStateException("Without a journal: " + fenced);
        };
    }

    // ---- resume

    @Override
    public ExecutionDescription resume(String executionArn, Invocation invocation) {
        Head head = settled(require(idOf(executionArn)));
        return isDue(head) ? resume(head, invocation) : describe(head);
    }

    @Override
    public ExecutionDescription resumeAt(String executionArn, Instant at, Invocation invocation) {
        Head head = settled(require(idOf(executionArn)));
        if (!isDue(head) && at.equals(head.dueAt())) {
            wakeUps.schedule(head.beginning().executionArn(), at);
        }
        return isDue(head) ? resume(head, invocation) : describe(head);
    }

    /**
     * Whether there is anything to be done, or soon enough to be waited for. Wake-ups come more than once, and may come when the execution waits for something else by then: taking it over would cost
     * writes, and lead to nothing.
     */
    private boolean isDue(Head head) {
        Instant dueAt = head.dueAt();
        Instant soon = clock.instant().plus(settings.waitInProcess());
        return head.ending() == null && (head.lease() != null || (dueAt != null && !dueAt.isAfter(soon)));
    }

    /** One that cannot be read is left alone for longer and longer: repeating the request is of no use until somebody has looked after it. */
    private ExecutionDescription resume(Head known, Invocation invocation) {
        Lease lease = lease(invocation);
        return carryOn(known, lease, () -> resume(known, lease, invocation));
    }

    private ExecutionDescription carryOn(Head known, Lease lease, Supplier<ExecutionDescription> work) {
        try {
            return work.get();
        } catch (CorruptJournalException | UnknownVersionException e) {
            LOG.errorf("%s. The sweeper tries again at %s", e.getMessage(), journals.backOff(known, lease));
            throw new RequestException(
                    e instanceof CorruptJournalException ? "CorruptJournal" : "UnknownVersion",
                    String.valueOf(e.getMessage()));
        }
    }

    private ExecutionDescription resume(Head known, Lease lease, Invocation invocation) {
        return switch (journals.open(known.id(), lease, settings.maxFruitlessResumes())) {
            case OpenOutcome.Opened opened -> resume(known, opened, invocation);
            case OpenOutcome.Fruitless fruitless -> giveUp(fruitless);
            case OpenOutcome.AlreadyClosed closed -> describe(settled(closed.head()));
            // Should its owner have died, the sweeper finds it when the lease is over.
            case OpenOutcome.HeldByOther held -> describe(known);
            case OpenOutcome.Unknown unknown -> throw doesNotExist(known.id());
        };
    }

    private ExecutionDescription resume(Head known, OpenOutcome.Opened opened, Invocation invocation) {
        try {
            return replayed(known, opened, invocation);
        } catch (FencedException e) {
            // Whoever has it now answers for it.
            return describe(require(opened.head().id()));
        }
    }

    private ExecutionDescription replayed(Head known, OpenOutcome.Opened opened, Invocation invocation) {
        Beginning beginning = opened.head().beginning();
        ExecutionIdentity identity = opened.head().identity();
        Program program = program(opened.head());
        TaskTokens tokens = TaskTokens.of(opened.head());
        ReadItems items = new ReadItems(mapData, tokens);
        Journal journal = opened.journal();
        Interpreter interpreter;
        try {
            interpreter = opened.snapshot() == null
                    ? new Interpreter(program, identity, limits, items, null)
                    : Interpreter.restore(
                            program,
                            identity,
                            limits,
                            items,
                            new Entry.Started(beginning.startedAt(), opened.input()),
                            opened.snapshot());
        } catch (EvaluationException e) {
            journal.replay().forEachRemaining(entry -> {});
            return end(opened.head(), journal, new Entry.Interrupted(0, givenUp(e.error(), e.causeText())));
        }
        boolean announced = opened.head().inbox() > 0;
        ExecutionRunner runner = runner(
                interpreter,
                items,
                new JournalLedger(journal, program.awaitsJobs()),
                tasks(identity, tokens, announced, invocation),
                invocation);
        Redrive redrive = opened.head().redrive();
        Entry.Redriven redriven = redrive == null ? null : new Entry.Redriven(redrive.at(), redrive.count());
        try {
            runner.replay(journal.replay(), redriven);
        } catch (EvaluationException e) {
            return end(opened.head(), journal, new Entry.Interrupted(0, givenUp(e.error(), e.causeText())));
        }
        boolean leftByDead = known.lease() != null && !interpreter.hasWork();
        boolean leftByEnded = known.ending() != null;
        if (announced && (leftByDead || leftByEnded)) {
            forgetLeftovers(known, interpreter);
        }
        return run(runner, opened.head(), program);
    }

    /** Its owner died, perhaps between the end of a task and forgetting it; or it had ended: an answer to what it waited for before must not seem to count. */
    private void forgetLeftovers(Head head, Interpreter interpreter) {
        Set<EffectId> open = interpreter.openEffects().stream().map(Effect::id).collect(Collectors.toSet());
        WaitingTasks waiting = journals.waitingTasks();
        waiting.children(head.id()).forEach((task, child) -> {
            if (!open.contains(task)) {
                nested.stop(head.beginning().executionArn(), task, child);
            }
        });
        waiting.forgetAllBut(head.id(), open);
    }

    /** Something kills every invocation before it gets anywhere: rather an error that can be seen than a loop that costs. A stop is a better reason to end it, if there is one. */
    private ExecutionDescription giveUp(OpenOutcome.Fruitless fruitless) {
        Journal journal = fruitless.journal();
        Entry stopped = journal.readInbox().stream()
                .map(InboxFact::entry)
                .filter(Entry.Stopped.class::isInstance)
                .findFirst()
                .orElse(null);
        String cause = fruitless.resumes()
                + " invocations in a row ended before anything of this execution was recorded. Look for crashes, time-outs and memory in the function's log";
        Entry end = stopped == null ? givenUp("Reprise.NoProgress", cause) : stopped;
        return end(fruitless.head(), journal, fruitless.died() ? new Entry.Interrupted(0, end) : end);
    }

    private Entry.GivenUp givenUp(@Nullable String error, @Nullable String cause) {
        return new Entry.GivenUp(Instant.ofEpochMilli(clock.millis()), new StatesError(error, cause));
    }

    /**
     * Ends an execution by an entry, wherever it stands.
     *
     * @param last interrupts the work when whoever did it died: nobody is to work out again what may have been the cause
     */
    private ExecutionDescription end(Head head, Journal journal, Entry last) {
        Entry end = last instanceof Entry.Interrupted interrupted ? interrupted.end() : last;
        Outcome outcome = end instanceof Entry.GivenUp givenUp
                ? new Outcome.Failed(givenUp.error())
                : new Outcome.Aborted(((Entry.Stopped) end).error(), ((Entry.Stopped) end).cause());
        Instant stoppedAt = Instant.ofEpochMilli(clock.millis());
        journal.append(last.movedTo(stoppedAt));
        journal.close(outcome, stoppedAt);
        settle(head.id(), outcome);
        return shown(head, Descriptions.ended(head.identity(), head.beginning().startedAt(), stoppedAt, outcome));
    }

    // ---- running

    private ExecutionRunner runner(
            Interpreter interpreter, ReadItems items, Ledger ledger, TaskRequests requests, Invocation invocation) {
        return new ExecutionRunner(
                interpreter,
                ledger,
                requests,
                mapData,
                items,
                settings,
                admission,
                clock,
                new Deadline(invocation.deadline()));
    }

    private TaskRequests tasks(
            ExecutionIdentity identity, TaskTokens tokens, boolean announced, Invocation invocation) {
        return new ExecutionTasks(
                identity,
                tokens,
                tasks,
                nested,
                journals.waitingTasks(),
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
                yield shown(
                        head,
                        Descriptions.ended(
                                head.identity(), head.beginning().startedAt(), ended.stoppedAt(), ended.outcome()));
            }
            case RunResult.Suspended suspended -> {
                if (suspended.wakeAt() != null) {
                    wakeUps.schedule(head.beginning().executionArn(), suspended.wakeAt());
                }
                yield shown(
                        head,
                        Descriptions.running(head.identity(), head.beginning().startedAt(), suspended.wakeAt()));
            }
            // Whoever has it now answers for it.
            case RunResult.Fenced fenced -> describe(require(head.id()));
        };
    }

    /** Tells those who are to know of it that an execution has ended. */
    private void settle(ExecutionId id, Outcome outcome) {
        Head head = journals.head(id);
        if (head != null && head.isUnsettled()) {
            nested.settle(head, outcome);
        }
    }

    /** The same, should whoever ended it have died before it was done. */
    private Head settled(Head head) {
        if (head.isUnsettled()) {
            nested.settle(head, outcome(head));
        }
        return head;
    }

    private static RunResult run(ExecutionRunner runner) {
        try {
            return runner.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The invocation was interrupted; the execution can be resumed", e);
        }
    }

    private Lease lease(Invocation invocation) {
        Instant until =
                invocation.deadline() == null ? clock.instant().plus(LEASE_WITHOUT_DEADLINE) : invocation.deadline();
        return new Lease(invocation.requestId(), until);
    }

    // ---- stop

    @Override
    public ExecutionDescription stop(
            String executionArn, @Nullable String error, @Nullable String cause, Invocation invocation) {
        ExecutionId id = idOf(executionArn);
        requireAtMost(LONGEST_ERROR, "error", error);
        requireAtMost(LONGEST_CAUSE, "cause", cause);
        Entry.Stopped stopped = new Entry.Stopped(Instant.ofEpochMilli(clock.millis()), error, cause);
        return switch (journals.inbox().put(id, stopped)) {
            case Inbox.Delivery.Owned owned -> {
                Head head = require(id);
                yield isAbandoned(head) ? stopIdle(head, stopped, invocation) : describe(head);
            }
            case Inbox.Delivery.Closed closed -> describe(closed.head());
            case Inbox.Delivery.Unknown unknown -> throw doesNotExist(id);
            case Inbox.Delivery.WakeNow wakeNow -> stopIdle(require(id), stopped, invocation);
        };
    }

    private static void requireAtMost(int longest, String what, @Nullable String text) {
        if (text != null && text.length() > longest) {
            throw new RequestException(
                    "ValidationException",
                    "'" + what + "' has at most " + longest + " characters, this one has " + text.length());
        }
    }

    /** Whether its owner died and nobody has taken it over. */
    private boolean isAbandoned(Head head) {
        return head.isAbandoned(clock.instant());
    }

    /** Nobody runs it, so this invocation reads the inbox in its place; should the journal be unreadable, it is ended all the same. */
    private ExecutionDescription stopIdle(Head head, Entry.Stopped stopped, Invocation invocation) {
        Lease lease = lease(invocation);
        try {
            return resume(head, lease, invocation);
        } catch (CorruptJournalException e) {
            Journal journal = journals.seize(head.id(), lease);
            if (journal != null) {
                Outcome aborted = new Outcome.Aborted(stopped.error(), stopped.cause());
                journal.close(aborted, stopped.at());
                settle(head.id(), aborted);
            }
            return describe(require(head.id()));
        }
    }

    // ---- redrive

    @Override
    public ExecutionDescription redrive(String executionArn, Invocation invocation) {
        Head head = require(idOf(executionArn));
        Lease lease = lease(invocation);
        // Lambda repeats a request whose first attempt died.
        boolean repeated = head.redrive() != null
                && head.lease() != null
                && head.lease().owner().equals(lease.owner());
        if (repeated) {
            return resume(head, invocation);
        }
        requireRedrivable(head);
        Instant now = Instant.ofEpochMilli(clock.millis());
        return switch (journals.redrive(settled(head), lease, now)) {
            case OpenOutcome.Opened opened -> carryOn(opened.head(), lease, () -> resume(head, opened, invocation));
            case OpenOutcome.Fruitless fruitless -> throw new IllegalStateException("Just redriven: " + fruitless);
            case OpenOutcome.Unknown unknown -> throw doesNotExist(head.id());
            case OpenOutcome.AlreadyClosed closed -> throw quicker(head);
            case OpenOutcome.HeldByOther held -> throw quicker(head);
        };
    }

    private void requireRedrivable(Head head) {
        ExecutionDescription execution = summary(head);
        Redrivability redrive = Objects.requireNonNull(execution.redrive());
        if (redrive.obstacle() != null) {
            throw notRedrivable(head, redrive.obstacle());
        }
    }

    private static RequestException quicker(Head head) {
        return notRedrivable(head, "Somebody else has redriven it at the same time");
    }

    private static RequestException notRedrivable(Head head, String reason) {
        return new RequestException(
                "ExecutionNotRedrivable",
                "Execution " + head.beginning().executionArn() + " invalid for redrive as: " + reason);
    }

    // ---- looking

    @Override
    public ExecutionDescription describe(String executionArn) {
        return describe(require(idOf(executionArn)));
    }

    private ExecutionDescription describe(Head head) {
        if (head.ending() == null) {
            Instant wakeAt = head.lease() == null ? head.dueAt() : null;
            return shown(
                    head, Descriptions.running(head.identity(), head.beginning().startedAt(), wakeAt));
        }
        return shown(
                head,
                Descriptions.ended(
                        head.identity(),
                        head.beginning().startedAt(),
                        head.ending().stoppedAt(),
                        outcome(head)));
    }

    /** Of one that has ended. */
    private Outcome outcome(Head head) {
        Outcome kept = journals.outcome(head);
        return kept == null ? replayedOutcome(head) : kept;
    }

    private ExecutionDescription shown(Head head, ExecutionDescription execution) {
        return execution.with(Redrivability.of(head, execution.status(), execution.stopDate(), clock.instant()));
    }

    /** A large output is not stored beside the journal that it follows from. */
    private Outcome replayedOutcome(Head head) {
        Outcome outcome = replays.outcome(head);
        if (outcome == null) {
            throw new IllegalStateException("The journal of execution " + head.id()
                    + " does not lead to its end, although it is recorded as " + head.status());
        }
        return outcome;
    }

    @Override
    public HistoryPage history(String executionArn, HistoryQuery query) {
        ExecutionId id = idOf(executionArn);
        HistoryPage page = replays.history(require(id), query);
        if (page == null) {
            throw doesNotExist(id);
        }
        return page;
    }

    private Program program(Head head) {
        String definition = head.beginning().definition();
        return workflows.compiled(definition, () -> journals.definition(definition));
    }

    @Override
    public ExecutionList list(String workflow, int limit, @Nullable String next) {
        try {
            Page<Head> page = journals.list(workflow, limit, next);
            return new ExecutionList(page.items().stream().map(this::summary).toList(), page.next());
        } catch (IllegalArgumentException e) {
            throw new RequestException("InvalidToken", String.valueOf(e.getMessage()));
        }
    }

    private ExecutionDescription summary(Head head) {
        return shown(
                head,
                Descriptions.summary(
                        head.identity(),
                        head.status().name(),
                        head.beginning().startedAt(),
                        head.ending() == null ? null : head.ending().stoppedAt()));
    }

    private Head require(ExecutionId id) {
        Head head = journals.head(id);
        if (head == null) {
            throw doesNotExist(id);
        }
        return head;
    }

    private static RequestException doesNotExist(ExecutionId id) {
        return new RequestException(
                "ExecutionDoesNotExist",
                "There is no execution '" + id.name() + "' of workflow '" + id.workflow() + "'. {\"list\": \""
                        + id.workflow() + "\"} shows those that there are");
    }

    private static ExecutionId id(String workflow, String name) {
        try {
            return new ExecutionId(workflow, name);
        } catch (IllegalArgumentException e) {
            throw new RequestException("InvalidName", String.valueOf(e.getMessage()));
        }
    }

    private static ExecutionId idOf(String executionArn) {
        try {
            return ExecutionId.ofArn(executionArn);
        } catch (IllegalArgumentException e) {
            throw new RequestException("InvalidArn", String.valueOf(e.getMessage()));
        }
    }
}
