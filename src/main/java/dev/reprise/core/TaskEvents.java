package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The history events of a task: AWS has one set of types for Lambda functions named by their ARN, one for activities, one for all else. */
record TaskEvents(
        String resource,
        HistoryEventType scheduledType,
        @Nullable HistoryEventType startedType,
        HistoryEventType succeededType,
        HistoryEventType failedType,
        HistoryEventType timedOutType) {

    static TaskEvents of(String resource) {
        if (resource.startsWith("arn:") && resource.contains(":lambda:") && resource.contains(":function:")) {
            return new TaskEvents(
                    resource,
                    HistoryEventType.LambdaFunctionScheduled,
                    HistoryEventType.LambdaFunctionStarted,
                    HistoryEventType.LambdaFunctionSucceeded,
                    HistoryEventType.LambdaFunctionFailed,
                    HistoryEventType.LambdaFunctionTimedOut);
        }
        if (resource.startsWith("arn:") && resource.contains(":activity:")) {
            return new TaskEvents(
                    resource,
                    HistoryEventType.ActivityScheduled,
                    HistoryEventType.ActivityStarted,
                    HistoryEventType.ActivitySucceeded,
                    HistoryEventType.ActivityFailed,
                    HistoryEventType.ActivityTimedOut);
        }
        return new TaskEvents(
                resource,
                HistoryEventType.TaskScheduled,
                HistoryEventType.TaskStarted,
                HistoryEventType.TaskSucceeded,
                HistoryEventType.TaskFailed,
                HistoryEventType.TaskTimedOut);
    }

    void scheduled(
            Scope scope,
            JsonNode input,
            @Nullable Duration timeout,
            @Nullable Duration heartbeat,
            @Nullable JsonNode credentials) {
        ObjectNode details = scope.history.details(
                "resource", resource,
                "parameters", input,
                "timeoutInSeconds", timeout == null ? null : timeout.toSeconds(),
                "heartbeatInSeconds", heartbeat == null ? null : heartbeat.toSeconds(),
                "taskCredentials", credentials);
        scope.history.record(scope, scheduledType, details);
        if (startedType != null) {
            scope.history.record(scope, startedType, "resource", resource, "", null);
        }
    }

    void succeeded(Scope scope, JsonNode output) {
        scope.history.record(scope, succeededType, "resource", resource, "output", output);
    }

    void failed(Scope scope, StatesError error) {
        scope.history.failed(scope, failedType, error);
    }

    void timedOut(Scope scope, StatesError error) {
        scope.history.failed(scope, timedOutType, error);
    }
}
