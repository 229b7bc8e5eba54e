package dev.reprise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.StatesError;
import org.jspecify.annotations.Nullable;

/** An outcome as the head keeps it: a status, and the output or an object with {@code Error} and {@code Cause}. */
final class Endings {

    private Endings() {}

    static JsonNode result(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded(JsonNode output) -> output;
            case Outcome.Failed(StatesError error) -> error(error.error(), error.cause());
            case Outcome.TimedOut timedOut -> error(null, null);
            case Outcome.Aborted(String error, String cause) -> error(error, cause);
        };
    }

    static Outcome outcome(ExecutionStatus status, JsonNode result) {
        String error = result.path("Error").textValue();
        String cause = result.path("Cause").textValue();
        return switch (status) {
            case SUCCEEDED -> new Outcome.Succeeded(result);
            case FAILED -> new Outcome.Failed(new StatesError(error, cause));
            case TIMED_OUT -> new Outcome.TimedOut();
            case ABORTED -> new Outcome.Aborted(error, cause);
            case RUNNING -> throw new IllegalArgumentException("An execution that runs has no outcome");
        };
    }

    private static JsonNode error(@Nullable String error, @Nullable String cause) {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        if (error != null) {
            value.put("Error", error);
        }
        if (cause != null) {
            value.put("Cause", cause);
        }
        return value;
    }
}
