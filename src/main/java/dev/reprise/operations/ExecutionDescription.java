package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ExecutionStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an execution stands, in the words of <a
 * href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html">DescribeExecution</a>.
 *
 * @param stopDate null while it runs
 * @param output of one that succeeded; null otherwise
 * @param error of one that did not succeed; null when there is none
 * @param cause of one that did not succeed; null when there is none
 * @param wakeAt when a suspended one is to be resumed; null when it is not suspended, or only a message from outside
 *     wakes it
 * @param redrive null for one that leaves no trace, and so cannot be redriven
 */
public record ExecutionDescription(
        String executionArn,
        String stateMachineArn,
        String name,
        ExecutionStatus status,
        Instant startDate,
        @Nullable Instant stopDate,
        @Nullable JsonNode output,
        @Nullable String error,
        @Nullable String cause,
        @Nullable Instant wakeAt,
        @Nullable Redrivability redrive) {

    ExecutionDescription with(Redrivability known) {
        return new ExecutionDescription(
                executionArn, stateMachineArn, name, status, startDate, stopDate, output, error, cause, wakeAt, known);
    }
}
