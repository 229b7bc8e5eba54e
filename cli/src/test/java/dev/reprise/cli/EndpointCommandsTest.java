package dev.reprise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.reprise.history.EventWriter;
import dev.reprise.testing.Answer;
import dev.reprise.testing.WorkflowRun;
import dev.reprise.testing.WorkflowTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Commands that ask an endpoint: what they send, and what they make of its answers. The history is that of a real run.
 */
class EndpointCommandsTest {

    private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:orders";
    private static final String EXECUTION = "arn:aws:states:us-east-1:000000000000:execution:orders:run";

    private final Map<String, Function<JsonNode, JsonNode>> actions = new ConcurrentHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private String endpoint;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String action =
                    exchange.getRequestHeaders().getFirst("X-Amz-Target").replace("AWSStepFunctions.", "");
            JsonNode request =
                    JsonText.MAPPER.readTree(exchange.getRequestBody().readAllBytes());
            asked.add(action + " " + request);
            Function<JsonNode, JsonNode> known = actions.get(action);
            int status = known == null ? 400 : 200;
            JsonNode answer = known == null
                    ? StepFunctionsClient.object()
                            .put("__type", "com.amazonaws.swf.service.v2.model#ExecutionDoesNotExist")
                            .put("message", "Execution Does Not Exist")
                    : known.apply(request);
            byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        endpoint = "--endpoint=http://127.0.0.1:" + server.getAddress().getPort();
        ObjectNode machines = StepFunctionsClient.object();
        machines.putArray("stateMachines").addObject().put("name", "orders").put("stateMachineArn", MACHINE);
        actions.put("ListStateMachines", request -> machines);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static ArrayNode history() {
        WorkflowTest test = WorkflowTest.ofDefinition("orders", """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "ItemsPath": "$.lines", "Next": "Pause", "ItemProcessor": {
                "StartAt": "Price", "States": {"Price": {"Type": "Task", "Resource": "task:price", "End": true,
                  "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 10}]}}}},
              "Pause": {"Type": "Wait", "Seconds": 30, "End": true}}}
            """);
        test.state("Price").returns("1");
        test.state("Price").item(1).answersInTurn(Answer.error("Busy", null), Answer.json("2"));
        WorkflowRun run = test.run("{\"lines\": [1, 2]}").assertSucceeded();
        ArrayNode events = StepFunctionsClient.object().putArray("events");
        run.history().forEach(event -> events.add(EventWriter.write(event)));
        return events;
    }

    /** In pages of three, as an endpoint may give it. */
    private void serveHistory() {
        ArrayNode events = history();
        actions.put("GetExecutionHistory", request -> {
            int from = request.path("nextToken").asInt(0);
            ObjectNode page = StepFunctionsClient.object();
            ArrayNode some = page.putArray("events");
            for (int i = from; i < Math.min(from + 3, events.size()); i++) {
                some.add(events.get(i));
            }
            if (from + 3 < events.size()) {
                page.put("nextToken", String.valueOf(from + 3));
            }
            return page;
        });
    }

    @Test
    void anExecutionIsStartedByItsWorkflowsName() {
        actions.put("StartExecution", request -> StepFunctionsClient.object().put("executionArn", EXECUTION));

        Shell shell = Shell.run("start", "orders", "--input", "{\"a\": 1}", "--name", "run", endpoint);

        assertThat(shell).isEqualTo(new Shell(0, EXECUTION + "\n", ""));
        assertThat(asked.get(1))
                .isEqualTo("StartExecution {\"stateMachineArn\":\"" + MACHINE
                        + "\",\"input\":\"{\\\"a\\\":1}\",\"name\":\"run\"}");
    }

    @Test
    void anExecutionThatFailsIsWaitedFor() {
        actions.put("StartExecution", request -> StepFunctionsClient.object().put("executionArn", EXECUTION));
        actions.put(
                "DescribeExecution",
                request -> StepFunctionsClient.object()
                        .put("status", "FAILED")
                        .put("error", "Odd")
                        .put("cause", "why"));

        assertThat(Shell.run("start", "orders", "--wait", endpoint)).isEqualTo(new Shell(1, "", "FAILED: Odd: why\n"));
    }

    @Test
    void aWorkflowThatIsNotThereIsNamedWithThoseThatAre() {
        assertThat(Shell.run("start", "other", endpoint))
                .isEqualTo(new Shell(3, "", "reprise: There is no state machine 'other'. There are: orders\n"));
    }

    @Test
    void aRefusalIsToldInTheApisWords() {
        assertThat(Shell.run("describe", EXECUTION, endpoint))
                .isEqualTo(new Shell(
                        3, "", "reprise: DescribeExecution: ExecutionDoesNotExist: Execution Does Not Exist\n"));
    }

    @Test
    void whereNobodyAnswersItSaysWhatToDo() {
        server.stop(0);

        Shell shell = Shell.run("list", endpoint);

        assertThat(shell.exitCode()).isEqualTo(3);
        assertThat(shell.err()).contains("Nothing answers at http://127.0.0.1", "--endpoint URL");
    }

    @Test
    void theEnvironmentSaysWhereTheEndpointIs() throws Exception {
        String here = endpoint.substring(endpoint.indexOf('=') + 1);
        String machines = "orders  " + MACHINE + "\n";

        assertThat(Shell.runWith(
                        Map.of("AWS_ENDPOINT_URL_SFN", here, "AWS_ENDPOINT_URL", "http://127.0.0.1:1"), "list"))
                .isEqualTo(new Shell(0, machines, ""));
        assertThat(Shell.runWith(Map.of("AWS_ENDPOINT_URL", here), "list")).isEqualTo(new Shell(0, machines, ""));
    }

    @Test
    void executionsAreListedByTheirStatusUpToALimit() {
        actions.put("ListExecutions", request -> {
            ObjectNode page = StepFunctionsClient.object();
            page.putArray("executions")
                    .addObject()
                    .put("name", "run-" + request.path("maxResults"))
                    .put("status", "FAILED")
                    .put("startDate", 0);
            return page.put("nextToken", "more");
        });

        Shell shell = Shell.run("list", "orders", "--status", "failed", "--limit", "2", endpoint);

        assertThat(shell.out().lines())
                .containsExactly(
                        "FAILED     1970-01-01T00:00:00Z     -                        run-2",
                        "FAILED     1970-01-01T00:00:00Z     -                        run-1");
        assertThat(asked.get(1))
                .isEqualTo("ListExecutions {\"stateMachineArn\":\"" + MACHINE
                        + "\",\"statusFilter\":\"FAILED\",\"maxResults\":2}");
    }

    @Test
    void anExecutionIsDescribed() {
        actions.put(
                "DescribeExecution",
                request -> StepFunctionsClient.object()
                        .put("executionArn", EXECUTION)
                        .put("status", "FAILED")
                        .put("startDate", 10)
                        .put("stopDate", 12.5)
                        .put("error", "Odd")
                        .put("input", "{\"a\":1}"));

        assertThat(Shell.run("describe", "orders/run", endpoint)).isEqualTo(new Shell(0, """
            ARN: %s
            Status: FAILED
            Started: 1970-01-01T00:00:10Z
            Ended: 1970-01-01T00:00:12.500Z, after 2.500 s
            Error: Odd
            Input:
            { "a": 1 }
            """.formatted(EXECUTION), ""));
    }

    @Test
    void aHistoryIsReadToItsEnd() {
        serveHistory();

        Shell lines = Shell.run("history", "orders/run", endpoint);
        Shell followed = Shell.run("history", "orders/run", "--follow", endpoint);
        Shell export = Shell.run("history", "orders/run", "--output", "json", endpoint);

        assertThat(lines.out().lines()).hasSize(history().size());
        assertThat(followed.out()).isEqualTo(lines.out()).contains("ExecutionSucceeded");
        assertThat(JsonText.parse("out", export.out()).path("events"))
                .hasToString(history().toString());
    }

    @Test
    void anExecutionIsSavedAsATest() {
        serveHistory();

        JsonNode test = JsonText.parse(
                "out", Shell.run("history", EXECUTION, "--as-test", endpoint).out());

        assertThat(test.at("/cases/0/name").asText()).isEqualTo("run");
        assertThat(test.at("/cases/0/mocks/Price/items/1/0/throw/error").asText())
                .isEqualTo("Busy");
        assertThat(test.at("/cases/0/expect/path")).hasToString("[\"Each\",\"Pause\"]");
    }

    @Test
    void aTraceShowsItemsInsideTheirMap() {
        serveHistory();

        Shell whole = Shell.run("trace", EXECUTION, endpoint);
        Shell outer = Shell.run("trace", EXECUTION, "--depth", "0", endpoint);

        assertThat(whole.out().lines().map(line -> line.substring(0, 20).stripTrailing()))
                .containsExactly("Each", "  [0]", "    Price", "  [1]", "    Price ✗", "Pause");
        assertThat(outer.out().lines()).hasSize(2);
        assertThat(outer.out()).contains("10.000 s", "30.000 s");
    }

    @Test
    void manyAreStoppedOnlyWhenThatIsMeant() {
        ObjectNode page = StepFunctionsClient.object();
        page.putArray("executions").addObject().put("executionArn", EXECUTION);
        actions.put("ListExecutions", request -> page);
        actions.put("StopExecution", request -> StepFunctionsClient.object());

        Shell asking = Shell.run("stop", "--workflow", "orders", endpoint);
        assertThat(asking).isEqualTo(new Shell(0, EXECUTION + "\n", "These are 1. --yes does it\n"));
        assertThat(asked).noneMatch(each -> each.startsWith("StopExecution"));

        assertThat(Shell.run("stop", "--workflow", "orders", "--yes", "--error", "E", endpoint)
                        .exitCode())
                .isZero();
        assertThat(asked.getLast()).isEqualTo("StopExecution {\"executionArn\":\"" + EXECUTION + "\",\"error\":\"E\"}");
    }

    @Test
    void aTaskIsEndedByItsToken() {
        actions.put("SendTaskSuccess", request -> StepFunctionsClient.object());

        assertThat(Shell.run("callback", "success", "t", "--result", "{\"a\": 1}", endpoint)
                        .exitCode())
                .isZero();
        assertThat(asked).containsExactly("SendTaskSuccess {\"taskToken\":\"t\",\"output\":\"{\\\"a\\\":1}\"}");
    }

    @Test
    void aTaskFailsByItsTokenOrIsStillWorkedAt() {
        actions.put("SendTaskFailure", request -> StepFunctionsClient.object());
        actions.put("SendTaskHeartbeat", request -> StepFunctionsClient.object());

        Shell.run("callback", "failure", "t", "--error", "Refused", "--cause", "too dear", endpoint);
        Shell.run("callback", "heartbeat", "t", endpoint);

        assertThat(asked)
                .containsExactly(
                        "SendTaskFailure {\"taskToken\":\"t\",\"error\":\"Refused\",\"cause\":\"too dear\"}",
                        "SendTaskHeartbeat {\"taskToken\":\"t\"}");
    }

    @Test
    void executionsAreRedrivenByTheirNames() {
        actions.put("RedriveExecution", request -> StepFunctionsClient.object());

        Shell shell = Shell.run("redrive", "orders/run", "orders/run", endpoint);

        assertThat(shell).isEqualTo(new Shell(0, EXECUTION + "\n" + EXECUTION + "\n", ""));
        assertThat(asked)
                .containsExactly(
                        "ListStateMachines {}",
                        "RedriveExecution {\"executionArn\":\"" + EXECUTION + "\"}",
                        "RedriveExecution {\"executionArn\":\"" + EXECUTION + "\"}");
    }

    @Test
    void aCostIsEstimatedFromTheHistory() {
        serveHistory();

        JsonNode cost = JsonText.parse(
                "out",
                Shell.run("cost", EXECUTION, "--output", "json", endpoint).out());

        assertThat(cost.path("transitions").asInt()).isEqualTo(6);
        assertThat(cost.path("standardDollarsPerMillion").asDouble()).isEqualTo(150);
        assertThat(cost.path("durableFunctionDollarsPerMillion").asDouble()).isEqualTo(32);
        assertThat(Shell.run("cost", EXECUTION, endpoint).out()).contains("Step Functions Standard", "150.00 $");
    }
}
