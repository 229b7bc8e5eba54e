package dev.reprise.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.asl.Resource;
import dev.reprise.execution.Entry;
import dev.reprise.execution.Outcome;

/** Whether a task that has started an execution was told an end of it, and not another one. */
final class NestedEnd {

    private static final ObjectMapper JSON = new ObjectMapper();

    private NestedEnd() {}

    static boolean tells(Retelling.ToldEnd told, Outcome end) {
        return switch (end) {
            case Outcome.Succeeded succeeded ->
                told.entry() instanceof Entry.TaskSucceeded entry
                        && output(entry.output(), told.pattern()).equals(succeeded.output());
            case Outcome.Failed failed -> tells(told.entry(), "FAILED");
            case Outcome.TimedOut timedOut -> tells(told.entry(), "TIMED_OUT");
            case Outcome.Aborted aborted -> tells(told.entry(), "ABORTED");
        };
    }

    private static boolean tells(Entry.OfEffect entry, String status) {
        return entry instanceof Entry.TaskFailed failed
                && "States.TaskFailed".equals(failed.error().error())
                && String.valueOf(failed.error().cause()).contains("\"Status\":\"" + status + "\"");
    }

    private static JsonNode output(JsonNode result, Resource.Pattern pattern) {
        JsonNode output = result.path("Output");
        try {
            return pattern == Resource.Pattern.SYNC ? JSON.readTree(output.textValue()) : output;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not JSON: " + output, e);
        }
    }
}
