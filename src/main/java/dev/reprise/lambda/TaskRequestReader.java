package dev.reprise.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.RequestException;
import dev.reprise.operations.JsonArgument;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of those who do tasks: the operations of the Step Functions API, each as an object of its own
 * fields under its name.
 */
final class TaskRequestReader {

    private TaskRequestReader() {}

    /** @throws RequestException when the fields are not those of the operation */
    static Request read(String operation, JsonNode fields) {
        if (!fields.isObject()) {
            throw refused("'" + operation + "' must be an object");
        }
        Set<String> known = Forms.OPERATIONS.getOrDefault(operation, Set.of());
        for (Iterator<String> names = fields.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw refused("'" + operation + "' has the field '" + name + "', which it does not know: it takes "
                        + String.join(", ", known));
            }
        }
        return switch (operation) {
            case "sendTaskSuccess" -> new Request.SendTaskSuccess(required(fields, "taskToken"), output(fields));
            case "sendTaskFailure" ->
                new Request.SendTaskFailure(
                        required(fields, "taskToken"), text(fields, "error"), text(fields, "cause"));
            case "sendTaskHeartbeat" -> new Request.SendTaskHeartbeat(required(fields, "taskToken"));
            case "getActivityTask" ->
                new Request.GetActivityTask(required(fields, "activityArn"), text(fields, "workerName"));
            default ->
                throw new IllegalStateException(
                        "The operation '" + operation + "' is listed, but TaskRequestReader does not read it");
        };
    }

    private static JsonNode output(JsonNode fields) {
        JsonNode output = fields.get("output");
        if (output == null) {
            throw refused("'output' is required");
        }
        try {
            return JsonArgument.read(output);
        } catch (IllegalArgumentException e) {
            throw new RequestException(
                    "InvalidOutput",
                    "Invalid Output: 'The text is not JSON: " + e.getMessage()
                            + ". A text is written in quotes of its own: \"output\": \"\\\"done\\\"\"'");
        }
    }

    private static String required(JsonNode fields, String field) {
        String text = text(fields, field);
        if (text == null) {
            throw refused("'" + field + "' is required");
        }
        return text;
    }

    private static @Nullable String text(JsonNode fields, String field) {
        JsonNode value = fields.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw refused("'" + field + "' must be a text");
        }
        return value.textValue();
    }

    private static RequestException refused(String problem) {
        return new RequestException("InvalidEvent", problem + ". " + Forms.HINT);
    }
}
