package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes descriptions of executions. */
final class Descriptions {

    private Descriptions() {}

    static ExecutionDescription running(ExecutionIdentity identity, Instant startedAt, @Nullable Instant wakeAt) {
        return describe(identity, ExecutionStatus.RUNNING, startedAt, null, null, null, null, wakeAt);
    }

    static ExecutionDescription ended(
            ExecutionIdentity identity, Instant startedAt, Instant stoppedAt, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded succeeded ->
                describe(
                        identity,
                        ExecutionStatus.SUCCEEDED,
                        startedAt,
                        stoppedAt,
                        succeeded.output(),
                        null,
                        null,
                        null);
            case Outcome.Failed failed ->
                describe(
                        identity,
                        ExecutionStatus.FAILED,
                        startedAt,
                        stoppedAt,
                        null,
                        failed.error().error(),
                        failed.error().cause(),
                        null);
            case Outcome.TimedOut timedOut ->
                describe(identity, ExecutionStatus.TIMED_OUT, startedAt, stoppedAt, null, null, null, null);
            case Outcome.Aborted aborted ->
                describe(
                        identity,
                        ExecutionStatus.ABORTED,
                        startedAt,
                        stoppedAt,
                        null,
                        aborted.error(),
                        aborted.cause(),
                        null);
        };
    }

    static ExecutionDescription summary(
            ExecutionIdentity identity, ExecutionStatus status, Instant startedAt, @Nullable Instant stoppedAt) {
        return describe(identity, status, startedAt, stoppedAt, null, null, null, null);
    }

    private static ExecutionDescription describe(
            ExecutionIdentity identity,
            ExecutionStatus status,
            Instant startedAt,
            @Nullable Instant stoppedAt,
            @Nullable JsonNode output,
            @Nullable String error,
            @Nullable String cause,
            @Nullable Instant wakeAt) {
        return new ExecutionDescription(
                identity.executionArn(),
                identity.stateMachineArn(),
                identity.executionName(),
                status,
                startedAt,
                stoppedAt,
                output,
                error,
                cause,
                wakeAt,
                null);
    }
}
