package dev.reprise.testing.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.StatesError;
import dev.reprise.testing.suite.RecordedExecution.Leg;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the events of one history. Each tells of which event it is the next, in its own body of states. */
final class HistoryReading {

    private static final String EVENT_DETAILS = "EventDetails";

    /**
     * A task that was asked for.
     *
     * @param answer what it gives, in the record's list: never anything, until its end is read
     */
    private record Asked(ObjectNode answer, RecordedStep.Attempt attempt) {}

    private final JsonNode export;
    private final TreeMap<Long, JsonNode> events = new TreeMap<>();
    private final Map<Long, ScopePath> places = new HashMap<>();
    private final Map<Long, String> states = new HashMap<>();
    private final Map<Long, Asked> tasks = new HashMap<>();

    /** Bodies that are no items of a Map, by which answers could be told apart. */
    private final Set<ScopePath> branches = new HashSet<>();

    /**
     * How many branches, or items of which nothing else is told, have followed from the beginning of a state's work.
     */
    private final Map<Long, Integer> begunAfter = new HashMap<>();

    private final Map<ScopePath, Map<String, Integer>> visits = new HashMap<>();
    private final Map<String, Map<Integer, List<ObjectNode>>> answers = new LinkedHashMap<>();
    private final Map<ScopePath, List<RecordedStep>> steps = new LinkedHashMap<>();
    private final List<Leg> legs = new ArrayList<>();
    private JsonNode input = JsonNodeFactory.instance.objectNode();
    private @Nullable String roleArn;
    private @Nullable Instant legBegun;
    private Instant now = Instant.EPOCH;

    /** @param list the events of the export */
    HistoryReading(JsonNode export, JsonNode list) {
        this.export = export;
        list.forEach(event -> events.put(event.path("id").asLong(), event));
    }

    RecordedExecution read() {
        events.forEach(this::read);
        if (legs.isEmpty() || legBegun != null) {
            endLeg(ExecutionStatus.RUNNING, null, JsonNodeFactory.instance.objectNode());
        }
        String arn = export.path("execution")
                .path("executionArn")
                .asText(export.path("executionArn").asText());
        return new RecordedExecution(RecordedExecution.identity(arn, roleArn), input, answers, steps, legs);
    }

    private void read(long id, JsonNode event) {
        String type = event.path("type").asText();
        long before = event.path("previousEventId").asLong();
        JsonNode details = details(event);
        ScopePath place = place(type, details, before);
        now = time(event.path("timestamp"));
        places.put(id, place);
        boolean isEntered = type.endsWith("StateEntered");
        states.put(id, isEntered ? details.path("name").asText() : states.getOrDefault(before, ""));
        if (isEntered) {
            steps.computeIfAbsent(place, unseen -> new ArrayList<>())
                    .add(new RecordedStep(type, details.path("name").asText(), id, now));
        } else if (type.endsWith("StateExited")) {
            step(place, details.path("name").asText()).exited(id, now, value(details.get("output")));
        } else if (type.equals("MapStateStarted") && details.path("length").isInt()) {
            step(place, states.getOrDefault(id, ""))
                    .counted(details.path("length").intValue());
        }
        if (type.startsWith("MapIteration") && !type.endsWith("Started") && steps.containsKey(place)) {
            steps.get(place).getLast().ended();
        }
        if (type.startsWith("Execution")) {
            execution(type, details);
        } else if (type.startsWith("LambdaFunction")
                || type.startsWith("Activity")
                || (type.startsWith("Task") && !type.startsWith("TaskState"))) {
            task(id, type, details, before);
        }
    }

    /** The state that a body was in last under that name; one that nobody sees where it was in none. */
    private RecordedStep step(ScopePath place, String name) {
        List<RecordedStep> known = steps.getOrDefault(place, List.of());
        return known.reversed().stream()
                .filter(step -> step.state().equals(name))
                .findFirst()
                .orElseGet(() -> new RecordedStep("", name, 0, now));
    }

    private static JsonNode details(JsonNode event) {
        for (Map.Entry<String, JsonNode> member : event.properties()) {
            if (member.getKey().endsWith(EVENT_DETAILS)) {
                return member.getValue();
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private ScopePath place(String type, JsonNode details, long before) {
        ScopePath last = places.getOrDefault(before, ScopePath.ROOT);
        String previous =
                events.containsKey(before) ? events.get(before).path("type").asText() : "";
        if (type.equals("MapIterationStarted") || type.equals("ParallelBranchStarted")) {
            ScopePath begun = last.child(
                    details.path("name").asText(),
                    visit(last, details.path("name").asText()),
                    details.path("index").asInt());
            if (type.equals("ParallelBranchStarted")) {
                branches.add(begun);
            }
            return begun;
        }
        boolean begins = previous.equals("ParallelStateStarted") || previous.equals("MapStateStarted");
        if (begins && type.endsWith("StateEntered")) {
            String around = states.getOrDefault(before, "");
            // Which branch it is, only its states tell; they are begun in order.
            ScopePath begun = last.child(around, visit(last, around), begunAfter.merge(before, 1, Integer::sum) - 1);
            branches.add(begun);
            return begun;
        }
        if (type.equals("MapStateStarted") || type.equals("ParallelStateStarted")) {
            visits.computeIfAbsent(last, unseen -> new HashMap<>())
                    .merge(states.getOrDefault(before, ""), 1, Integer::sum);
            return last;
        }
        ScopePath around = last.parent();
        boolean ends = type.startsWith("MapState") || type.startsWith("ParallelState");
        if (ends && (type.endsWith("Succeeded") || type.endsWith("Failed") || type.endsWith("Aborted"))) {
            return around == null || previous.endsWith("StateStarted") ? last : around;
        }
        if (type.endsWith("StateExited")) {
            String name = details.path("name").asText();
            for (ScopePath each = last; each.parent() != null; each = each.parent()) {
                if (name.equals(each.state())) {
                    return each.parent();
                }
            }
        }
        return last;
    }

    /** How often a Map or Parallel has begun its work in a body. */
    private int visit(ScopePath place, String state) {
        return visits.getOrDefault(place, Map.of()).getOrDefault(state, 1);
    }

    private void execution(String type, JsonNode details) {
        switch (type) {
            case "ExecutionStarted" -> {
                input = value(details.get("input"));
                roleArn = details.path("roleArn").textValue();
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
                steps.getOrDefault(ScopePath.ROOT, List.of()).size(),
                legBegun == null ? now : legBegun,
                now,
                status,
                output,
                details.path("error").textValue(),
                details.path("cause").textValue()));
        legBegun = null;
    }

    private void task(long id, String type, JsonNode details, long before) {
        if (type.endsWith("Scheduled")) {
            Asked asked = asked(id, details);
            tasks.put(id, asked);
            if (type.equals("ActivityScheduled")) {
                asked.attempt().phases().add(new RecordedStep.Phase(id, now, false, null, null));
            }
            return;
        }
        Asked known = tasks.get(before);
        if (known != null) {
            tasks.put(id, known);
            if (type.equals("TaskSubmitted")) {
                known.attempt()
                        .phases()
                        .add(new RecordedStep.Phase(id, now, false, value(details.get("output")), null));
            } else if (type.equals("ActivityStarted")) {
                known.attempt()
                        .phases()
                        .add(new RecordedStep.Phase(
                                id, now, true, null, details.path("workerName").textValue()));
            }
        }
        boolean succeeded = type.endsWith("Succeeded");
        boolean timedOut = type.endsWith("TimedOut");
        if (!succeeded && !timedOut && !type.endsWith("Failed")) {
            return;
        }
        // One that could not even be asked for has only an end.
        Asked asked = known == null ? asked(id, details) : known;
        ObjectNode answer = asked.answer().removeAll();
        if (succeeded) {
            answer.set("return", value(details.get("output")));
            asked.attempt().succeeded(id, now, value(details.get("output")));
        } else {
            ObjectNode thrown = answer.putObject("throw");
            thrown.put("error", details.path("error").asText("States.Timeout"));
            if (details.hasNonNull("cause")) {
                thrown.set("cause", details.get("cause"));
            }
            StatesError error = new StatesError(
                    thrown.path("error").asText(), thrown.path("cause").textValue());
            if (timedOut) {
                asked.attempt().timedOut(id, now, error);
            } else {
                asked.attempt().failed(id, now, error);
            }
        }
        if (now.isAfter(asked.attempt().at())) {
            answer.put(
                    RecordedExecution.AFTER_SECONDS,
                    Duration.between(asked.attempt().at(), now).toMillis() / 1e3);
        }
    }

    private Asked asked(long id, JsonNode details) {
        JsonNode data = details.hasNonNull("parameters") ? details.get("parameters") : details.get("input");
        RecordedStep.Attempt attempt = new RecordedStep.Attempt(
                id,
                now,
                RecordedStep.target(
                        details.path("resourceType").textValue(),
                        details.path("resource").asText()),
                data == null ? null : value(data),
                seconds(details.path("timeoutInSeconds")),
                seconds(details.path("heartbeatInSeconds")));
        List<RecordedStep> known = steps.getOrDefault(places.getOrDefault(id, ScopePath.ROOT), List.of());
        if (!known.isEmpty()) {
            known.getLast().attempts().add(attempt);
        }
        return new Asked(newAnswer(id).put("never", true), attempt);
    }

    private static @Nullable Duration seconds(JsonNode bound) {
        return bound.isNumber() ? Duration.ofSeconds(bound.longValue()) : null;
    }

    private ObjectNode newAnswer(long id) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ScopePath place = places.getOrDefault(id, ScopePath.ROOT);
        boolean isOfItem = place.parent() != null && !branches.contains(place);
        answers.computeIfAbsent(states.getOrDefault(id, ""), unseen -> new TreeMap<>())
                .computeIfAbsent(isOfItem ? place.index() : RecordedExecution.NO_ITEM, unseen -> new ArrayList<>())
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
