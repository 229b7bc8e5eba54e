package dev.reprise.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a task may know of the execution that runs it.
 *
 * @param executionArn such as {@code arn:aws:states:us-east-1:111111111111:execution:orders:2f6c}
 * @param scope path of the running body: {@code /} for the execution's root, {@code /ProcessOrders[17]} for item 17 of
 *     a Map
 * @param state the Task state's name
 * @param attempt 0 for the first attempt, 1 for the first retry, …
 * @param idempotencyKey the same for every run of this very attempt, also after a crash, and of no other; pass it to
 *     systems that can recognise a repeated request
 * @param deadline when the invocation that runs the task ends; null when that is not known
 * @param taskToken what ends the task when somebody sends it back; null unless its resource ends in {@code
 *     .waitForTaskToken}
 */
public record TaskContext(
        String executionArn,
        String scope,
        String state,
        int attempt,
        String idempotencyKey,
        @Nullable Instant deadline,
        @Nullable String taskToken) {

    /** Of a task that is over when its request is answered. */
    public TaskContext(
            String executionArn,
            String scope,
            String state,
            int attempt,
            String idempotencyKey,
            @Nullable Instant deadline) {
        this(executionArn, scope, state, attempt, idempotencyKey, deadline, null);
    }
}
