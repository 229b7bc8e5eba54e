package dev.reprise.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.operations.JsonArgument;
import dev.reprise.operations.TaskCallbacks;

/** What those say who do tasks. Thread-safe. */
final class TaskActions {

    private final TaskCallbacks callbacks;

    TaskActions(ApiServices services) {
        this.callbacks = services.callbacks();
    }

    ApiAnswer answer(TaskRequest request) {
        switch (request) {
            case TaskRequest.SendTaskSuccess(String token, String output) ->
                callbacks.sendTaskSuccess(token, output(output));
            case TaskRequest.SendTaskFailure(String token, String error, String cause) ->
                callbacks.sendTaskFailure(token, error, cause);
            case TaskRequest.SendTaskHeartbeat(String token) -> callbacks.sendTaskHeartbeat(token);
        }
        return new ApiAnswer.Done();
    }

    private static JsonNode output(String output) {
        try {
            return JsonArgument.read(TextNode.valueOf(output));
        } catch (IllegalArgumentException e) {
            throw ApiException.of("InvalidOutput", "Invalid Output: '" + e.getMessage() + "'");
        }
    }
}
