package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.StateTrial;
import dev.reprise.testing.teststate.StateTester;
import dev.reprise.testing.teststate.TaskCalls;
import dev.reprise.testing.teststate.TestStateException;
import dev.reprise.testing.teststate.TestStateRequest;
import java.util.Map;
import java.util.Set;

/** Plays a {@code test_state} case: the call as a client would make it, and the answer as one would read it. */
final class TestStatePlay {

    private static final String ROLE = "arn:aws:iam::111111111111:role/TestState";

    /** What holds JSON as text in the API, and as JSON in the corpus. */
    private static final Set<String> JSON_IN_TEXT = Set.of("input", "variables", "context");

    private TestStatePlay() {}

    static Verdict play(CorpusCase testCase) {
        return compare(testCase, answer(testCase));
    }

    static Verdict throughHttp(CorpusCase testCase) {
        ObjectNode answer = HttpPlays.testState(testCase, calls(testCase), request(testCase));
        return compare(testCase, answer.has("exception") ? answer : parsed(answer));
    }

    private static Verdict compare(CorpusCase testCase, ObjectNode actual) {
        Verdict verdict = new Verdict();
        JsonNode expected = testCase.at("expected");
        for (String wording : Set.of("cause", "message")) {
            if (expected.has(wording)) {
                verdict.checkWording(wording, expected.get(wording), actual.remove(wording));
            }
        }
        ((ObjectNode) expected).remove(Set.of("cause", "message"));
        verdict.check("answer", expected, actual);
        return verdict;
    }

    private static ObjectNode answer(CorpusCase testCase) {
        StateTester tester =
                new StateTester(Languages::of, calls(testCase), () -> ExecutionPlay.START, InterpreterLimits.DEFAULT);
        try {
            return parsed(tester.test(TestStateRequest.parse(request(testCase))).toJson());
        } catch (TestStateException e) {
            ObjectNode refused = JsonNodeFactory.instance.objectNode();
            return refused.put("exception", e.type().name()).put("message", e.message());
        }
    }

    private static TaskCalls calls(CorpusCase testCase) {
        DescribedFunctions functions = new DescribedFunctions(testCase.at("tasks"));
        return (task, revealSecrets) -> new TaskCalls.Called(
                switch (functions.answer(task)) {
                    case Answer.Succeeded(JsonNode output) -> new StateTrial.Answer.Succeeded(output);
                    case Answer.Failed failed -> new StateTrial.Answer.Failed(failed.error());
                    case Answer.Never never -> throw new UnsupportedOperationException("A function that never answers");
                },
                null);
    }

    /** The recorder left the role out. Whoever calls a function had one. */
    private static ObjectNode request(CorpusCase testCase) {
        ObjectNode request = testCase.at("test_state").deepCopy();
        request.put("definition", testCase.at("definition").toString());
        if (testCase.json().has("input")) {
            request.set("input", testCase.at("input"));
        }
        if (request.has("mock") || testCase.json().has("tasks")) {
            request.put("roleArn", ROLE);
        }
        JSON_IN_TEXT.forEach(name -> toText(request, name));
        if (request.get("mock") instanceof ObjectNode mock) {
            toText(mock, "result");
            if (mock.has("result_text")) {
                mock.set("result", mock.remove("result_text"));
            }
        }
        return request;
    }

    private static void toText(ObjectNode object, String name) {
        if (object.has(name)) {
            object.put(name, object.get(name).toString());
        }
    }

    /** The answer with its JSON read: the recorder did so wherever a text was JSON. */
    private static ObjectNode parsed(ObjectNode answer) {
        readText(answer, "output");
        if (answer.get("inspectionData") instanceof ObjectNode data) {
            data.properties().stream()
                    .filter(member -> member.getValue().isTextual())
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(name -> readText(data, name));
        }
        return answer;
    }

    private static void readText(ObjectNode object, String name) {
        if (object.has(name)) {
            object.set(name, Corpus.parse(object.get(name).textValue()));
        }
    }
}
