package dev.reprise.execution;

/** Where an execution stands, in the words of DescribeExecution. */
public enum ExecutionStatus {
    /** Somebody runs it, or it is suspended. */
    RUNNING,
    /** It reached its end. */
    SUCCEEDED,
    /** A Fail state ended it, or an error that nothing caught. */
    FAILED,
    /** The machine's {@code TimeoutSeconds} ran out. */
    TIMED_OUT,
    /** Somebody stopped it. */
    ABORTED;

    /** That of an execution that has come to this end. */
    public static ExecutionStatus of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded succeeded -> SUCCEEDED;
            case Outcome.Failed failed -> FAILED;
            case Outcome.TimedOut timedOut -> TIMED_OUT;
            case Outcome.Aborted aborted -> ABORTED;
        };
    }
}
