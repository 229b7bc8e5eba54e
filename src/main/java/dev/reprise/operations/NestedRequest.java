package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.execution.Effect;
import dev.reprise.execution.StatesError;
import dev.reprise.task.TaskException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a task asks for that starts an execution.
 *
 * @param id the request's own: the same whenever it is repeated
 * @param stateMachineArn as the task gives it
 * @param name as the task gives it, or one that the repeated request has too
 * @param input the execution's input
 */
record NestedRequest(UUID id, String stateMachineArn, String name, JsonNode input) {

    /** @throws TaskException when the task's arguments do not ask for an execution */
    static NestedRequest of(String parentArn, Instant startedAt, Effect.RunTask task) {
        // The name of the task's execution may have been another's before, whose task this is not.
        String asking = parentArn + '@' + startedAt.toEpochMilli() + task.id();
        UUID id = UUID.nameUUIDFromBytes(asking.getBytes(StandardCharsets.UTF_8));
        String name = text(task.input(), "Name", id);
        String stateMachineArn = text(task.input(), "StateMachineArn", id);
        if (stateMachineArn == null) {
            throw refused("InvalidArn", "Invalid Arn: 'StateMachineArn is missing'", id);
        }
        return new NestedRequest(
                id,
                stateMachineArn,
                name == null ? id.toString() : name,
                input(task.input().get("Input"), id));
    }

    private static @Nullable String text(JsonNode arguments, String field, UUID id) {
        JsonNode value = arguments.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw refused("ValidationException", "'" + field + "' must be a text, not " + value, id);
        }
        return value.textValue();
    }

    private static JsonNode input(@Nullable JsonNode input, UUID id) {
        if (input == null || input.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return JsonArgument.read(input);
        } catch (IllegalArgumentException e) {
            throw refused(
                    "InvalidExecutionInput",
                    "Invalid State Machine Execution Input: 'it is not JSON: " + e.getMessage() + "'",
                    id);
        }
    }

    /** The execution cannot be started, for a reason that has a name in the Step Functions API. */
    TaskException refused(String code, String problem) {
        return refused(code, problem, id);
    }

    private static TaskException refused(String code, String problem, UUID id) {
        String error = "StepFunctions." + (code.endsWith("Exception") ? code : code + "Exception");
        return new TaskException(
                new StatesError(
                        error,
                        problem + " (Service: AWSStepFunctions; Status Code: 400; Error Code: " + code
                                + "; Request ID: " + id + "; Proxy: null)"),
                null);
    }
}
