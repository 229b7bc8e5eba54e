package dev.reprise.core;

/**
 * What is fixed for an execution's whole life. The context object shows it, and the random numbers are seeded from it.
 *
 * @param executionArn such as {@code arn:aws:states:us-east-1:111111111111:execution:orders:2f6c}
 * @param executionName the last part of the ARN
 * @param stateMachineArn such as {@code arn:aws:states:us-east-1:111111111111:stateMachine:orders}
 * @param stateMachineName the workflow's name
 * @param roleArn shown as {@code $$.Execution.RoleArn}
 */
public record ExecutionIdentity(
        String executionArn, String executionName, String stateMachineArn, String stateMachineName, String roleArn) {}
