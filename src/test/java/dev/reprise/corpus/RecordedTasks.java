package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.Effect;
import dev.reprise.core.StatesError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The world outside a recorded execution: the n-th call of a state gets the answer that was recorded for the n-th. Calls that no history holds are answered as the case describes its functions. */
final class RecordedTasks {

    /** What becomes of a call. */
    sealed interface Answer {

        record Succeeded(JsonNode output) implements Answer {}

        record Failed(StatesError error) implements Answer {}

        /** Nothing comes: it runs into its time-out, or the execution ends before. */
        record Never() implements Answer {}
    }

    private final Map<String, List<JsonNode>> open = new LinkedHashMap<>();
    private final JsonNode behaviours;
    private final Verdict verdict;

    RecordedTasks(CorpusCase testCase, Verdict verdict) {
        this.behaviours = testCase.at("tasks");
        this.verdict = verdict;
        testCase.at("task_calls")
                .forEach(call -> open.computeIfAbsent(call.path("state").asText(), state -> new ArrayList<>())
                        .add(call));
    }

    /** The recorded call that {@code task} is; null where none was recorded. Each is found once. */
    @Nullable
    JsonNode next(Effect.RunTask task) {
        List<JsonNode> calls = open.getOrDefault(task.state(), List.of());
        for (JsonNode call : calls) {
            if (Match.matches(sent(call), task.input())) {
                calls.remove(call);
                return call;
            }
        }
        return calls.isEmpty() ? null : calls.remove(0);
    }

    /** What a recorded call was sent. */
    private static JsonNode sent(JsonNode call) {
        return call.has("parameters") ? call.path("parameters") : call.path("input");
    }

    /** Checks that {@code task} is what was recorded. */
    void check(Effect.RunTask task, JsonNode call) {
        String what = "call of " + task.state() + ": ";
        verdict.check(what + "parameters", sent(call), task.input());
        verdict.check(what + "credentials", call.get("taskCredentials"), task.credentials());
        verdict.check(
                what + "heartbeat",
                call.get("heartbeatInSeconds"),
                task.heartbeat() == null
                        ? null
                        : JsonNodeFactory.instance.numberNode(task.heartbeat().toSeconds()));
    }

    /** Says which recorded calls were not made. */
    void finish() {
        open.forEach((state, calls) -> {
            if (!calls.isEmpty()) {
                verdict.wrong(calls.size() + " calls of " + state + " were not made");
            }
        });
    }

    Answer answer(JsonNode call) {
        JsonNode result = call.path("result");
        return switch (result.path("type").asText()) {
            case "succeeded" -> new Answer.Succeeded(result.path("output"));
            case "failed" ->
                new Answer.Failed(new StatesError(result.path("error").textValue(), text(result.get("cause"))));
            default -> new Answer.Never();
        };
    }

    private static @Nullable String text(@Nullable JsonNode cause) {
        if (cause == null) {
            return null;
        }
        return cause.has("$json") ? cause.path("$json").toString() : cause.asText();
    }

    /** The answer of a function that the case describes, to a call that no history holds. */
    Answer unrecorded(Effect.RunTask task) {
        boolean integration = task.resource().contains(":states:::lambda:invoke");
        String function = integration ? task.input().path("FunctionName").asText() : task.resource();
        JsonNode payload = integration ? task.input().path("Payload") : task.input();
        for (Map.Entry<String, JsonNode> behaviour : behaviours.properties()) {
            if (behaviour.getKey().endsWith(function)) {
                return behave(behaviour.getValue(), payload, integration);
            }
        }
        return new Answer.Failed(new StatesError("States.TaskFailed", "No function " + function));
    }

    private static Answer behave(JsonNode behaviour, JsonNode payload, boolean integration) {
        return switch (behaviour.path("behaviour").asText()) {
            case "echo" -> succeeded(payload, integration);
            case "return" -> succeeded(behaviour.path("value"), integration);
            case "return_large" ->
                succeeded(
                        JsonNodeFactory.instance.textNode(behaviour
                                .path("value_char")
                                .asText()
                                .repeat(behaviour.path("length").asInt())),
                        integration);
            case "raise" -> failed(behaviour);
            default -> new Answer.Never();
        };
    }

    private static Answer succeeded(JsonNode value, boolean integration) {
        if (!integration) {
            return new Answer.Succeeded(value);
        }
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        response.put("ExecutedVersion", "$LATEST").put("StatusCode", 200).set("Payload", value);
        return new Answer.Succeeded(response);
    }

    private static Answer failed(JsonNode behaviour) {
        String type = behaviour.path("errorType").asText();
        ObjectNode cause = JsonNodeFactory.instance.objectNode();
        cause.set("errorMessage", behaviour.path("errorMessage"));
        cause.put("errorType", type).put("requestId", "").putArray("stackTrace");
        return new Answer.Failed(new StatesError(type, cause.toString()));
    }
}
