package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.StatesError;
import dev.reprise.journal.store.Caller;
import dev.reprise.journal.store.Head;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a task gets that starts an execution: the answers of StartExecution and DescribeExecution as Step Functions
 * shows them to a state machine. Times are in milliseconds since 1970.
 */
final class NestedResults {

    /** What a cause may hold. */
    private static final int LONGEST_CAUSE = 32_768;

    private NestedResults() {}

    /** It has begun. */
    static ObjectNode started(String executionArn, Instant startedAt, UUID requestId) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("ExecutionArn", executionArn);
        answer.putObject("SdkHttpMetadata").put("HttpStatusCode", 200);
        answer.putObject("SdkResponseMetadata").put("RequestId", requestId.toString());
        return answer.put("StartDate", startedAt.toEpochMilli());
    }

    /**
     * It has ended, as the task sees it that awaits this.
     *
     * @param caller awaits its end
     */
    static Entry.OfEffect ended(Caller caller, Head child, Instant stoppedAt, JsonNode input, Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded succeeded) {
            boolean asText = caller.awaits() == Caller.Awaits.TEXT;
            ObjectNode description = described(child, stoppedAt, outcome);
            included(description, "Input", input, asText);
            included(description, "Output", succeeded.output(), asText);
            return new Entry.TaskSucceeded(caller.task(), stoppedAt, description);
        }
        return new Entry.TaskFailed(
                caller.task(),
                stoppedAt,
                new StatesError("States.TaskFailed", cause(described(child, stoppedAt, outcome), input)));
    }

    private static String cause(ObjectNode description, JsonNode input) {
        String whole = included(description.deepCopy(), "Input", input, true).toString();
        if (whole.length() <= LONGEST_CAUSE) {
            return whole;
        }
        description.putObject("InputDetails").put("Included", false);
        return description.toString();
    }

    private static ObjectNode included(ObjectNode description, String name, JsonNode value, boolean asText) {
        if (asText) {
            description.put(name, value.toString());
        } else {
            description.set(name, value);
        }
        description.putObject(name + "Details").put("Included", true);
        return description;
    }

    private static ObjectNode described(Head child, Instant stoppedAt, Outcome outcome) {
        ObjectNode description = JsonNodeFactory.instance.objectNode();
        description
                .put("ExecutionArn", child.beginning().executionArn())
                .put("Name", child.id().name())
                .put("RedriveCount", child.redrives())
                .put("StartDate", child.beginning().startedAt().toEpochMilli())
                .put("StateMachineArn", child.beginning().stateMachineArn())
                .put("StopDate", stoppedAt.toEpochMilli());
        return switch (outcome) {
            case Outcome.Succeeded succeeded ->
                description
                        .put("Status", ExecutionStatus.SUCCEEDED.name())
                        .put("RedriveStatus", "NOT_REDRIVABLE")
                        .put("RedriveStatusReason", "Execution is SUCCEEDED and cannot be redriven");
            case Outcome.Failed failed ->
                withError(
                        description.put("Status", ExecutionStatus.FAILED.name()),
                        failed.error().error(),
                        failed.error().cause());
            case Outcome.TimedOut timedOut -> description.put("Status", ExecutionStatus.TIMED_OUT.name());
            case Outcome.Aborted aborted ->
                withError(description.put("Status", ExecutionStatus.ABORTED.name()), aborted.error(), aborted.cause());
        };
    }

    private static ObjectNode withError(ObjectNode description, @Nullable String error, @Nullable String cause) {
        if (error != null) {
            description.put("Error", error);
        }
        if (cause != null) {
            description.put("Cause", cause);
        }
        return description;
    }
}
