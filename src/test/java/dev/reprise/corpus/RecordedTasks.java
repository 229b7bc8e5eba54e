package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.execution.Effect;
import dev.reprise.execution.StatesError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The world outside a recorded execution: the n-th call of a state gets the answer that was recorded for the n-th. */
final class RecordedTasks {

    /** Calls that were not made yet, and answers that were recorded without their calls. */
    private final List<JsonNode> calls = new ArrayList<>();

    private final List<JsonNode> looseResults = new ArrayList<>();
    private final DescribedFunctions functions;
    private final Verdict verdict;

    RecordedTasks(CorpusCase testCase, Verdict verdict) {
        this.functions = new DescribedFunctions(testCase.at("tasks"));
        this.verdict = verdict;
        testCase.at("task_calls").forEach(calls::add);
        testCase.at("task_results_unlinked").forEach(looseResults::add);
    }

    /** The recorded call that {@code task} is; null where none was recorded. Each is found once. */
    @Nullable
    JsonNode next(Effect.RunTask task) {
        JsonNode found = null;
        for (JsonNode call : calls) {
            boolean same = Match.matches(sent(call), task.input());
            if (isOf(task, call) && (same || found == null)) {
                found = call;
                if (same) {
                    break;
                }
            }
        }
        calls.remove(found);
        return found;
    }

    /** Some recordings do not say of which state a call was. */
    private static boolean isOf(Effect.RunTask task, JsonNode call) {
        return call.path("state").isNull()
                ? Match.matches(sent(call), task.input())
                : call.path("state").asText().equals(task.state());
    }

    /** What a recorded call was sent. */
    private static JsonNode sent(JsonNode call) {
        return call.has("parameters") ? call.path("parameters") : call.path("input");
    }

    /** Checks that {@code task} is what was recorded. */
    void check(Effect.RunTask task, JsonNode call) {
        checkSent(task, call);
        String what = "call of " + task.state() + ": ";
        verdict.check(what + "time-out", call.get("timeoutInSeconds"), seconds(task.timeout()));
        verdict.check(what + "heartbeat", call.get("heartbeatInSeconds"), seconds(task.heartbeat()));
    }

    /** Checks what was sent. */
    void checkSent(Effect.RunTask task, JsonNode call) {
        String what = "call of " + task.state() + ": ";
        verdict.check(what + "parameters", sent(call), task.input());
        verdict.check(
                what + "credentials",
                call.path("taskCredentials").get("roleArn"),
                task.credentials() == null ? null : task.credentials().get("RoleArn"));
    }

    private static @Nullable JsonNode seconds(@Nullable Duration duration) {
        return duration == null ? null : JsonNodeFactory.instance.numberNode(duration.toSeconds());
    }

    /** The activities of calls that are still to be made. */
    Set<String> activities() {
        return calls.stream()
                .filter(call -> call.path("kind").asText().equals("activity"))
                .map(call -> call.path("resource").asText())
                .collect(Collectors.toSet());
    }

    /** Says which recorded calls were not made. */
    void finish() {
        calls.forEach(call -> verdict.wrong("not called: " + call));
    }

    /** The answer of a call that was recorded. */
    Answer answer(JsonNode call) {
        JsonNode result = call.has("result") ? call.path("result") : looseResult(call);
        String type = result.path("type").asText();
        if (type.equals("succeeded") || type.endsWith("Succeeded")) {
            return new Answer.Succeeded(result.path("output"));
        }
        if (type.equals("failed") || type.endsWith("Failed")) {
            return new Answer.Failed(new StatesError(result.path("error").textValue(), text(result.get("cause"))));
        }
        return new Answer.Never();
    }

    /** Of the answers without calls the one that holds what the function gives, else any. */
    private JsonNode looseResult(JsonNode call) {
        JsonNode payload = functions.payload(sent(call));
        JsonNode found = looseResults.stream()
                .filter(result ->
                        payload != null && result.path("output").path("Payload").equals(payload))
                .findFirst()
                .orElseGet(() -> looseResults.isEmpty() ? JsonNodeFactory.instance.missingNode() : looseResults.get(0));
        looseResults.remove(found);
        return found;
    }

    private static @Nullable String text(@Nullable JsonNode cause) {
        if (cause == null) {
            return null;
        }
        return cause.has("$json") ? cause.path("$json").toString() : cause.asText();
    }

    /** The answer to a call that no history holds. */
    Answer unrecorded(Effect.RunTask task) {
        return functions.answer(task);
    }
}
