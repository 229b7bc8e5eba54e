package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.journal.Journals;
import dev.reprise.journal.NewExecution;
import dev.reprise.journal.StartOutcome;
import dev.reprise.journal.store.Caller;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalException;
import dev.reprise.journal.store.Origin;
import dev.reprise.journal.store.UnknownVersionException;
import dev.reprise.runtime.JobReference;
import dev.reprise.runtime.StartedExecutions;
import dev.reprise.runtime.Time;
import dev.reprise.task.Job;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Executions that tasks of other executions start. Each is an execution like any other, run by invocations of its own;
 * what its end leads to is told by {@link Settlements}.
 *
 * <p>Thread-safe; its methods block, and throw {@link JournalException}s.
 */
final class NestedExecutions implements StartedExecutions {

    private static final Logger LOG = Logger.getLogger(NestedExecutions.class);

    /** So many are stopped at the same time. */
    private static final int STOPPED_AT_ONCE = 16;

    private final NestedPlans plans;
    private final TaskRunners runners;
    private final TaskThreads threads;
    private final Journals journals;
    private final IdleExecutions idle;
    private final Time clock;

    NestedExecutions(ExecutionServices services) {
        this.plans = new NestedPlans(services);
        this.runners = services.tasks();
        this.threads = services.threads();
        this.journals = services.journals();
        this.idle = services.idleExecutions();
        this.clock = services.clock();
    }

    // ---- start

    @Override
    public Planned plan(
            ExecutionIdentity parent,
            Instant startedAt,
            Effect.RunTask task,
            Resource.StartExecution start,
            @Nullable String traceHeader) {
        NestedPlans.Plan plan = plans.plan(parent, startedAt, task, start);
        return new Planned() {
            @Override
            public String executionArn() {
                return plan.executionArn();
            }

            @Override
            public JsonNode start() {
                return NestedExecutions.this.start(plan, traceHeader);
            }
        };
    }

    private JsonNode start(NestedPlans.Plan planned, @Nullable String traceHeader) {
        NewExecution execution = planned.workflow()
                .newExecution(
                        planned.identity(),
                        planned.request().input(),
                        Time.millisOf(clock),
                        planned.caller(),
                        null,
                        new Origin(null, null, null, traceHeader));
        Head head = switch (submit(planned, execution)) {
            case StartOutcome.Exists exists -> exists.head();
            case StartOutcome.Conflict conflict -> throw planned.alreadyExists();
        };
        boolean ours = planned.caller().equals(head.beginning().caller());
        // AWS answers for a running execution of the same name and input. Nobody can await it who has not started it.
        if (!ours && (planned.caller().awaitsEnd() || head.ending() != null)) {
            throw planned.alreadyExists();
        }
        if (head.ending() == null && head.lease() == null) {
            idle.wake(head);
        }
        return NestedResults.started(
                head.beginning().executionArn(),
                head.beginning().startedAt(),
                planned.request().id());
    }

    private StartOutcome.OfSubmission submit(NestedPlans.Plan planned, NewExecution execution) {
        try {
            return journals.submit(execution);
        } catch (IllegalArgumentException e) {
            throw planned.request()
                    .refused(
                            "InvalidExecutionInput", "Invalid State Machine Execution Input: '" + e.getMessage() + "'");
        }
    }

    // ---- stop

    /**
     * Stops who does a task that nobody waits for any more.
     *
     * @param doer as the table knows it: an execution's ARN, or a {@link JobReference}
     */
    @Override
    public Uni<Void> stopDoer(String parentArn, Instant startedAt, EffectId task, String doer) {
        Job.Submission job = JobReference.read(doer);
        return job == null
                ? threads.run(() -> {
                            stop(parentArn, startedAt, task, doer);
                            return doer;
                        })
                        .replaceWithVoid()
                : cancel(job);
    }

    private void stop(String parentArn, Instant startedAt, EffectId task, String executionArn) {
        ExecutionId id = ExecutionId.ofArn(executionArn);
        Head head = journals.head(id);
        Caller caller = head == null ? null : head.beginning().caller();
        if (head == null
                || head.ending() != null
                || caller == null
                || !caller.belongsTo(parentArn, startedAt)
                || !caller.task().equals(task)) {
            return;
        }
        idle.wake(head, journals.inbox().put(id, aborted(parentArn)));
    }

    private Entry.Stopped aborted(String parentArn) {
        String cause = "The Task state in AWS Step Functions execution [" + parentArn
                + "] which was managing this resource was aborted";
        return new Entry.Stopped(Time.millisOf(clock), null, cause);
    }

    /**
     * Stops an execution that is about to run for the first time, if its task does not await it any more: because the
     * task's execution has ended, perhaps to be redriven, or has given the task up. Then whoever did that looked for it
     * before it was there, and nobody looks again: a process that was frozen goes on with a start whatever has happened
     * meanwhile. One that was there is stopped when its parent is settled, which is after the end.
     */
    void stopUnlessAwaited(Head child) {
        Caller caller = child.beginning().caller();
        if (child.resumes() == 0 && caller != null && caller.awaitsEnd() && !isAwaited(child, caller)) {
            var unused = journals.inbox().put(child.id(), aborted(caller.executionArn()));
        }
    }

    /**
     * Whether a task awaits an execution that has not run yet. It stands in the table from before the start until it is
     * over, and a redrive asks by other tasks. Of one that cannot be read, nobody knows; that is told when somebody is
     * to tell it something.
     */
    private boolean isAwaited(Head child, Caller caller) {
        ExecutionId parent = caller.execution();
        try {
            Head head = journals.head(parent);
            return head != null
                    && head.ending() == null
                    && caller.belongsTo(head)
                    && child.beginning()
                            .executionArn()
                            .equals(journals.waitingTasks().child(parent, caller.task()));
        } catch (CorruptJournalException | UnknownVersionException e) {
            LOG.debugf(e, "%s cannot be read; what its task awaits runs", parent);
            return true;
        }
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
}
