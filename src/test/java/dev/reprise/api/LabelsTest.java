package dev.reprise.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.api.ApiFunction.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened to order 4711: executions found by their labels, and by when they started. */
class LabelsTest {

    private static final String PREFIX = "arn:aws:states:us-east-1:000000000000:stateMachine:";
    private static final String ORDERS = "{'QueryLanguage': 'JSONata', 'Reprise': {'Labels': {'order':"
            + " '{% $states.input.orderId %}', 'machine': '{% $states.context.StateMachine.Name %}', 'kind': 'order'}},"
            + " 'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}";
    private static final String INVOICES =
            "{'Reprise': {'Labels': {'order.$': '$.order', 'run.$': '$$.Execution.Name'}},"
                    + " 'StartAt': 'P', 'States': {'P': {'Type': 'Fail', 'Error': 'NotPaid'}}}";

    @TempDir
    Path folder;

    private ApiFunction function;

    @BeforeEach
    void start() {
        function = new ApiFunction(folder).file("orders", ORDERS).file("invoices", INVOICES);
    }

    @AfterEach
    void stop() {
        function.close();
    }

    private String run(String machine, String name, String input, String status) throws InterruptedException {
        String arn = function.start(PREFIX + machine, name, input);
        function.await(arn, status);
        return arn;
    }

    private List<String> found(String request) {
        List<String> names = new ArrayList<>();
        for (JsonNode execution : function.ask("ListExecutions", request).body().path("executions")) {
            names.add(execution.path("name").asText());
        }
        return names;
    }

    @Test
    void oneRequestFindsWhatHappenedToAnOrder() throws InterruptedException {
        run("orders", "first", "{'orderId': 4711}", "SUCCEEDED");
        run("orders", "other", "{'orderId': 4712}", "SUCCEEDED");
        Thread.sleep(2);
        run("invoices", "bill", "{'order': '4711'}", "FAILED");

        assertThat(found("{'labels': {'order': '4711'}}")).containsExactly("bill", "first");
        assertThat(found("{'labels': {'order': '4711', 'kind': 'order'}}")).containsExactly("first");
        assertThat(found("{'labels': {'order': '4711'}, 'stateMachineArn': '" + PREFIX + "invoices'}"))
                .containsExactly("bill");
        assertThat(found("{'labels': {'order': '4711'}, 'statusFilter': 'SUCCEEDED'}"))
                .containsExactly("first");
        assertThat(found("{'labels': {'order': '1'}}")).isEmpty();
    }

    @Test
    void anExecutionTellsItsLabels() throws InterruptedException {
        String arn = run("orders", "first", "{'orderId': 4711}", "SUCCEEDED");
        String bill = run("invoices", "bill", "{'order': '4711'}", "FAILED");

        assertThat(labels(arn)).isEqualTo("{\"kind\":\"order\",\"machine\":\"orders\",\"order\":\"4711\"}");
        assertThat(labels(bill)).isEqualTo("{\"order\":\"4711\",\"run\":\"bill\"}");
    }

    private String labels(String arn) {
        return function.ask("DescribeExecution", "{'executionArn': '" + arn + "'}")
                .body()
                .path("labels")
                .toString();
    }

    @Test
    void noExecutionFailsForTheWantOfALabel() throws InterruptedException {
        assertThat(labels(run("orders", "first", "{}", "SUCCEEDED")))
                .isEqualTo("{\"kind\":\"order\",\"machine\":\"orders\"}");
        assertThat(labels(run("orders", "large", "{'orderId': '" + "9".repeat(257) + "'}", "SUCCEEDED")))
                .doesNotContain("999");
    }

    @Test
    void executionsAreFoundByWhenTheyStarted() throws InterruptedException {
        run("orders", "first", "{'orderId': 1}", "SUCCEEDED");
        Thread.sleep(5);
        String second = function.start(PREFIX + "orders", "second", "{'orderId': 1}");
        String at = function.ask("DescribeExecution", "{'executionArn': '" + second + "'}")
                .body()
                .path("startDate")
                .toString();

        for (String what : List.of("'stateMachineArn': '" + PREFIX + "orders'", "'labels': {'order': '1'}")) {
            assertThat(found("{" + what + ", 'startedFrom': " + at + "}")).containsExactly("second");
            assertThat(found("{" + what + ", 'startedTo': " + at + "}")).containsExactly("second", "first");
            assertThat(found("{" + what + ", 'startedTo': 1000}")).isEmpty();
        }
    }

    @Test
    void aWrongLabelIsRefused() {
        Reply reply = function.ask("ListExecutions", "{'labels': ['order']}");

        assertThat(reply.error()).isEqualTo("SerializationException");
        assertThat(reply.message()).startsWith("'labels' must be an object");
        assertThat(function.ask("ListExecutions", "{'labels': {'order': '1'}, 'nextToken': 'x'}")
                        .error())
                .isEqualTo("InvalidToken");
    }

    @Test
    void aDefinitionHasTenLabelsAtMost() {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < 11; i++) {
            labels.append(i == 0 ? "" : ",").append("'l").append(i).append("': 'x'");
        }
        Reply reply = function.ask(
                "CreateStateMachine",
                ApiFunction.json("{\"name\": \"many\", \"roleArn\": \"arn:aws:iam::0:role/r\", \"definition\": \""
                        + ORDERS.replaceFirst("'Labels': \\{.*?'order'\\}", "'Labels': {" + labels + "}")
                                .replace("'", "\\\"")
                        + "\"}"));

        assertThat(reply.error()).isEqualTo("InvalidDefinition");
        assertThat(reply.message()).contains("Labels has 11 members");
    }
}
