package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.execution.Arns;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.RequestException;
import dev.reprise.execution.StateMachines;
import dev.reprise.journal.Inbox;
import dev.reprise.journal.Journals;
import dev.reprise.journal.NewExecution;
import dev.reprise.journal.StartOutcome;
import dev.reprise.journal.WaitingTasks;
import dev.reprise.journal.store.Caller;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalException;
import dev.reprise.runtime.JobReference;
import dev.reprise.runtime.StartedExecutions;
import dev.reprise.runtime.Time;
import dev.reprise.task.Job;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import dev.reprise.wakeup.WakeUps;
import dev.reprise.workflow.Workflow;
import dev.reprise.workflow.Workflows;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Executions that tasks of other executions start. Each is an execution like any other, run by invocations of its own.
 *
 * <p>When one ends that a task awaits, its end answers the task, as somebody would who has the task's token. Its head
 * stays due until that is done, and until the executions that its own tasks awaited are stopped: should the process die
 * in between, the sweeper finds it.
 *
 * <p>Thread-safe; its methods block, and throw {@link dev.reprise.journal.store.JournalException}s.
 */
final class NestedExecutions implements StartedExecutions {

    private static final Logger LOG = Logger.getLogger(NestedExecutions.class);

    /** So many are stopped at the same time. */
    private static final int STOPPED_AT_ONCE = 16;

    /** Longer than it takes to stop some thousands. What is left then, the sweeper has stopped. */
    private static final Duration LONGEST_STOPPING = Duration.ofMinutes(1);

    private final Workflows workflows;
    private final StateMachines machines;
    private final TaskRunners runners;
    private final TaskThreads threads;
    private final Journals journals;
    private final WaitingTasks waiting;
    private final WakeUps wakeUps;
    private final InterpreterLimits limits;
    private final InstantSource clock;

    NestedExecutions(
            Workflows workflows,
            StateMachines machines,
            TaskRunners runners,
            TaskThreads threads,
            Journals journals,
            WakeUps wakeUps,
            InterpreterLimits limits,
            InstantSource clock) {
        this.workflows = workflows;
        this.machines = machines;
        this.runners = runners;
        this.threads = threads;
        this.journals = journals;
        this.waiting = journals.waitingTasks();
        this.wakeUps = wakeUps;
        this.limits = limits;
        this.clock = clock;
    }

    /** What of the execution the task waits for. */
    private static Caller.Awaits awaited(Resource.StartExecution start) {
        return switch (start.pattern()) {
            case REQUEST_RESPONSE, WAIT_FOR_TASK_TOKEN -> Caller.Awaits.NOTHING;
            case SYNC -> Caller.Awaits.TEXT;
            case SYNC_2 -> Caller.Awaits.JSON;
        };
    }

    /** What is known of an execution before it is started. */
    private record Plan(NestedRequest request, Workflow workflow, ExecutionIdentity identity, Caller caller) {
        String executionArn() {
            return identity.executionArn();
        }
    }

    // ---- start

    @Override
    public Planned plan(ExecutionIdentity parent, Effect.RunTask task, Resource.StartExecution start) {
        Plan plan = planned(parent, task, start);
        return new Planned() {
            @Override
            public String executionArn() {
                return plan.executionArn();
            }

            @Override
            public JsonNode start() {
                return NestedExecutions.this.start(plan);
            }
        };
    }

    private Plan planned(ExecutionIdentity parent, Effect.RunTask task, Resource.StartExecution start) {
        NestedRequest request = NestedRequest.of(parent.executionArn(), task);
        if (!limits.allows(request.input())) {
            throw request.refused(
                    "InvalidExecutionInput",
                    "Invalid State Machine Execution Input: 'it is larger than " + limits.payloadBytes()
                            + " bytes of JSON'");
        }
        Workflow workflow = workflow(request, parent);
        ExecutionIdentity identity;
        try {
            identity = Arns.sibling(parent, new ExecutionId(workflow.name(), request.name()));
        } catch (IllegalArgumentException e) {
            throw request.refused("InvalidName", "Invalid Name: '" + e.getMessage() + "'");
        }
        return new Plan(request, workflow, identity, new Caller(parent.executionArn(), task.id(), awaited(start)));
    }

    private Workflow workflow(NestedRequest request, ExecutionIdentity parent) {
        String arn = request.stateMachineArn();
        try {
            String name = machines.workflow(arn, parent.stateMachineArn());
            if (name == null) {
                throw request.refused(
                        "StateMachineDoesNotExist",
                        "State Machine Does Not Exist: '" + arn
                                + "'. The workflows of this function are named "
                                + StateMachines.sibling(parent.stateMachineArn(), "NAME")
                                + "; reprise.state-machines.\"" + arn + "\"=NAME lets one of them stand for it");
            }
            return workflows.named(name);
        } catch (RequestException e) {
            String problem = e.error().equals("StateMachineDoesNotExist")
                    ? "State Machine Does Not Exist: '" + arn + "'. " + e.getMessage()
                    : String.valueOf(e.getMessage());
            throw request.refused(e.error(), problem);
        } catch (IllegalArgumentException e) {
            throw request.refused(
                    "InvalidArn",
                    "Invalid Arn: 'Not the ARN of a state machine: " + arn
                            + ". It looks like arn:aws:states:us-east-1:123456789012:stateMachine:orders, or"
                            + " workflow:orders'");
        }
    }

    private JsonNode start(Plan planned) {
        NewExecution execution = planned.workflow()
                .newExecution(
                        planned.identity(), planned.request().input(), Time.millisOf(clock), planned.caller(), null);
        Head head = switch (submit(planned, execution)) {
            case StartOutcome.Exists exists -> exists.head();
            case StartOutcome.Conflict conflict -> throw alreadyExists(planned);
        };
        boolean ours = planned.caller().equals(head.beginning().caller());
        // AWS answers for a running execution of the same name and input. Nobody can await it who has not started it.
        if (!ours && (planned.caller().awaitsEnd() || head.ending() != null)) {
            throw alreadyExists(planned);
        }
        if (head.ending() == null && head.lease() == null) {
            wake(head);
        }
        return NestedResults.started(
                head.beginning().executionArn(),
                head.beginning().startedAt(),
                planned.request().id());
    }

    private StartOutcome.OfSubmission submit(Plan planned, NewExecution execution) {
        try {
            return journals.submit(execution);
        } catch (IllegalArgumentException e) {
            throw planned.request()
                    .refused(
                            "InvalidExecutionInput", "Invalid State Machine Execution Input: '" + e.getMessage() + "'");
        }
    }

    private static TaskException alreadyExists(Plan planned) {
        return planned.request()
                .refused("ExecutionAlreadyExists", "Execution Already Exists: '" + planned.executionArn() + "'");
    }

    // ---- stop

    private void stop(String parentArn, EffectId task, String executionArn) {
        ExecutionId id = ExecutionId.ofArn(executionArn);
        Head head = journals.head(id);
        Caller caller = head == null ? null : head.beginning().caller();
        if (head == null
                || head.ending() != null
                || caller == null
                || !caller.executionArn().equals(parentArn)
                || !caller.task().equals(task)) {
            return;
        }
        String cause = "The Task state in AWS Step Functions execution [" + parentArn
                + "] which was managing this resource was aborted";
        wakeIfIdle(head, journals.inbox().put(id, new Entry.Stopped(Time.millisOf(clock), null, cause)));
    }

    /**
     * Stops who does a task that nobody waits for any more.
     *
     * @param doer as the table knows it: an execution's ARN, or a {@link JobReference}
     */
    @Override
    public Uni<Void> stopDoer(String parentArn, EffectId task, String doer) {
        Job.Submission job = JobReference.read(doer);
        return job == null
                ? threads.run(() -> {
                            stop(parentArn, task, doer);
                            return doer;
                        })
                        .replaceWithVoid()
                : cancel(job);
    }

    /**
     * Cancels a job. That it could not be is no reason not to go on: it is tried once more when the execution has
     * ended.
     */
    @Override
    public Uni<Void> cancel(Job.Submission submission) {
        Job job = runners.job(Resource.parse(submission.resource()));
        return job == null
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .deferred(() -> job.cancel(submission))
                        .onFailure(failure -> !(failure instanceof JournalException))
                        .recoverWithUni(failure -> {
                            LOG.warnf(failure, "A job of %s could not be cancelled", submission.resource());
                            return Uni.createFrom().voidItem();
                        });
    }

    /** Does all of it, a bounded part at a time. */
    @Override
    public Uni<Void> someAtOnce(List<Uni<Void>> work) {
        return work.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join()
                        .all(work)
                        .usingConcurrencyOf(STOPPED_AT_ONCE)
                        .andFailFast()
                        .replaceWithVoid();
    }

    /**
     * Stops those who do tasks of an execution that has ended, some at once.
     *
     * @return false when time ran out before it was done
     */
    private boolean stopDoers(Head ended) {
        Map<EffectId, String> doers = waiting.children(ended.id());
        if (doers.isEmpty()) {
            return true;
        }
        // A redrive may have opened others meanwhile. As long as the head still shows the same end, none of those that
        // were read before is one of its.
        Head now = journals.head(ended.id());
        if (now == null || now.ending() == null || now.redrives() != ended.redrives()) {
            return true;
        }
        String arn = ended.beginning().executionArn();
        List<Uni<Void>> stops = new ArrayList<>();
        doers.forEach((task, doer) -> stops.add(stopDoer(arn, task, doer)));
        try {
            someAtOnce(stops).await().atMost(LONGEST_STOPPING);
            return true;
        } catch (TimeoutException e) {
            LOG.warnf("%s has ended; what its tasks await is not all stopped yet, the sweeper goes on", arn);
            return false;
        }
    }

    // ---- the end

    /** Whether somebody may be to be told when it ends. */
    static boolean mayBeUnsettled(Head head, boolean awaitsOthers) {
        Caller caller = head.beginning().caller();
        return awaitsOthers || (caller != null && caller.awaitsEnd());
    }

    /**
     * Tells everybody of the end of an execution: the task that awaits it, and the executions and jobs that its own
     * tasks awaited.
     *
     * @param head its head as it is stored
     * @param outcome how it ended
     */
    void settle(Head head, Outcome outcome) {
        tell(head, outcome);
        if (stopDoers(head)) {
            journals.settle(head);
        }
    }

    private void tell(Head child, Outcome outcome) {
        Caller caller = child.beginning().caller();
        if (caller == null || !caller.awaitsEnd()) {
            return;
        }
        Head parent = journals.head(caller.execution());
        if (parent == null || parent.ending() != null) {
            return;
        }
        Instant stoppedAt = Objects.requireNonNull(child.ending()).stoppedAt();
        Entry.OfEffect result = NestedResults.ended(caller, child, stoppedAt, journals.input(child), outcome);
        wakeIfIdle(parent, waiting.answer(parent, result));
    }

    /** @param delivery null when nothing was delivered */
    private void wakeIfIdle(Head head, Inbox.@Nullable Delivery delivery) {
        if (delivery != null && delivery.leavesIdle(head, clock.instant())) {
            wake(head);
        }
    }

    private void wake(Head head) {
        wakeUps.schedule(head.beginning().executionArn(), clock.instant());
    }
}
