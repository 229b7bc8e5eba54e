package dev.reprise.execution;

import org.jspecify.annotations.Nullable;

/**
 * What is fixed for an execution's whole life. The context object shows it, and the random numbers are seeded from it.
 *
 * @param executionArn such as {@code arn:aws:states:us-east-1:111111111111:execution:orders:2f6c}
 * @param executionName the last part of the ARN
 * @param stateMachineArn such as {@code arn:aws:states:us-east-1:111111111111:stateMachine:orders}
 * @param stateMachineName the workflow's name
 * @param roleArn shown as {@code $$.Execution.RoleArn}
 * @param redriveCount how often it was redriven, shown as {@code $$.Execution.RedriveCount}; null for an execution that
 *     nobody can redrive, as one whose caller waits for it
 */
public record ExecutionIdentity(
        String executionArn,
        String executionName,
        String stateMachineArn,
        String stateMachineName,
        String roleArn,
        @Nullable Integer redriveCount) {

    /** The same, redriven so often; one that nobody can redrive stays as it is. */
    public ExecutionIdentity redriven(int count) {
        return redriveCount == null || count == 0
                ? this
                : new ExecutionIdentity(executionArn, executionName, stateMachineArn, stateMachineName, roleArn, count);
    }

    /** An execution that was never redriven. */
    public ExecutionIdentity(
            String executionArn,
            String executionName,
            String stateMachineArn,
            String stateMachineName,
            String roleArn) {
        this(executionArn, executionName, stateMachineArn, stateMachineName, roleArn, 0);
    }
}
