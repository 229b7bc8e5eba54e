package dev.reprise.testing.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An execution of the past, as GetExecutionHistory tells it: its input, what its tasks gave, the way that it took, and its
 * end. It may come from Reprise or from AWS. Of the children of distributed Maps nothing is known.
 *
 * @param input the execution's
 * @param answers what the tasks gave, by state, and by item where they stand in one; the innermost counts. In order
 * @param path the execution's own states, in the order in which they were entered
 * @param status how it ended; {@code RUNNING} when the history has no end
 * @param output null when it did not succeed
 * @param error null when there is none
 */
public record RecordedExecution(
        JsonNode input,
        Map<String, Map<Integer, List<ObjectNode>>> answers,
        List<String> path,
        String status,
        @Nullable JsonNode output,
        @Nullable String error) {

    /** Stands for no item. */
    static final int NO_ITEM = -1;

    private static final String EVENT_DETAILS = "EventDetails";

    /** Where an event happened: a body of states. */
    private record Place(@Nullable Place around, @Nullable String state, int item) {
        static final Place ROOT = new Place(null, null, NO_ITEM);
    }

    /**
     * Reads an export: an object with the member {@code events}, or the array of them.
     *
     * @throws TestFileException when it is none
     */
    public static RecordedExecution read(JsonNode export) {
        JsonNode events = export.isArray() ? export : export.path("events");
        if (!events.isArray() || events.isEmpty()) {
            throw new TestFileException(List.of("A history is expected, as GetExecutionHistory gives it:"
                    + " {\"events\": [{\"id\": 1, \"type\": \"ExecutionStarted\", …"));
        }
        return new Reading(events).read();
    }

    private static final class Reading {

        private final TreeMap<Long, JsonNode> events = new TreeMap<>();
        private final Map<Long, Place> places = new HashMap<>();
        private final Map<Long, String> states = new HashMap<>();
        private final Map<String, Map<Integer, List<ObjectNode>>> answers = new LinkedHashMap<>();
        private final List<String> path = new ArrayList<>();
        private JsonNode input = JsonNodeFactory.instance.objectNode();
        private String status = "RUNNING";
        private @Nullable JsonNode output;
        private @Nullable String error;

        Reading(JsonNode list) {
            list.forEach(event -> events.put(event.path("id").asLong(), event));
        }

        RecordedExecution read() {
            events.forEach(this::read);
            return new RecordedExecution(input, answers, path, status, output, error);
        }

        private void read(long id, JsonNode event) {
            String type = event.path("type").asText();
            long before = event.path("previousEventId").asLong();
            JsonNode details = details(event);
            Place place = place(type, details, before);
            places.put(id, place);
            states.put(
                    id,
                    type.endsWith("StateEntered") ? details.path("name").asText() : states.getOrDefault(before, ""));
            if (type.endsWith("StateEntered") && place.equals(Place.ROOT)) {
                path.add(details.path("name").asText());
            }
            if (type.startsWith("Execution")) {
                execution(type, details);
            } else if (type.startsWith("Task") || type.startsWith("LambdaFunction") || type.startsWith("Activity")) {
                task(type, details, states.getOrDefault(id, ""), place.item());
            }
        }

        private static JsonNode details(JsonNode event) {
            for (Map.Entry<String, JsonNode> member : event.properties()) {
                if (member.getKey().endsWith(EVENT_DETAILS)) {
                    return member.getValue();
                }
            }
            return JsonNodeFactory.instance.objectNode();
        }

        private Place place(String type, JsonNode details, long before) {
            Place last = places.getOrDefault(before, Place.ROOT);
            String previous =
                    events.containsKey(before) ? events.get(before).path("type").asText() : "";
            if (type.equals("MapIterationStarted")) {
                return new Place(
                        last,
                        details.path("name").asText(),
                        details.path("index").asInt());
            }
            if (previous.equals("ParallelStateStarted") && type.endsWith("StateEntered")) {
                String parallel = states.getOrDefault(before, "");
                // Which branch it is, only its states tell.
                return new Place(last, parallel, NO_ITEM);
            }
            boolean ends = type.startsWith("MapState") || type.startsWith("ParallelState");
            if (ends && (type.endsWith("Succeeded") || type.endsWith("Failed") || type.endsWith("Aborted"))) {
                return last.around() == null || previous.endsWith("StateStarted") ? last : last.around();
            }
            if (type.endsWith("StateExited")) {
                String name = details.path("name").asText();
                for (Place each = last; each.around() != null; each = each.around()) {
                    if (name.equals(each.state())) {
                        return each.around();
                    }
                }
            }
            return last;
        }

        private void execution(String type, JsonNode details) {
            switch (type) {
                case "ExecutionStarted" -> input = value(details.get("input"));
                case "ExecutionSucceeded" -> {
                    status = "SUCCEEDED";
                    output = value(details.get("output"));
                }
                case "ExecutionFailed" -> ended("FAILED", details);
                case "ExecutionTimedOut" -> ended("TIMED_OUT", details);
                case "ExecutionAborted" -> ended("ABORTED", details);
                case "ExecutionRedriven" -> {
                    status = "RUNNING";
                    error = null;
                }
                default -> {}
            }
        }

        private void ended(String as, JsonNode details) {
            status = as;
            error = details.path("error").textValue();
        }

        private void task(String type, JsonNode details, String state, int item) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            if (type.endsWith("Succeeded")) {
                answer.set("return", value(details.get("output")));
            } else if (type.endsWith("Failed") || type.endsWith("TimedOut")) {
                ObjectNode thrown = answer.putObject("throw");
                thrown.put("error", details.path("error").asText("States.Timeout"));
                if (details.hasNonNull("cause")) {
                    thrown.set("cause", details.get("cause"));
                }
            } else {
                return;
            }
            answers.computeIfAbsent(state, unseen -> new TreeMap<>())
                    .computeIfAbsent(item, unseen -> new ArrayList<>())
                    .add(answer);
        }

        /** Histories hold JSON as text. */
        private static JsonNode value(@Nullable JsonNode text) {
            if (text == null || text.isNull()) {
                return JsonNodeFactory.instance.nullNode();
            }
            if (!text.isTextual()) {
                return text;
            }
            try {
                return TestFile.JSON.readTree(text.textValue());
            } catch (JsonProcessingException e) {
                return text;
            }
        }
    }

    /** The execution as a case of a {@code NAME.test.json}. */
    public ObjectNode toCase(String name) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name);
        json.set("input", input);
        ObjectNode mocks = mocks();
        if (!mocks.isEmpty()) {
            json.set("mocks", mocks);
        }
        ObjectNode expect = json.putObject("expect");
        expect.put("status", status);
        if (output != null) {
            expect.set("output", output);
        }
        if (error != null) {
            expect.put("error", error);
        }
        ArrayNode states = expect.putArray("path");
        path.forEach(states::add);
        return json;
    }

    /** What its tasks gave, as mocks. What was recorded of a service is taken as it is. */
    ObjectNode mocks() {
        ObjectNode mocks = JsonNodeFactory.instance.objectNode();
        answers.forEach((state, items) -> {
            List<ObjectNode> outside = items.get(NO_ITEM);
            if (items.size() == 1 && outside != null) {
                mocks.set(state, mock(outside));
                return;
            }
            ObjectNode mock = mocks.putObject(state);
            ObjectNode each = mock.putObject("items");
            items.forEach((item, given) -> {
                if (item == NO_ITEM) {
                    mock.set("otherwise", mock(given));
                } else {
                    each.set(String.valueOf(item), mock(given));
                }
            });
        });
        return mocks;
    }

    private static JsonNode mock(List<ObjectNode> given) {
        ArrayNode inTurn = JsonNodeFactory.instance.arrayNode();
        for (ObjectNode answer : given) {
            ObjectNode copy = answer.deepCopy();
            if (copy.has("return")) {
                copy.put("validation", "NONE");
            }
            inTurn.add(copy);
        }
        return inTurn.size() == 1 ? inTurn.get(0) : inTurn;
    }
}
