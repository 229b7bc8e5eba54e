package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.asl.Resource;
import dev.reprise.execution.Effect;
import dev.reprise.execution.StatesError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda functions of a case as it describes them: they answer calls that no history holds, such as those of
 * express executions and of distributed Maps' children.
 */
record DescribedFunctions(JsonNode behaviours) {

    private static final String DATE = "Mon, 02 Nov 2026 09:30:00 GMT";

    Answer answer(Effect.RunTask task) {
        if (task.resource() instanceof Resource.Activity) {
            return new Answer.Failed(new StatesError(
                    "States.Runtime", "The activity " + task.resource().uri() + " does not exist."));
        }
        boolean integration = task.resource().uri().contains(":states:::lambda:invoke");
        JsonNode behaviour = behaviour(function(task));
        if (behaviour == null) {
            return new Answer.Failed(new StatesError("States.TaskFailed", "No function " + function(task)));
        }
        JsonNode payload = integration ? task.input().path("Payload") : task.input();
        return switch (behaviour.path("behaviour").asText()) {
            case "raise" -> failed(behaviour);
            case "sleep" -> new Answer.Never();
            default -> {
                JsonNode value = value(behaviour, payload);
                yield new Answer.Succeeded(integration ? response(value) : value);
            }
        };
    }

    /**
     * What the function that {@code task} invokes gives, whatever is wrapped around it; null when it gives nothing that
     * can be said beforehand.
     */
    @Nullable
    JsonNode payload(JsonNode parameters) {
        JsonNode behaviour = behaviour(parameters.path("FunctionName").asText());
        return behaviour == null ? null : value(behaviour, parameters.path("Payload"));
    }

    private static String function(Effect.RunTask task) {
        return task.input().has("FunctionName")
                ? task.input().path("FunctionName").asText()
                : task.resource().uri();
    }

    private @Nullable JsonNode behaviour(String function) {
        for (Map.Entry<String, JsonNode> behaviour : behaviours.properties()) {
            if (behaviour.getKey().endsWith(function)) {
                return behaviour.getValue();
            }
        }
        return null;
    }

    private static JsonNode value(JsonNode behaviour, JsonNode payload) {
        return switch (behaviour.path("behaviour").asText()) {
            case "return" -> behaviour.path("value");
            case "return_large" ->
                TextNode.valueOf(behaviour
                        .path("value_char")
                        .asText()
                        .repeat(behaviour.path("length").asInt()));
            case "format" -> behaviour.path("value");
            default -> payload.isNull() || payload.isMissingNode() ? JsonNodeFactory.instance.objectNode() : payload;
        };
    }

    /** Python writes a space after each comma and colon. */
    private static String python(JsonNode value) {
        return value.toString().replace("\":", "\": ").replace(",\"", ", \"");
    }

    /** What Step Functions makes of Lambda's answer. */
    private static ObjectNode response(JsonNode payload) {
        String length = String.valueOf(python(payload).length());
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        response.put("ExecutedVersion", "$LATEST").set("Payload", payload);
        ObjectNode http = response.putObject("SdkHttpMetadata");
        ObjectNode all = http.putObject("AllHttpHeaders");
        ObjectNode headers = http.putObject("HttpHeaders");
        Map.of(
                        "X-Amz-Executed-Version", "$LATEST",
                        "x-amzn-Remapped-Content-Length", "0",
                        "Connection", "keep-alive",
                        "Content-Length", length,
                        "Content-Type", "application/json")
                .forEach((name, value) -> {
                    all.putArray(name).add(value);
                    headers.put(name, value);
                });
        Map.of("x-amzn-RequestId", "1", "Date", DATE, "X-Amzn-Trace-Id", "1").forEach((name, value) -> {
            all.putArray(name).add(value);
            headers.put(name, value);
        });
        http.put("HttpStatusCode", 200);
        response.putObject("SdkResponseMetadata").put("RequestId", "1");
        return response.put("StatusCode", 200);
    }

    private static Answer failed(JsonNode behaviour) {
        String type = behaviour.path("errorType").asText();
        ObjectNode cause = JsonNodeFactory.instance.objectNode();
        cause.set("errorMessage", behaviour.path("errorMessage"));
        cause.put("errorType", type).put("requestId", "").putArray("stackTrace");
        return new Answer.Failed(new StatesError(type, cause.toString()));
    }
}
