package dev.reprise.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.reprise.task.Task;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;

/** The command as its user has it: a process, and a plain client. It keeps nothing. */
class DevCommandTest {

    private static final String PASS = "{'StartAt':'P','States':{'P':{'Type':'Pass','Result':%s,'End':true}}}";

    private static final String TASK = """
        {'StartAt':'Charge','States':{
          'Charge':{'Type':'Task','Resource':'%s','Retry':[{'ErrorEquals':['Busy'],'IntervalSeconds':1}],'End':true}}}
        """;

    /** Tasks that a user has as a class. */
    static final class Greetings {

        @Task("greet")
        String greet(String name) {
            return "Hello, " + name;
        }
    }

    @TempDir
    static Path folder;

    /** What stands for Lambda, as {@code sam local start-lambda} does. */
    private static HttpServer lambda;

    private static DevProcess dev;
    private static SfnClient client;

    @BeforeAll
    static void start() throws Exception {
        DevProcess.write(folder, "one.asl.json", PASS.formatted("1"));
        DevProcess.write(folder, "own.asl.json", TASK.formatted("task:pack"));
        DevProcess.write(folder, "greeted.asl.json", TASK.formatted("task:greet"));
        DevProcess.write(folder, "mocked.asl.json", TASK.formatted("task:charge"));
        DevProcess.write(folder, "mocked.test.json", """
            {'cases': [{'name': 'busy', 'expect': {}, 'mocks': {
              'Charge': [{'throw': {'error': 'Busy'}}, {'return': {'paid': true}, 'afterSeconds': 0.2}]}}]}
            """);
        DevProcess.write(
                folder,
                "approved.asl.json",
                TASK.formatted("arn:aws:states:::lambda:invoke.waitForTaskToken','Parameters':{"
                        + "'FunctionName':'ask','Payload':{'token.$':'$$.Task.Token'}},'Comment':'"));
        DevProcess.write(folder, "approved.test.json", """
            {'cases': [
              {'name': 'no', 'expect': {'error': 'No'}, 'mocks': {'Charge': {'throw': {'error': 'No'}}}},
              {'name': 'yes', 'expect': {}, 'mocks': {'Charge': {'return': 'yes', 'afterSeconds': 0.2}}}]}
            """);
        DevProcess.write(folder, "secret.asl.json", """
            {'StartAt':'S','States':{'S':{'Type':'Task','Resource':'arn:aws:states:::aws-sdk:secretsmanager:getSecretValue',
              'Parameters':{'SecretId':'a'},'End':true}}}
            """);
        DevProcess.write(
                folder, "function.asl.json", TASK.formatted("arn:aws:lambda:us-east-1:123456789012:function:charge"));
        lambda = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        lambda.createContext("/2015-03-31/functions/", exchange -> {
            byte[] answer = "{\"charged\":true}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    exchange.getRequestURI().getPath().contains("charge") ? 200 : 404, answer.length);
            try (exchange) {
                exchange.getResponseBody().write(answer);
            }
        });
        lambda.start();
        dev = DevProcess.start(
                folder,
                Map.of(
                        "AWS_ENDPOINT_URL_LAMBDA",
                        "http://127.0.0.1:" + lambda.getAddress().getPort()),
                "--in-memory",
                "--mock",
                "workflows/mocked.test.json",
                "--mock",
                "workflows/approved.test.json#yes",
                "--tasks",
                "dev.reprise.cli.dev.DevCommandTest$Greetings");
        client = dev.client();
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        dev.close();
        lambda.stop(0);
    }

    @Test
    void aPlainClientRunsAWorkflow() {
        DescribeExecutionResponse ended = dev.run(client, "one", "{}");

        assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(ended.output()).isEqualTo("1");
        assertThat(client.listStateMachines().stateMachines())
                .anyMatch(machine -> machine.name().equals("one"));
    }

    @Test
    void whatIsToBeCopiedIsPrinted() {
        assertThat(dev.out())
                .contains(
                        "/workflows\n",
                        "\n  export AWS_ENDPOINT_URL_SFN=http://127.0.0.1:" + dev.port() + "\n",
                        "\n  export AWS_DISABLE_HOST_PREFIX_INJECTION=true\n",
                        "\nWhat else is here: http://localhost:" + dev.port() + "\n",
                        "\nExecutions are kept in memory alone: they are gone when this ends.\n");
        assertThat(dev.hasChild()).isFalse();
        assertThat(folder.resolve(".reprise")).doesNotExist();
    }

    @Test
    void thePageAndTheConsoleAreThere() throws Exception {
        assertThat(dev.get("/", "Accept", "text/html").body()).contains("Reprise on this machine", "one", "/console");
        assertThat(dev.get("/console/").body()).contains("<!doctype html>");
        assertThat(dev.get("/console/api/info").body()).contains("\"savesFiles\"");
    }

    @Test
    void pagesOfOtherSitesAreRefused() throws Exception {
        HttpResponse<String> foreign = dev.get("/", "Origin", "https://evil.example");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.body()).contains("does not answer pages of 'https://evil.example'");
    }

    /** A page whose name leads to 127.0.0.1; the JDK's client lets nobody set a Host. */
    @Test
    void otherNamesOfThisMachineAreRefused() throws Exception {
        try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), dev.port())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".getBytes());
            String answer = new String(socket.getInputStream().readAllBytes());
            assertThat(answer).startsWith("HTTP/1.1 403").contains("for this machine, as localhost");
        }
    }

    @Test
    void aFileThatChangesIsTakenAsItIsThen() {
        DevProcess.write(folder, "edited.asl.json", PASS.formatted("1"));
        assertThat(dev.run(client, "edited", "{}").output()).isEqualTo("1");

        DevProcess.write(folder, "edited.asl.json", PASS.formatted("22"));
        assertThat(dev.run(client, "edited", "{}").output()).isEqualTo("22");
        dev.await(() -> dev.err().contains("edited.asl.json has changed"));

        DevProcess.write(folder, "edited.asl.json", "{'StartAt':'P','States':{'P':{'Type':'Pass','Next':'Q'}}}");
        dev.await(() -> dev.err().matches("(?s).*ERROR workflows/edited.asl.json:1:[0-9]+: /States/P/Next: .*"));
        assertThatThrownBy(() -> dev.run(client, "edited", "{}"))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("no state named 'Q'");

        DevProcess.write(folder, "edited.asl.json", PASS.formatted("3"));
        dev.await(() -> dev.err().contains("edited can run again"));
        assertThat(dev.run(client, "edited", "{}").output()).isEqualTo("3");
    }

    @Test
    void aFileThatIsDeletedIsGone() throws Exception {
        DevProcess.write(folder, "brief.asl.json", PASS.formatted("1"));
        dev.await(() -> dev.err().contains("brief is there"));

        Files.delete(folder.resolve("workflows/brief.asl.json"));
        dev.await(() -> dev.err().contains("brief is gone"));
        assertThatThrownBy(() -> dev.run(client, "brief", "{}")).isInstanceOf(StateMachineDoesNotExistException.class);
    }

    @Test
    void aTaskOfAProjectSaysWhatThereIsInstead() {
        assertThat(dev.err())
                .contains("own.asl.json", "/States/Charge/Resource: warning: 'task:pack' is a method of a project");

        DescribeExecutionResponse ended = dev.run(client, "own", "{}");
        assertThat(ended.error()).isEqualTo("States.Runtime");
        assertThat(ended.cause()).contains("--mock FILE", "--tasks CLASS", "./mvnw quarkus:dev");
    }

    @Test
    void aClassHasTasksThatReallyRun() {
        assertThat(dev.run(client, "greeted", "\"Grace\"").output()).isEqualTo("\"Hello, Grace\"");
    }

    @Test
    void nothingRealIsCalledByAccident() {
        DescribeExecutionResponse ended = dev.run(client, "secret", "{}");
        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.cause())
                .contains("AWS is not called from here", "AWS_ENDPOINT_URL_SECRETS_MANAGER=http://…", "--aws real");
    }

    @Test
    void aFunctionIsCalledWhereItsEndpointIs() {
        assertThat(dev.run(client, "function", "{}").output()).isEqualTo("{\"charged\":true}");
    }

    @Test
    void mocksAnswerInTurnInEachExecution() {
        assertThat(dev.err()).doesNotContain("task:charge");
        for (int i = 0; i < 2; i++) {
            DescribeExecutionResponse ended = dev.run(client, "mocked", "{}");
            assertThat(ended.output()).as(ended.toString()).isEqualTo("{\"paid\":true}");
            assertThat(client.getExecutionHistory(request -> request.executionArn(ended.executionArn()))
                            .events())
                    .filteredOn(event -> event.taskFailedEventDetails() != null
                            || event.lambdaFunctionFailedEventDetails() != null
                            || event.typeAsString().endsWith("Failed"))
                    .hasSize(1);
        }
    }

    @Test
    void aMockSendsTheTokenBack() {
        assertThat(dev.run(client, "approved", "{}").output()).isEqualTo("\"yes\"");
    }

    @Test
    void aPortInUseIsSaidWithTheOptionThatChangesIt(@TempDir Path other) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());
            try (DevProcess second = DevProcess.begin(other, Map.of(), "--port", port)) {
                assertThat(second.exitCode()).isEqualTo(3);
                assertThat(second.err())
                        .isEqualTo("reprise: Port " + port
                                + " is in use. Say another, --port PORT, or 0 for any that is free\n");
                assertThat(other.resolve(".reprise"))
                        .as("nothing else was begun")
                        .doesNotExist();
            }
        }
    }

    @Test
    void whatCannotBeMeantIsSaid(@TempDir Path other) throws Exception {
        try (DevProcess both = DevProcess.begin(other, Map.of(), "--in-memory", "--data", "there")) {
            assertThat(both.exitCode()).isEqualTo(2);
            assertThat(both.err()).contains("--in-memory keeps nothing");
        }
        try (DevProcess mock = DevProcess.begin(other, Map.of(), "--port", "0", "--mock", "none.test.json")) {
            assertThat(mock.exitCode()).isEqualTo(3);
            assertThat(mock.err()).contains("There is no file none.test.json (--mock)");
        }
    }
}
