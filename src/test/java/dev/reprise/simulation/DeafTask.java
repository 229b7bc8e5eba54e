package dev.reprise.simulation;

/** A task that holds a thread and goes on when it is interrupted. Times are the scheduler's. */
final class DeafTask {

    final String idempotencyKey;

    /** When it was interrupted; never when it was not. */
    long interruptedAt = Course.NEVER;

    /** When it came to its end; never while it runs. */
    long endedAt = Course.NEVER;

    /** When the invocation that began it has answered, while it ran on; never when it did not. */
    long outlivedAt = Course.NEVER;

    DeafTask(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }
}
