package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.corpus.HttpFunction.Reply;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.StatesError;
import dev.reprise.testing.teststate.TaskCalls;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plays cases as a client of the Step Functions API would: over HTTP. What is compared is the same. */
final class HttpPlays {

    private static final String ROLE = "arn:aws:iam::111111111111:role/machine";

    private HttpPlays() {}

    // ---- execution

    static Verdict execution(CorpusCase testCase) {
        Verdict verdict = new Verdict();
        HttpWorld world = new HttpWorld(testCase, verdict);
        HttpFunction[] function = new HttpFunction[1];
        String arn = "arn:aws:states:us-east-1:111111111111:execution:machine:run";
        function[0] = new HttpFunction(
                world, TaskCalls.NONE, new FixtureObjects(testCase), () -> world.happen(function[0], arn));
        boolean express = ExecutionPlay.isExpress(testCase);
        Reply created = create(testCase.at("definition").toString(), express);
        if (created.error() != null) {
            verdict.wrong("the definition is refused: " + created.body());
            return verdict;
        }
        world.deleteUnusedActivities();
        ObjectNode start = HttpFunction.object()
                .put("stateMachineArn", created.body().path("stateMachineArn").asText())
                .put("name", "run")
                .put("input", testCase.at("input").toString());
        if (express) {
            Outcome outcome;
            if (ExecutionPlay.isSynchronous(testCase)) {
                outcome = outcome(HttpFunction.ask("StartSyncExecution", start).body());
            } else {
                // Nobody can ask for it: what became of it was read in its log.
                HttpFunction.ask("StartExecution", start);
                outcome = function[0].logged();
            }
            world.finish(outcome != null, List.of());
            ExecutionPlay.check(testCase, outcome, List.of(), verdict);
            return verdict;
        }
        Reply started = HttpFunction.ask("StartExecution", start);
        if (started.error() != null) {
            verdict.wrong("it does not start: " + started.body());
            return verdict;
        }
        JsonNode described = describe(arn);
        while (described.path("status").asText().equals("RUNNING") && function[0].wakeUp(arn)) {
            described = describe(arn);
        }
        List<HistoryEvent> events = history(testCase, arn);
        Outcome outcome = outcome(described);
        world.finish(outcome != null, scheduled(events));
        ExecutionPlay.check(testCase, outcome, events, verdict);
        return verdict;
    }

    private static Reply create(String definition, boolean express) {
        return HttpFunction.ask(
                "CreateStateMachine",
                HttpFunction.object()
                        .put("name", "machine")
                        .put("definition", definition)
                        .put("roleArn", ROLE)
                        .put("type", express ? "EXPRESS" : "STANDARD"));
    }

    private static JsonNode describe(String arn) {
        return HttpFunction.ask("DescribeExecution", HttpFunction.object().put("executionArn", arn))
                .body();
    }

    private static @Nullable Outcome outcome(JsonNode execution) {
        String error = execution.path("error").textValue();
        String cause = execution.path("cause").textValue();
        return switch (execution.path("status").asText()) {
            case "SUCCEEDED" ->
                new Outcome.Succeeded(Corpus.parse(execution.path("output").asText()));
            case "FAILED" -> new Outcome.Failed(new StatesError(error, cause));
            case "TIMED_OUT" -> new Outcome.TimedOut();
            case "ABORTED" -> new Outcome.Aborted(error, cause);
            default -> null;
        };
    }

    private static List<HistoryEvent> history(CorpusCase testCase, String arn) {
        List<HistoryEvent> events = new ArrayList<>();
        ObjectNode request = HttpFunction.object().put("executionArn", arn).put("maxResults", 1_000);
        while (true) {
            JsonNode page = HttpFunction.ask("GetExecutionHistory", request).body();
            page.path("events").forEach(event -> events.add(event(testCase, event)));
            if (!page.has("nextToken")) {
                return events;
            }
            request.set("nextToken", page.get("nextToken"));
        }
    }

    /** As it was before it was written: texts of JSON become JSON again. */
    private static HistoryEvent event(CorpusCase testCase, JsonNode json) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            if (member.getKey().endsWith("EventDetails")) {
                member.getValue().properties().forEach(detail -> read(details, detail.getKey(), detail.getValue()));
            }
        }
        boolean isOutermost = testCase.at("definition")
                .path("States")
                .has(details.path("name").asText());
        return new HistoryEvent(
                json.path("id").longValue(),
                json.path("previousEventId").longValue(),
                HistoryEventType.valueOf(json.path("type").asText()),
                Instant.ofEpochMilli(json.path("timestamp")
                        .decimalValue()
                        .multiply(BigDecimal.valueOf(1_000))
                        .longValue()),
                isOutermost ? ScopePath.ROOT : ScopePath.ROOT.child("Inside", 1, 0),
                details);
    }

    private static void read(ObjectNode details, String name, JsonNode value) {
        switch (name) {
            case "input", "output", "parameters" -> details.set(name, Corpus.parse(value.asText()));
            case "assignedVariables" -> {
                ObjectNode variables = details.putObject(name);
                value.properties()
                        .forEach(variable -> variables.set(
                                variable.getKey(),
                                Corpus.parse(variable.getValue().asText())));
            }
            case "inputDetails", "outputDetails", "assignedVariablesDetails" -> {}
            default -> details.set(name, value);
        }
    }

    private static List<JsonNode> scheduled(List<HistoryEvent> events) {
        return events.stream()
                .filter(event -> event.type().name().endsWith("Scheduled"))
                .map(event -> (JsonNode) event.details())
                .toList();
    }

    // ---- validation

    static Verdict validation(CorpusCase testCase) {
        Verdict verdict = new Verdict();
        alone(TaskCalls.NONE, testCase);
        JsonNode expected = testCase.at("expected");
        String text = ValidationPlay.text(testCase);
        if (testCase.at("api").asText().equals("ValidateStateMachineDefinition")) {
            JsonNode answer = HttpFunction.ask(
                            "ValidateStateMachineDefinition",
                            HttpFunction.object()
                                    .put("definition", text)
                                    .put(
                                            "type",
                                            testCase.at("state_machine_type").asText("STANDARD")))
                    .body();
            verdict.check(
                    "valid",
                    expected.get("valid"),
                    BooleanNode.valueOf(answer.path("result").asText().equals("OK")));
            verdict.check("result", expected.get("result"), answer.get("result"));
            verdict.checkWording("diagnostics", expected.get("diagnostics"), answer.get("diagnostics"));
        } else {
            Reply created =
                    create(text, testCase.at("state_machine_type").asText().equals("EXPRESS"));
            verdict.check("valid", expected.get("valid"), BooleanNode.valueOf(created.error() == null));
            verdict.checkWording(
                    "message",
                    expected.get("message"),
                    TextNode.valueOf(created.body().path("message").asText()));
        }
        return verdict;
    }

    private static void alone(TaskCalls tested, CorpusCase testCase) {
        HttpFunction unused = new HttpFunction(
                new HttpWorld(testCase, new Verdict()), tested, new FixtureObjects(testCase), () -> false);
    }

    // ---- TestState

    static ObjectNode testState(CorpusCase testCase, TaskCalls tested, ObjectNode request) {
        alone(tested, testCase);
        Reply reply = HttpFunction.ask("TestState", request);
        if (reply.error() == null) {
            return (ObjectNode) reply.body();
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("exception", reply.error())
                .put("message", reply.body().path("message").asText());
    }

    // ---- variable references

    static Verdict variableReferences(CorpusCase testCase) {
        Verdict verdict = new Verdict();
        alone(TaskCalls.NONE, testCase);
        Reply created = create(testCase.at("definition").toString(), false);
        if (created.error() != null) {
            verdict.wrong("the definition is refused: " + created.body());
            return verdict;
        }
        JsonNode described = HttpFunction.ask(
                        "DescribeStateMachine",
                        HttpFunction.object()
                                .put(
                                        "stateMachineArn",
                                        created.body().path("stateMachineArn").asText()))
                .body();
        verdict.check(
                "variableReferences",
                testCase.at("expected").get("variableReferences"),
                described.get("variableReferences"));
        return verdict;
    }
}
