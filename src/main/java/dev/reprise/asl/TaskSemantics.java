package dev.reprise.asl;

/** What happens to a task whose invocation died before its result was durable. */
public enum TaskSemantics {
    /** It runs again, with the same idempotency key. The default. */
    AT_LEAST_ONCE_PER_RETRY,
    /** Its attempt fails with {@code States.TaskFailed}, which {@code Retry} may handle. */
    AT_MOST_ONCE_PER_RETRY
}
