package dev.reprise.api;

import dev.reprise.execution.ExecutionStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked about executions. */
public sealed interface ExecutionRequest extends ApiRequest {

    /** Starts one, and does not wait for it. */
    record StartExecution(
            String stateMachineArn,
            @Nullable String name,
            @Nullable String input,
            @Nullable String traceHeader) implements ExecutionRequest {}

    /** Runs one of an EXPRESS state machine to its end. */
    record StartSyncExecution(
            String stateMachineArn,
            @Nullable String name,
            @Nullable String input,
            @Nullable String traceHeader,
            boolean withData)
            implements ExecutionRequest {}

    /** Ends one. */
    record StopExecution(
            String executionArn,
            @Nullable String error,
            @Nullable String cause) implements ExecutionRequest {}

    /** Tells how one stands. */
    record DescribeExecution(String executionArn, boolean withData) implements ExecutionRequest {}

    /** Tells what one runs. */
    record DescribeStateMachineForExecution(String executionArn, boolean withData) implements ExecutionRequest {}

    /**
     * Tells which there are.
     *
     * @param pendingRedrive whether those are wanted whose Map Run is to be redriven
     * @param labels those that they bear: an extension of this engine, as are the following
     * @param from when they started at the earliest
     * @param to when they started at the latest
     */
    record ListExecutions(
            @Nullable String stateMachineArn,
            @Nullable ExecutionStatus status,
            boolean pendingRedrive,
            Paging paging,
            @Nullable String mapRunArn,
            @Nullable Boolean redriven,
            Map<String, String> labels,
            @Nullable Instant from,
            @Nullable Instant to)
            implements ExecutionRequest {}

    /** Tells what one has done. */
    record GetExecutionHistory(String executionArn, Paging paging, boolean reverseOrder, boolean includeExecutionData)
            implements ExecutionRequest {}

    /** Has one go on that ended without success. */
    record RedriveExecution(String executionArn, @Nullable String clientToken) implements ExecutionRequest {}
}
