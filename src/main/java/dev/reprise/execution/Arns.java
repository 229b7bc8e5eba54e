package dev.reprise.execution;

/** The ARNs of a workflow and its executions: they are in the region and account of the function that runs them. */
public final class Arns {

    private static final String NO_FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:reprise";

    private Arns() {}

    /** The function of that name which runs the execution: in the execution's own region and account. */
    public static String function(String executionArn, String name) {
        String[] execution = executionArn.split(":", -1);
        return "arn:" + execution[1] + ":lambda:" + execution[3] + ":" + execution[4] + ":function:" + name;
    }

    /** Another execution of the same function. */
    public static ExecutionIdentity sibling(ExecutionIdentity execution, ExecutionId id) {
        String stateMachineArn = StateMachines.sibling(execution.stateMachineArn(), id.workflow());
        return new ExecutionIdentity(
                stateMachineArn.replaceFirst(":stateMachine:", ":execution:") + ":" + id.name(),
                id.name(),
                stateMachineArn,
                id.workflow(),
                execution.roleArn());
    }

    /**
     * The identity of an execution of this function.
     *
     * @param functionArn {@code arn:PARTITION:lambda:REGION:ACCOUNT:function:NAME}; empty outside Lambda
     */
    public static ExecutionIdentity identity(String functionArn, String workflow, String name) {
        String[] function = (functionArn.split(":", -1).length >= 7 ? functionArn : NO_FUNCTION).split(":", -1);
        String partition = function[1];
        String account = function[4];
        String states = "arn:" + partition + ":states:" + function[3] + ":" + account;
        return new ExecutionIdentity(
                states + ":execution:" + workflow + ":" + name,
                name,
                states + ":stateMachine:" + workflow,
                workflow,
                "arn:" + partition + ":iam::" + account + ":role/" + function[6]);
    }
}
