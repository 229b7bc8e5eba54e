package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.ExecutionIdentity;
import dev.reprise.core.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes descriptions of executions. */
final class Descriptions {

    private Descriptions() {}

    static ExecutionDescription running(ExecutionIdentity identity, Instant startedAt, @Nullable Instant wakeAt) {
        return describe(identity, "RUNNING", startedAt, null, null, null, null, wakeAt);
    }

    static ExecutionDescription ended(
            ExecutionIdentity identity, Instant startedAt, Instant stoppedAt, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded succeeded ->
                describe(identity, "SUCCEEDED", startedAt, stoppedAt, succeeded.output(), null, null, null);
            case Outcome.Failed failed ->
                describe(
                        identity,
                        "FAILED",
                        startedAt,
                        stoppedAt,
                        null,
                        failed.error().error(),
                        failed.error().cause(),
                        null);
            case Outcome.TimedOut timedOut ->
                describe(identity, "TIMED_OUT", startedAt, stoppedAt, null, null, null, null);
            case Outcome.Aborted aborted ->
                describe(identity, "ABORTED", startedAt, stoppedAt, null, aborted.error(), aborted.cause(), null);
        };
    }

    static ExecutionDescription summary(
            ExecutionIdentity identity, String status, Instant startedAt, @Nullable Instant stoppedAt) {
        return describe(identity, status, startedAt, stoppedAt, null, null, null, null);
    }

    private static ExecutionDescription describe(
            ExecutionIdentity identity,
            String status,
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
