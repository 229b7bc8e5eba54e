package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Arns;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.RequestException;
import dev.reprise.journal.NewExecution;
import dev.reprise.journal.StartOutcome;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Origin;
import dev.reprise.runtime.Time;
import dev.reprise.workflow.Workflow;
import dev.reprise.workflow.Workflows;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts executions. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">AWS,
 *     StartExecution</a>
 */
final class Starts {

    private final Workflows workflows;
    private final NewExecutions executions;
    private final Time clock;
    private final OwnedExecutions owned;
    private final Resumptions resumptions;
    private final ExecutionViews views;
    private final IdleExecutions idle;

    Starts(
            ExecutionServices services,
            NewExecutions executions,
            OwnedExecutions owned,
            Resumptions resumptions,
            ExecutionViews views) {
        this.workflows = services.workflows();
        this.executions = executions;
        this.clock = services.clock();
        this.owned = owned;
        this.resumptions = resumptions;
        this.views = views;
        this.idle = services.idleExecutions();
    }

    /** {@link Executions#start}. */
    ExecutionDescription start(String workflowName, @Nullable String name, JsonNode input, Invocation invocation) {
        ExecutionId id = id(workflowName, name == null ? invocation.requestId() : name);
        Workflow workflow = workflows.named(workflowName);
        executions.requireWithinLimit(input);
        ExecutionIdentity identity = Arns.identity(invocation.functionArn(), workflowName, id.name());
        if (workflow.express()) {
            return owned.withoutJournal(workflow.program(), identity, input, Time.millisOf(clock), null, invocation);
        }
        Lease lease = invocation.lease(clock);
        return switch (executions.start(workflow.newExecution(identity, input, Time.millisOf(clock), null, lease))) {
            case StartOutcome.Created created -> owned.begin(created, workflow.program(), invocation);
            case StartOutcome.Exists exists ->
                isFreeFor(invocation, exists.head())
                        ? resumptions.resume(exists.head(), invocation)
                        : views.describe(exists.head());
            case StartOutcome.Conflict conflict -> throw alreadyExists(id);
        };
    }

    /** {@link Executions#submit}. */
    ExecutionDescription submit(
            String workflowName,
            @Nullable String name,
            JsonNode input,
            Map<String, String> labels,
            Invocation invocation) {
        ExecutionId id = id(workflowName, name == null ? invocation.requestId() : name);
        Workflow workflow = workflows.named(workflowName);
        executions.requireWithinLimit(input);
        if (workflow.express()) {
            throw new RequestException(
                    "ValidationException",
                    "The workflow '" + workflowName + "' has \"Durability\": \"NONE\", so whoever starts it has to wait"
                            + " for its end");
        }
        ExecutionIdentity identity = Arns.identity(invocation.functionArn(), workflowName, id.name());
        NewExecution execution =
                workflow.newExecution(identity, input, Time.millisOf(clock), null, null, Origin.NONE.labelled(labels));
        return switch (executions.submit(execution)) {
            case StartOutcome.Exists exists -> {
                if (exists.head().ending() == null && exists.head().lease() == null) {
                    idle.wake(exists.head());
                }
                yield views.describe(exists.head());
            }
            case StartOutcome.Conflict conflict -> throw alreadyExists(id);
        };
    }

    private static RequestException alreadyExists(ExecutionId id) {
        return new RequestException(
                "ExecutionAlreadyExists",
                "There is an execution '" + id.name() + "' of workflow '" + id.workflow()
                        + "' with another input. Choose another name, or leave the name out");
    }

    private static ExecutionId id(String workflow, String name) {
        try {
            return new ExecutionId(workflow, name);
        } catch (IllegalArgumentException e) {
            throw new RequestException("InvalidName", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Whether to run it on here: its time has come; or who held it is past its end; or holds it by this very request,
     * which Lambda would not repeat had the first attempt not died.
     */
    private boolean isFreeFor(Invocation invocation, Head head) {
        Instant dueAt = head.dueAt();
        Lease lease = head.lease();
        boolean due = dueAt != null && !dueAt.isAfter(clock.instant());
        boolean repeated = lease != null && lease.owner().equals(invocation.requestId());
        return head.status() == ExecutionStatus.RUNNING && (due || repeated);
    }
}
