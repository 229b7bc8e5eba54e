package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Resource;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.Effect;
import dev.reprise.execution.StatesError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The history events of a task: AWS has one family for Lambda functions named by their ARN, one for activities, one for
 * all else.
 *
 * <p>An activity counts as scheduled once it is known to exist, so its first event comes with the first that is heard
 * of it.
 */
record TaskEvents(
        Resource resource,
        HistoryEventType scheduledType,
        HistoryEventType startedType,
        HistoryEventType succeededType,
        HistoryEventType failedType,
        HistoryEventType timedOutType) {

    static TaskEvents of(Resource resource) {
        return switch (resource) {
            case Resource.LambdaFunction function ->
                new TaskEvents(
                        resource,
                        HistoryEventType.LambdaFunctionScheduled,
                        HistoryEventType.LambdaFunctionStarted,
                        HistoryEventType.LambdaFunctionSucceeded,
                        HistoryEventType.LambdaFunctionFailed,
                        HistoryEventType.LambdaFunctionTimedOut);
            case Resource.Activity activity ->
                new TaskEvents(
                        resource,
                        HistoryEventType.ActivityScheduled,
                        HistoryEventType.ActivityStarted,
                        HistoryEventType.ActivitySucceeded,
                        HistoryEventType.ActivityFailed,
                        HistoryEventType.ActivityTimedOut);
            case Resource.Action action ->
                new TaskEvents(
                        resource,
                        HistoryEventType.TaskScheduled,
                        HistoryEventType.TaskStarted,
                        HistoryEventType.TaskSucceeded,
                        HistoryEventType.TaskFailed,
                        HistoryEventType.TaskTimedOut);
        };
    }

    private boolean isActivity() {
        return resource instanceof Resource.Activity;
    }

    /** The task is asked for. */
    void requested(Scope scope, Effect.RunTask task) {
        if (!isActivity()) {
            scheduled(scope, task);
            scope.history.record(scope, startedType, () -> about());
        }
    }

    private void scheduled(Scope scope, Effect.RunTask task) {
        boolean service = resource instanceof Resource.Action;
        scope.history.record(scope, scheduledType, () -> {
            ObjectNode details = about();
            if (service) {
                details.put("region", scope.history.region());
            } else {
                details.put("resource", resource.uri());
            }
            details.set(service ? "parameters" : "input", task.input());
            put(details, "timeoutInSeconds", task.timeout());
            // AWS's event of a Lambda function knows no heartbeat.
            if (!(resource instanceof Resource.LambdaFunction)) {
                put(details, "heartbeatInSeconds", task.heartbeat());
            }
            if (task.credentials() != null) {
                details.putObject("taskCredentials")
                        .set("roleArn", task.credentials().path("RoleArn"));
            }
            return details;
        });
    }

    private static void put(ObjectNode details, String name, @Nullable Duration duration) {
        if (duration != null) {
            details.put(name, duration.toSeconds());
        }
    }

    /** Whoever does the task has taken it on. */
    void submitted(Scope scope, Effect.RunTask task, @Nullable JsonNode response) {
        if (isActivity()) {
            // A worker may be quicker than the word that the task is queued.
            if (task.phase().beginning() == null) {
                scheduled(scope, task);
            }
        } else if (response != null) {
            scope.history.record(scope, HistoryEventType.TaskSubmitted, () -> about().set("output", response));
        }
    }

    /** Somebody has begun to do the task. */
    void started(Scope scope, Effect.RunTask task, @Nullable String worker) {
        if (!isActivity()) {
            return;
        }
        if (task.phase().submission() == null) {
            scheduled(scope, task);
        }
        scope.history.record(scope, startedType, () -> {
            ObjectNode details = about();
            return worker == null ? details : details.put("workerName", worker);
        });
    }

    /** The task is over; an activity that nothing was heard of was done all the same. */
    private void heardOf(Scope scope, Effect.RunTask task) {
        if (task.phase().beginning() == null) {
            started(scope, task, null);
        }
    }

    void succeeded(Scope scope, Effect.RunTask task, JsonNode output) {
        heardOf(scope, task);
        scope.history.record(scope, succeededType, () -> about().set("output", output));
    }

    void failed(Scope scope, Effect.RunTask task, StatesError error) {
        heardOf(scope, task);
        ended(scope, failedType, error);
    }

    void timedOut(Scope scope, Effect.RunTask task, StatesError error) {
        heardOf(scope, task);
        ended(scope, timedOutType, error);
    }

    private void ended(Scope scope, HistoryEventType type, StatesError error) {
        scope.history.record(scope, type, () -> History.put(about(), error));
    }

    /** What all events of a service's task tell. */
    private ObjectNode about() {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        if (resource instanceof Resource.Action action) {
            details.put("resourceType", action.type()).put("resource", action.api());
        }
        return details;
    }
}
