package dev.reprise.telemetry;

import dev.reprise.execution.Outcome;

/** What executions and their ends are called in logs and metrics. */
final class Names {

    /** {@code arn:aws:states:REGION:ACCOUNT:execution:WORKFLOW:NAME}. */
    private static final int WORKFLOW = 6;

    private Names() {}

    static String workflow(String executionArn) {
        String[] parts = executionArn.split(":", WORKFLOW + 2);
        return parts.length > WORKFLOW ? parts[WORKFLOW] : "";
    }

    static String ofEnd(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded succeeded -> "ExecutionSucceeded";
            case Outcome.Failed failed -> "ExecutionFailed";
            case Outcome.TimedOut timedOut -> "ExecutionTimedOut";
            case Outcome.Aborted aborted -> "ExecutionAborted";
        };
    }
}
