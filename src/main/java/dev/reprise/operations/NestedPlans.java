package dev.reprise.operations;

import dev.reprise.asl.Resource;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.execution.Arns;
import dev.reprise.execution.Effect;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.RequestException;
import dev.reprise.execution.StateMachines;
import dev.reprise.journal.store.Caller;
import dev.reprise.task.MappingFile;
import dev.reprise.task.TaskException;
import dev.reprise.workflow.Workflow;
import dev.reprise.workflow.Workflows;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** Finds out which execution a task asks for, before it is started. Thread-safe. */
final class NestedPlans {

    /** What is known of an execution before it is started. */
    record Plan(NestedRequest request, Workflow workflow, ExecutionIdentity identity, Caller caller) {

        String executionArn() {
            return identity.executionArn();
        }

        TaskException alreadyExists() {
            return request.refused("ExecutionAlreadyExists", "Execution Already Exists: '" + executionArn() + "'");
        }
    }

    private final Workflows workflows;
    private final Supplier<Map<String, String>> stateMachines;
    private final InterpreterLimits limits;

    NestedPlans(ExecutionServices services) {
        this.workflows = services.workflows();
        this.stateMachines = services.stateMachines();
        this.limits = services.limits();
    }

    /**
     * The execution.
     *
     * @throws TaskException when the task does not ask for one that can be started
     */
    Plan plan(ExecutionIdentity parent, Instant startedAt, Effect.RunTask task, Resource.StartExecution start) {
        NestedRequest request = NestedRequest.of(parent.executionArn(), startedAt, task);
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
        return new Plan(
                request, workflow, identity, new Caller(parent.executionArn(), startedAt, task.id(), awaited(start)));
    }

    /** What of the execution the task waits for. */
    private static Caller.Awaits awaited(Resource.StartExecution start) {
        return switch (start.pattern()) {
            case REQUEST_RESPONSE, WAIT_FOR_TASK_TOKEN -> Caller.Awaits.NOTHING;
            case SYNC -> Caller.Awaits.TEXT;
            case SYNC_2 -> Caller.Awaits.JSON;
        };
    }

    private Workflow workflow(NestedRequest request, ExecutionIdentity parent) {
        String arn = request.stateMachineArn();
        try {
            String name = new StateMachines(stateMachines.get()).workflow(arn, parent.stateMachineArn());
            if (name == null) {
                throw request.refused(
                        "StateMachineDoesNotExist",
                        "State Machine Does Not Exist: '" + arn
                                + "'. The workflows of this function are named "
                                + StateMachines.sibling(parent.stateMachineArn(), "NAME")
                                + "; {\"" + arn + "\": \"workflow:NAME\"} in " + MappingFile.NAME
                                + " beside the workflows lets one of them stand for it");
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
}
