package dev.reprise.journal;

import dev.reprise.core.EffectId;

/**
 * The task that started an execution.
 *
 * @param executionArn of the execution that the task belongs to
 * @param task which of its tasks
 * @param awaits whether the task waits until the execution has ended
 */
public record Caller(String executionArn, EffectId task, boolean awaits) {

    /** Which execution the task belongs to. */
    public ExecutionId execution() {
        return ExecutionId.ofArn(executionArn);
    }
}
