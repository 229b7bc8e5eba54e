package dev.reprise.api;

import dev.reprise.execution.Arns;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.operations.Invocation;
import dev.reprise.workflow.Workflow;
import java.util.Objects;
import java.util.UUID;

/**
 * The ARNs that an invocation gives to what is in its function.
 *
 * @param prefix {@code arn:aws:states:REGION:ACCOUNT:}
 * @param roleArn of the function
 */
record Identities(String prefix, String roleArn) {

    static Identities of(Invocation invocation) {
        ExecutionIdentity any = Arns.identity(invocation.functionArn(), "x", "x");
        String arn = any.stateMachineArn();
        return new Identities(arn.substring(0, arn.length() - "stateMachine:x".length()), any.roleArn());
    }

    String stateMachine(String name) {
        return prefix + "stateMachine:" + name;
    }

    String qualified(String name, String qualifier) {
        return stateMachine(name) + ":" + qualifier;
    }

    String activity(String name) {
        return prefix + "activity:" + name;
    }

    /**
     * An execution's.
     *
     * @param awaited whether its caller waits for its end, so that nobody can redrive it
     */
    ExecutionIdentity execution(Workflow workflow, String name, boolean awaited) {
        String arn = workflow.express()
                ? prefix + "express:" + workflow.name() + ":" + name + ":" + UUID.randomUUID()
                : prefix + "execution:" + workflow.name() + ":" + name;
        return new ExecutionIdentity(
                arn,
                name,
                stateMachine(workflow.name()),
                workflow.name(),
                Objects.requireNonNullElse(workflow.roleArn(), roleArn),
                awaited ? null : Integer.valueOf(0));
    }

    /** Whether it may be the name of a state machine, an execution or an activity. */
    static boolean isName(String name) {
        try {
            return new ExecutionId(name, name).name().equals(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
