package dev.reprise.execution;

/** The ARNs of a workflow and its executions: they are in the region and account of the function that runs them. */
public final class Arns {

    private static final String NO_FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:reprise";

    /** A process is mostly one function, whose ARN is taken apart once. */
    private static volatile Function latest = Function.of("");

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
        Function function = latest;
        if (!function.arn().equals(functionArn)) {
            function = Function.of(functionArn);
            latest = function;
        }
        return new ExecutionIdentity(
                function.executions() + workflow + ":" + name,
                name,
                function.stateMachines() + workflow,
                workflow,
                function.roleArn());
    }

    /**
     * What a function's ARN says of its executions.
     *
     * @param executions begins their ARNs
     * @param stateMachines begins their state machines' ARNs
     */
    private record Function(String arn, String executions, String stateMachines, String roleArn) {

        static Function of(String arn) {
            String[] given = arn.split(":", -1);
            String[] parts = given.length >= 7 ? given : NO_FUNCTION.split(":", -1);
            String states = "arn:" + parts[1] + ":states:" + parts[3] + ":" + parts[4];
            return new Function(
                    arn,
                    states + ":execution:",
                    states + ":stateMachine:",
                    "arn:" + parts[1] + ":iam::" + parts[4] + ":role/" + parts[6]);
        }
    }
}
