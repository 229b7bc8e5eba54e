package dev.reprise.testing.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.testing.suite.RecordedExecution.Leg;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the events of one history. Each tells of which event it is the next, in its own body of states. */
final class HistoryReading {

    private static final String EVENT_DETAILS = "EventDetails";

    /** Where an event happened: a body of states. */
    private record Place(@Nullable Place around, @Nullable String state, int item) {
        static final Place ROOT = new Place(null, null, RecordedExecution.NO_ITEM);
    }

    /**
     * A task that was asked for.
     *
     * @param answer what it gives, in the record's list: never anything, until its end is read
     */
    private record Asked(ObjectNode answer, Instant at) {}

    private final TreeMap<Long, JsonNode> events = new TreeMap<>();
    private final Map<Long, Place> places = new HashMap<>();
    private final Map<Long, String> states = new HashMap<>();
    private final Map<Long, Asked> tasks = new HashMap<>();
    private final Map<String, Map<Integer, List<ObjectNode>>> answers = new LinkedHashMap<>();
    private final List<String> path = new ArrayList<>();
    private final List<Leg> legs = new ArrayList<>();
    private JsonNode input = JsonNodeFactory.instance.objectNode();
    private @Nullable Instant legBegun;
    private Instant now = Instant.EPOCH;

    HistoryReading(JsonNode list) {
        list.forEach(event -> events.put(event.path("id").asLong(), event));
    }

    RecordedExecution read() {
        events.forEach(this::read);
        if (legs.isEmpty() || legBegun != null) {
            endLeg(ExecutionStatus.RUNNING, null, JsonNodeFactory.instance.objectNode());
        }
        return new RecordedExecution(input, answers, path, legs);
    }

    private void read(long id, JsonNode event) {
        String type = event.path("type").asText();
        long before = event.path("previousEventId").asLong();
        JsonNode details = details(event);
        Place place = place(type, details, before);
        now = time(event.path("timestamp"));
        places.put(id, place);
        states.put(id, type.endsWith("StateEntered") ? details.path("name").asText() : states.getOrDefault(before, ""));
        if (type.endsWith("StateEntered") && place.equals(Place.ROOT)) {
            path.add(details.path("name").asText());
        }
        if (type.startsWith("Execution")) {
            execution(type, details);
        } else if (type.startsWith("LambdaFunction")
                || type.startsWith("Activity")
                || (type.startsWith("Task") && !type.startsWith("TaskState"))) {
            task(id, type, details, before);
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
                    last, details.path("name").asText(), details.path("index").asInt());
        }
        if (previous.equals("ParallelStateStarted") && type.endsWith("StateEntered")) {
            String parallel = states.getOrDefault(before, "");
            // Which branch it is, only its states tell.
            return new Place(last, parallel, RecordedExecution.NO_ITEM);
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
            case "ExecutionStarted" -> {
                input = value(details.get("input"));
                legBegun = now;
            }
            case "ExecutionRedriven" -> legBegun = now;
            case "ExecutionSucceeded" -> endLeg(ExecutionStatus.SUCCEEDED, value(details.get("output")), details);
            case "ExecutionFailed" -> endLeg(ExecutionStatus.FAILED, null, details);
            case "ExecutionTimedOut" -> endLeg(ExecutionStatus.TIMED_OUT, null, details);
            case "ExecutionAborted" -> endLeg(ExecutionStatus.ABORTED, null, details);
            default -> {}
        }
    }

    private void endLeg(ExecutionStatus status, @Nullable JsonNode output, JsonNode details) {
        legs.add(new Leg(
                path.size(),
                legBegun == null ? Duration.ZERO : Duration.between(legBegun, now),
                status,
                output,
                details.path("error").textValue(),
                details.path("cause").textValue()));
        legBegun = null;
    }

    private void task(long id, String type, JsonNode details, long before) {
        if (type.endsWith("Scheduled")) {
            tasks.put(id, new Asked(newAnswer(id).put("never", true), now));
            return;
        }
        Asked asked = tasks.get(before);
        if (asked != null) {
            tasks.put(id, asked);
        }
        boolean succeeded = type.endsWith("Succeeded");
        if (!succeeded && !type.endsWith("Failed") && !type.endsWith("TimedOut")) {
            return;
        }
        // One that could not even be asked for has only an end.
        ObjectNode answer = asked == null ? newAnswer(id) : asked.answer().removeAll();
        if (succeeded) {
            answer.set("return", value(details.get("output")));
        } else {
            ObjectNode thrown = answer.putObject("throw");
            thrown.put("error", details.path("error").asText("States.Timeout"));
            if (details.hasNonNull("cause")) {
                thrown.set("cause", details.get("cause"));
            }
        }
        if (asked != null && now.isAfter(asked.at())) {
            answer.put(
                    RecordedExecution.AFTER_SECONDS,
                    Duration.between(asked.at(), now).toMillis() / 1e3);
        }
    }

    private ObjectNode newAnswer(long id) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answers.computeIfAbsent(states.getOrDefault(id, ""), unseen -> new TreeMap<>())
                .computeIfAbsent(places.getOrDefault(id, Place.ROOT).item(), unseen -> new ArrayList<>())
                .add(answer);
        return answer;
    }

    /** A text, or seconds since 1970; where none is told, no time has passed. */
    private Instant time(JsonNode timestamp) {
        if (timestamp.isMissingNode()) {
            return now;
        }
        if (timestamp.isNumber()) {
            return Instant.ofEpochMilli(
                    timestamp.decimalValue().multiply(BigDecimal.valueOf(1_000)).longValue());
        }
        try {
            return Instant.parse(timestamp.asText());
        } catch (DateTimeParseException e) {
            throw new TestFileException(List.of("An event's timestamp is expected, not " + timestamp));
        }
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
