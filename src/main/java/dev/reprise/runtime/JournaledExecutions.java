package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.StateMachine;
import dev.reprise.core.Entry;
import dev.reprise.core.ExecutionIdentity;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.dataset.NoObjects;
import dev.reprise.history.HistoryPage;
import dev.reprise.history.HistoryQuery;
import dev.reprise.journal.CorruptJournalException;
import dev.reprise.journal.ExecutionId;
import dev.reprise.journal.ExecutionStatus;
import dev.reprise.journal.FencedException;
import dev.reprise.journal.Head;
import dev.reprise.journal.Inbox;
import dev.reprise.journal.Journals;
import dev.reprise.journal.Lease;
import dev.reprise.journal.NewExecution;
import dev.reprise.journal.OpenOutcome;
import dev.reprise.journal.StartOutcome;
import dev.reprise.journal.UnknownVersionException;
import dev.reprise.task.MapData;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
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
    private final WakeUps wakeUps;
    private final InterpreterLimits limits;
    private final RunnerSettings settings;
    private final Time clock;
    private final ExecutionViews views;
    private final OwnedExecutions owned;

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
        this(new Surroundings(
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
                Time.of(clock)));
    }

    JournaledExecutions(Surroundings shared) {
        this.workflows = shared.workflows();
        this.journals = shared.journals();
        this.wakeUps = shared.wakeUps();
        this.limits = shared.limits();
        this.settings = shared.settings();
        this.clock = shared.clock();
        this.views = new ExecutionViews(shared);
        this.owned = new OwnedExecutions(shared, views);
    }

    // ---- start

    @Override
    public ExecutionDescription start(String workflow, @Nullable String name, JsonNode input, Invocation invocation) {
        ExecutionId id = id(workflow, name == null ? invocation.requestId() : name);
        Workflow definition = workflows.named(workflow);
        requireWithinLimit(input);
        ExecutionIdentity identity = Arns.identity(invocation.functionArn(), workflow, id.name());
        if (definition.program().machine().durability() == StateMachine.Durability.NONE) {
            return owned.withoutJournal(definition.program(), identity, input, invocation);
        }
        NewExecution execution = new NewExecution(
                identity,
                input,
                definition.definition().sha256(),
                definition.definition().text(),
                Time.millisOf(clock),
                definition.program().machine().retention(),
                definition.program().isAnsweredFromOutside(),
                null,
                lease(invocation));
        return switch (start(execution)) {
            case StartOutcome.Created created -> owned.begin(created, definition.program(), invocation);
            case StartOutcome.Exists exists ->
                isFreeFor(invocation, exists.head())
                        ? resume(exists.head(), invocation)
                        : views.describe(exists.head());
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

    // ---- resume

    @Override
    public ExecutionDescription resume(String executionArn, Invocation invocation) {
        Head head = owned.settled(views.head(idOf(executionArn)));
        return isDue(head) ? resume(head, invocation) : views.describe(head);
    }

    @Override
    public ExecutionDescription resumeAt(String executionArn, Instant at, Invocation invocation) {
        Head head = owned.settled(views.head(idOf(executionArn)));
        if (!isDue(head) && at.equals(head.dueAt())) {
            wakeUps.schedule(head.beginning().executionArn(), at);
        }
        return isDue(head) ? resume(head, invocation) : views.describe(head);
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

    /** Whoever has it now answers for it. */
    private ExecutionDescription unlessOvertaken(Head known, Supplier<ExecutionDescription> work) {
        try {
            return work.get();
        } catch (FencedException e) {
            return views.describe(known.id());
        }
    }

    private ExecutionDescription resume(Head known, Lease lease, Invocation invocation) {
        return unlessOvertaken(known, () -> takeOver(known, lease, invocation));
    }

    private ExecutionDescription takeOver(Head known, Lease lease, Invocation invocation) {
        Leftovers leftovers = Leftovers.of(known, journals.waitingTasks());
        return switch (journals.open(known.id(), lease, settings.maxFruitlessResumes())) {
            case OpenOutcome.Opened opened -> owned.goOn(leftovers, opened, invocation);
            case OpenOutcome.Fruitless fruitless -> owned.giveUp(fruitless);
            case OpenOutcome.AlreadyClosed closed -> views.describe(owned.settled(closed.head()));
            // Should its owner have died, the sweeper finds it when the lease is over.
            case OpenOutcome.HeldByOther held -> views.describe(known);
            case OpenOutcome.Unknown unknown -> throw ExecutionViews.doesNotExist(known.id());
        };
    }

    // ---- stop

    @Override
    public ExecutionDescription stop(
            String executionArn, @Nullable String error, @Nullable String cause, Invocation invocation) {
        ExecutionId id = idOf(executionArn);
        requireAtMost(LONGEST_ERROR, "error", error);
        requireAtMost(LONGEST_CAUSE, "cause", cause);
        Entry.Stopped stopped = new Entry.Stopped(Time.millisOf(clock), error, cause);
        return switch (journals.inbox().put(id, stopped)) {
            case Inbox.Delivery.Closed closed -> views.describe(closed.head());
            case Inbox.Delivery.Unknown unknown -> throw ExecutionViews.doesNotExist(id);
            case Inbox.Delivery delivery -> {
                Head head = views.head(id);
                yield delivery.leavesIdle(head, clock.instant())
                        ? stopIdle(head, stopped, invocation)
                        : views.describe(head);
            }
        };
    }

    private static void requireAtMost(int longest, String what, @Nullable String text) {
        if (text != null && text.length() > longest) {
            throw new RequestException(
                    "ValidationException",
                    "'" + what + "' has at most " + longest + " characters, this one has " + text.length());
        }
    }

    /**
     * Nobody runs it, so this invocation reads the inbox in its place. Where whoever ran it died, that may be what another would die of too, so nothing is worked out. Should the journal be unreadable, it is ended all
     * the same.
     */
    private ExecutionDescription stopIdle(Head head, Entry.Stopped stopped, Invocation invocation) {
        Lease lease = lease(invocation);
        try {
            return head.lease() == null
                    ? resume(head, lease, invocation)
                    : unlessOvertaken(head, () -> stopUnseen(head, lease, stopped));
        } catch (CorruptJournalException e) {
            owned.seize(head.id(), lease, stopped);
            return views.describe(head.id());
        }
    }

    private ExecutionDescription stopUnseen(Head known, Lease lease, Entry.Stopped stopped) {
        return switch (journals.open(known.id(), lease, Long.MAX_VALUE)) {
            case OpenOutcome.Opened opened -> owned.stop(opened, stopped);
            case OpenOutcome.Fruitless fruitless -> owned.giveUp(fruitless);
            case OpenOutcome.AlreadyClosed closed -> views.describe(owned.settled(closed.head()));
            case OpenOutcome.HeldByOther held -> views.describe(known);
            case OpenOutcome.Unknown unknown -> throw ExecutionViews.doesNotExist(known.id());
        };
    }

    // ---- redrive

    @Override
    public ExecutionDescription redrive(String executionArn, Invocation invocation) {
        Head head = views.head(idOf(executionArn));
        Lease lease = lease(invocation);
        // Lambda repeats a request whose first attempt died.
        boolean repeated = head.redrive() != null
                && head.lease() != null
                && head.lease().owner().equals(lease.owner());
        if (repeated) {
            return resume(head, invocation);
        }
        requireRedrivable(head);
        Instant now = Time.millisOf(clock);
        Leftovers leftovers = Leftovers.of(head, journals.waitingTasks());
        return switch (journals.redrive(owned.settled(head), lease, now)) {
            case OpenOutcome.Opened opened ->
                carryOn(
                        opened.head(),
                        lease,
                        () -> unlessOvertaken(head, () -> owned.goOn(leftovers, opened, invocation)));
            case OpenOutcome.Fruitless fruitless -> throw new IllegalStateException("Just redriven: " + fruitless);
            case OpenOutcome.Unknown unknown -> throw ExecutionViews.doesNotExist(head.id());
            case OpenOutcome.AlreadyClosed closed -> throw quicker(head);
            case OpenOutcome.HeldByOther held -> throw quicker(head);
        };
    }

    private void requireRedrivable(Head head) {
        ExecutionDescription execution = views.summary(head);
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

    private Lease lease(Invocation invocation) {
        Instant until =
                invocation.deadline() == null ? clock.instant().plus(LEASE_WITHOUT_DEADLINE) : invocation.deadline();
        return new Lease(invocation.requestId(), until);
    }

    // ---- looking

    @Override
    public ExecutionDescription describe(String executionArn) {
        return views.describe(idOf(executionArn));
    }

    @Override
    public HistoryPage history(String executionArn, HistoryQuery query) {
        return views.history(idOf(executionArn), query);
    }

    @Override
    public ExecutionList list(String workflow, int limit, @Nullable String next) {
        return views.list(workflow, limit, next);
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
