package dev.reprise.execution;

/** What a timer is for. */
public enum TimerKind {
    /** A Wait state. */
    WAIT,
    /** The delay before a retry. */
    RETRY,
    /** {@code TimeoutSeconds} of a task, or of the execution. */
    TIMEOUT,
    /** {@code HeartbeatSeconds} of a task. */
    HEARTBEAT;

    /** Whether it is a bound on a running task, which ends the task. */
    public boolean endsTask() {
        return this == TIMEOUT || this == HEARTBEAT;
    }
}
