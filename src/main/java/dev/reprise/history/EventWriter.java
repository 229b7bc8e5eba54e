package dev.reprise.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.core.event.HistoryEventType;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes events as <a
 * href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html">HistoryEvent</a>s: inputs
 * and outputs as texts that hold JSON, times as ISO-8601.
 */
public final class EventWriter {

    /** Types of which AWS tells nothing but that they happened. */
    private static final Set<HistoryEventType> BARE = EnumSet.of(
            HistoryEventType.LambdaFunctionStarted,
            HistoryEventType.MapRunSucceeded,
            HistoryEventType.MapStateAborted,
            HistoryEventType.MapStateFailed,
            HistoryEventType.MapStateSucceeded,
            HistoryEventType.ParallelStateAborted,
            HistoryEventType.ParallelStateFailed,
            HistoryEventType.ParallelStateStarted,
            HistoryEventType.ParallelStateSucceeded,
            HistoryEventType.TaskStateAborted,
            HistoryEventType.WaitStateAborted);

    private EventWriter() {}

    /** The event as JSON. */
    public static ObjectNode write(HistoryEvent event) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", event.id());
        json.put("previousEventId", event.previousId());
        json.put("timestamp", event.timestamp().toString());
        json.put("type", event.type().name());
        if (!BARE.contains(event.type()) || tellsOfAResult(event)) {
            json.set(detailsField(event.type()), details(event.details()));
        }
        return json;
    }

    /** What a Map or Parallel with a {@code Reprise} block gave, which AWS knows nothing of. */
    private static boolean tellsOfAResult(HistoryEvent event) {
        return event.details().has("output") || event.details().has("summary");
    }

    private static String detailsField(HistoryEventType type) {
        String name = type.name();
        if (name.endsWith("StateEntered")) {
            return "stateEnteredEventDetails";
        }
        if (name.endsWith("StateExited")) {
            return "stateExitedEventDetails";
        }
        return Character.toLowerCase(name.charAt(0)) + name.substring(1) + "EventDetails";
    }

    private static ObjectNode details(ObjectNode details) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> detail : details.properties()) {
            String field = detail.getKey();
            JsonNode value = detail.getValue();
            switch (field) {
                case "input", "output" -> {
                    json.put(field, value.toString());
                    putWhole(json, field);
                }
                case "parameters", "summary" -> json.put(field, value.toString());
                case "assignedVariables" -> {
                    ObjectNode variables = json.putObject(field);
                    value.properties()
                            .forEach(variable -> variables.put(
                                    variable.getKey(), variable.getValue().toString()));
                    putWhole(json, field);
                }
                default -> json.set(field, value);
            }
        }
        return json;
    }

    /** AWS says whether it has cut a text short. Nothing is ever cut here. */
    private static void putWhole(ObjectNode json, String field) {
        json.putObject(field + "Details").put("truncated", false);
    }
}
