package dev.reprise.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.api.ApiFunction.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code Reprise.Redact} names is in no answer and in no line of the log, whatever the workflow does with it. */
class RedactedAnswersTest {

    private static final String SECRET = "4242-4242-4242";
    private static final String PREFIX = "arn:aws:states:us-east-1:000000000000:stateMachine:";

    /** Moved, passed to a task, to the items of a Map, into a variable and into a text. */
    private static final String STATES = """
        'StartAt': 'Move', 'States': {
          'Move': {'Type': 'Pass', 'Assign': {'kept': '{% $states.input.card %}'},
            'Output': {'payment': {'card': '{% $states.input.card %}'}, 'cards': ['{% $states.input.card.number %}', 'none']},
            'Next': 'Charge'},
          'Charge': {'Type': 'Task', 'Resource': 'task:echo', 'Next': 'Each'},
          'Each': {'Type': 'Map', 'Items': '{% $states.input.cards %}', 'Next': 'Tell', 'ItemProcessor': {
            'StartAt': 'One', 'States': {'One': {'Type': 'Task', 'Resource': 'task:echo', 'End': true,
              'Arguments': {'text': '{% \\"card \\" & $states.input %}'}}}}},
          'Tell': LAST}\
        """;

    private static final String SUCCEEDS = "{'Type': 'Pass', 'Output': {'all': '{% $states.input %}', 'kept':"
            + " '{% $kept %}', 'length': '{% $length($kept.number) %}'}, 'End': true}";
    private static final String FAILS =
            "{'Type': 'Fail', 'Error': 'Declined', 'Cause': '{% \\\"no money on \\\" & $string($kept) %}'}";

    @TempDir
    Path folder;

    private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
    private final List<String> answers = new ArrayList<>();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(
                    line.getMessage() + List.of(line.getParameters() == null ? new Object[0] : line.getParameters()));
        }

        @Override
        public void flush() {
            // There is nothing to flush.
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    };

    private ApiFunction function;

    @BeforeEach
    void start() {
        Logger.getLogger("").addHandler(handler);
        function = new ApiFunction(folder)
                .file("pays", definition(SUCCEEDS, ""))
                .file("declines", definition(FAILS, ""))
                .file("names", definition("{'Type': 'Fail', 'Error': '{% $kept.number %}'}", ""))
                .file("shows", definition(SUCCEEDS, "").replace("$.card.number", "$.other"))
                .file("express", definition(SUCCEEDS, ", 'Durability': 'NONE'"))
                .file(
                        "misses",
                        "{'Reprise': {'Redact': ['$.card.number', '$.token']}, 'StartAt': 'P', 'States': {'P': {'Type':"
                                + " 'Pass', 'InputPath': '$.nothing', 'End': true}}}");
    }

    private static String definition(String last, String more) {
        return "{'QueryLanguage': 'JSONata', 'Reprise': {'Redact': ['$.card.number', '$.token']" + more + "}, "
                + STATES.replace("LAST", last) + "}";
    }

    @AfterEach
    void stop() {
        Logger.getLogger("").removeHandler(handler);
        function.close();
    }

    @Test
    void aSecretIsInNoAnswerAndInNoLineOfAnExecutionThatSucceeds() throws InterruptedException {
        String arn = run("pays", "SUCCEEDED");

        askAll("pays", arn);

        assertThat(answers.toString()).contains("***").doesNotContain(SECRET);
        assertThat(String.join("\n", function.lines)).contains("***").doesNotContain(SECRET);
        assertThat(logged.toString()).doesNotContain(SECRET);
        // The execution itself had it.
        assertThat(answers.toString()).contains("\\\"length\\\":" + SECRET.length());
    }

    @Test
    void norIsItOfOneThatFails() throws InterruptedException {
        String arn = run("declines", "FAILED");
        String missed = run("misses", "FAILED");

        askAll("declines", arn);
        askAll("misses", missed);

        assertThat(answers.toString()).contains("no money on {").contains("***").doesNotContain(SECRET);
        assertThat(String.join("\n", function.lines)).contains("no money on {").doesNotContain(SECRET);
        assertThat(logged.toString()).doesNotContain(SECRET);
    }

    @Test
    void norIsItAnErrorsName() throws InterruptedException {
        askAll("names", run("names", "FAILED"));

        assertThat(answers.toString()).contains("***").doesNotContain(SECRET);
        assertThat(String.join("\n", function.lines)).doesNotContain(SECRET);
    }

    @Test
    void norOfOneThatLeavesNoTrace() {
        Reply reply = function.ask(
                "StartSyncExecution", "{'stateMachineArn': '" + PREFIX + "express', 'input': '" + input() + "'}");

        assertThat(reply.text("status")).isEqualTo("SUCCEEDED");
        assertThat(reply.body().toString()).contains("***").doesNotContain(SECRET);
        assertThat(String.join("\n", function.lines)).contains("***").doesNotContain(SECRET);
    }

    @Test
    void whereNoPathLeadsToItItIsShown() throws InterruptedException {
        askAll("shows", run("shows", "SUCCEEDED"));

        assertThat(answers.toString()).contains(SECRET).doesNotContain("***");
        assertThat(String.join("\n", function.lines)).contains(SECRET);
    }

    private static String input() {
        return "{\\\"card\\\": {\\\"number\\\": \\\"" + SECRET + "\\\", \\\"kind\\\": \\\"V\\\"}}";
    }

    private String run(String machine, String status) throws InterruptedException {
        String arn = function.start(PREFIX + machine, "n", "{'card': {'number': '" + SECRET + "', 'kind': 'V'}}");
        answers.add(function.await(arn, status).body().toString());
        return arn;
    }

    private void askAll(String machine, String arn) {
        String execution = "{'executionArn': '" + arn + "'}";
        for (String action : List.of("DescribeExecution", "GetExecutionHistory", "DescribeStateMachineForExecution")) {
            answers.add(function.ask(action, execution).body().toString());
        }
        answers.add(function.ask("GetExecutionHistory", "{'executionArn': '" + arn + "', 'reverseOrder': true}")
                .body()
                .toString());
        answers.add(function.ask("ListExecutions", "{'stateMachineArn': '" + PREFIX + machine + "'}")
                .body()
                .toString());
    }
}
