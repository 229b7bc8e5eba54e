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
    ABORTED
}
