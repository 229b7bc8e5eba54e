package dev.reprise.journal.store;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionId;

/**
 * The task that started an execution.
 *
 * @param executionArn of the execution that the task belongs to
 * @param task which of its tasks
 * @param awaits what the task waits for
 */
public record Caller(String executionArn, EffectId task, Awaits awaits) {

    /** What a task waits for that has started an execution. */
    public enum Awaits {
        /** Nothing: that it has started is all. */
        NOTHING,
        /** Its end; its input and output are given as texts of JSON, as {@code .sync} does. */
        TEXT,
        /** Its end; its input and output are given as JSON, as {@code .sync:2} does. */
        JSON
    }

    /** Which execution the task belongs to. */
    public ExecutionId execution() {
        return ExecutionId.ofArn(executionArn);
    }

    /** Whether the task waits until the execution has ended. */
    public boolean awaitsEnd() {
        return awaits != Awaits.NOTHING;
    }
}
