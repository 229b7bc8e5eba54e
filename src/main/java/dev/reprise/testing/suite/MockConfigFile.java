package dev.reprise.testing.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.StatesError;
import dev.reprise.testing.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Step Functions Local's {@code MockConfigFile.json}: for each case of a state machine it names the states that are
 * mocked, and for each of these what its first calls give.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html">AWS, Mocked service
 *     integrations configuration file</a>
 */
public final class MockConfigFile {

    private static final int MOST_CALLS = 100_000;

    private final Path file;
    private final JsonNode root;

    private MockConfigFile(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads one.
     *
     * @throws TestFileException when it cannot be read, or is no JSON object
     */
    public static MockConfigFile read(Path file) {
        JsonNode root = TestFile.read(file);
        if (!root.path("StateMachines").isObject()) {
            throw new TestFileException(List.of(file + ": /StateMachines: an object is expected"));
        }
        return new MockConfigFile(file, root);
    }

    /** The names of its state machines. */
    public List<String> stateMachines() {
        List<String> names = new ArrayList<>();
        root.path("StateMachines").fieldNames().forEachRemaining(names::add);
        return Collections.unmodifiableList(names);
    }

    /** The names of a state machine's cases; none when it has none. */
    public List<String> cases(String stateMachine) {
        List<String> names = new ArrayList<>();
        root.path("StateMachines")
                .path(stateMachine)
                .path("TestCases")
                .fieldNames()
                .forEachRemaining(names::add);
        return Collections.unmodifiableList(names);
    }

    /**
     * What the states of a case give.
     *
     * @throws TestFileException when there is no such case, or it is not of the right form
     */
    Map<String, Mock> mocks(String stateMachine, String name) {
        JsonNode states =
                root.path("StateMachines").path(stateMachine).path("TestCases").path(name);
        if (!states.isObject()) {
            throw problem(
                    "/StateMachines/" + stateMachine + "/TestCases",
                    "there is no case '" + name + "'. There are: " + String.join(", ", cases(stateMachine)));
        }
        Map<String, Mock> mocks = new LinkedHashMap<>();
        states.properties().forEach(state -> {
            String id = state.getValue().asText();
            JsonNode response = root.path("MockedResponses").path(id);
            if (!response.isObject()) {
                throw problem(
                        "/MockedResponses",
                        "there is no response '" + id + "', which state '" + state.getKey() + "' of case '" + name
                                + "' names");
            }
            mocks.put(state.getKey(), mock(response, "/MockedResponses/" + id));
        });
        return mocks;
    }

    private Mock mock(JsonNode response, String pointer) {
        TreeMap<Integer, Answer> answers = new TreeMap<>();
        response.properties().forEach(each -> {
            Range calls = Range.parse(each.getKey());
            if (calls == null || calls.last() >= MOST_CALLS) {
                throw problem(
                        pointer + "/" + each.getKey(), "the number of a call is expected, or two such as \"1-2\"");
            }
            Answer answer = answer(each.getValue(), pointer + "/" + each.getKey());
            for (int call = calls.first(); call <= calls.last(); call++) {
                answers.put(call, answer);
            }
        });
        if (answers.isEmpty() || answers.firstKey() != 0 || answers.lastKey() != answers.size() - 1) {
            throw problem(pointer, "calls are numbered from 0, without gaps");
        }
        return new Mock(new ArrayList<>(answers.values()), false, Map.of());
    }

    private Answer answer(JsonNode value, String pointer) {
        if (value.has("Return")) {
            return new Answer.Result(value.path("Return"));
        }
        if (value.has("Throw")) {
            return new Answer.Failure(new StatesError(
                    text(value.path("Throw").get("Error")),
                    text(value.path("Throw").get("Cause"))));
        }
        throw problem(pointer, "\"Return\" or \"Throw\" is expected");
    }

    private static @Nullable String text(@Nullable JsonNode value) {
        return value == null || value.isNull() ? null : value.asText();
    }

    private TestFileException problem(String pointer, String problem) {
        return new TestFileException(List.of(file + ": " + pointer + ": " + problem));
    }
}
