package dev.reprise.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.execution.RequestException;
import dev.reprise.history.Cost;
import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.operations.ExecutionCost;
import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import dev.reprise.runtime.RunEvent;
import dev.reprise.workflow.Substitutions;
import dev.reprise.workflow.WorkflowCatalogue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleEndpointTest {

    @TempDir
    Path folder;

    private final Changes changes = new Changes();
    private ConsoleEndpoint endpoint;
    private Path workflows;

    @BeforeEach
    void serve() throws IOException {
        Path bundle = Files.createDirectories(folder.resolve("bundle/assets"));
        Files.writeString(bundle.resolveSibling("index.html"), "<!doctype html>page");
        Files.writeString(bundle.resolveSibling("manifest.json"), "{}");
        Files.writeString(bundle.resolve("index-abc.js"), "let x = 1;");
        workflows = Files.createDirectories(folder.resolve("workflows"));
        Files.writeString(workflows.resolve("hello.asl.json"), pass("Greet"));
        Files.writeString(workflows.resolve("hello.input.json"), "{\"name\": \"Grace\"}");
        endpoint = endpoint(new WorkflowFiles(catalogue(workflows)));
    }

    private static WorkflowCatalogue catalogue(Path folder) {
        Map<QueryLanguage, Queries> languages = Map.of(
                QueryLanguage.JSONPATH, new JsonPathQueries(),
                QueryLanguage.JSONATA, new JsonataQueries(QueryLimits.DEFAULT));
        return new WorkflowCatalogue(
                folder, new QueryExpressionChecker(), languages::get, List.of(), Substitutions.none());
    }

    private ConsoleEndpoint endpoint(WorkflowFiles files) {
        return new ConsoleEndpoint(
                Objects.requireNonNull(Bundle.read(folder.resolve("bundle"))),
                new ConsoleApi(changes, files, this::cost, null));
    }

    private ExecutionCost cost(String executionArn) {
        if (!executionArn.endsWith(":known")) {
            throw new RequestException("ExecutionDoesNotExist", "There is none");
        }
        return new ExecutionCost(new ConsumedUnits(4, 8), new Cost(6, 3, 100, Duration.ZERO));
    }

    @AfterEach
    void end() {
        changes.close();
    }

    private static String pass(String state) {
        return "{\"StartAt\": \"" + state + "\", \"States\": {\"" + state + "\": {\"Type\": \"Pass\", \"End\": true}}}";
    }

    private HttpAnswer get(String path, Map<String, String> headers) {
        int query = path.indexOf('?');
        return endpoint.answer(new HttpCall(
                "GET",
                query < 0 ? path : path.substring(0, query),
                query < 0 ? "" : path.substring(query + 1),
                headers,
                new byte[0]));
    }

    private HttpAnswer get(String path) {
        return get(path, Map.of());
    }

    private HttpAnswer test(String workflow) {
        return endpoint.answer(
                new HttpCall("POST", "/console/api/tests", "workflow=" + workflow, Map.of(), new byte[0]));
    }

    private HttpAnswer put(String body) {
        return endpoint.answer(new HttpCall(
                "PUT",
                "/console/api/workflow",
                "",
                Map.of("Content-Type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] bytes(HttpAnswer answer) {
        return ((HttpAnswer.Bytes) answer.body()).bytes();
    }

    private static String text(HttpAnswer answer) {
        return new String(bytes(answer), StandardCharsets.UTF_8);
    }

    private static JsonNode json(HttpAnswer answer) throws IOException {
        return new ObjectMapper().readTree(bytes(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/",
                "/console/machines/arn:aws:states:::x",
                "/console/executions/a.b.js",
                "/console/../etc/passwd"
            })
    void everyAddressLeadsToThePageWhichRunsNothingOfOthers(String path) {
        HttpAnswer answer = get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo("<!doctype html>page");
        assertThat(answer.headers())
                .containsEntry("Content-Security-Policy", ConsoleEndpoint.POLICY)
                .containsEntry("Cache-Control", "no-cache")
                .containsEntry("Content-Type", "text/html; charset=utf-8");
    }

    @Test
    void whatIsNamedAfterItsContentIsKeptForEver() throws IOException {
        HttpAnswer plain = get("/console/assets/index-abc.js");
        HttpAnswer zipped = get("/console/assets/index-abc.js", Map.of("Accept-Encoding", "gzip, br"));

        assertThat(plain.headers()).containsEntry("Cache-Control", "public, max-age=31536000, immutable");
        assertThat(text(plain)).isEqualTo("let x = 1;");
        assertThat(zipped.headers()).containsEntry("Content-Encoding", "gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(bytes(zipped))).readAllBytes())
                .isEqualTo(bytes(plain));
    }

    @Test
    void aFileOfAnotherReleaseIsNotFoundRatherThanThePage() {
        assertThat(get("/console/assets/index-old.js").status()).isEqualTo(404);
        assertThat(get("/console/assets/../index.html").status()).isEqualTo(404);
    }

    @Test
    void theConsoleItselfStandsBehindASlash() {
        assertThat(get("/console").headers()).containsEntry("Location", "/console/");
        assertThat(endpoint.answer(new HttpCall("POST", "/console/", "", Map.of(), new byte[0]))
                        .status())
                .isEqualTo(405);
    }

    @Test
    void aFolderWithoutItsPageHoldsNoConsole() {
        assertThat(Bundle.read(workflows)).isNull();
    }

    @Test
    void theSampleBesideAWorkflowIsItsFirstInput() throws IOException {
        assertThat(json(get("/console/api/sample?workflow=hello")).path("input").textValue())
                .isEqualTo("{\"name\": \"Grace\"}");
        assertThat(text(get("/console/api/sample?workflow=none"))).isEqualTo("{}");
        assertThat(text(get("/console/api/sample"))).isEqualTo("{}");
    }

    @Test
    void aFileIsReadAsItStandsWithItsTokens() throws IOException {
        Files.writeString(workflows.resolve("tokens.asl.json"), pass("${Name}"));

        JsonNode answer = json(get("/console/api/workflow?workflow=tokens"));

        assertThat(answer.path("definition").textValue()).isEqualTo(pass("${Name}"));
        assertThat(answer.path("file").textValue()).endsWith("tokens.asl.json");
        assertThat(text(get("/console/api/workflow?workflow=none"))).isEqualTo("{}");
    }

    @Test
    void aWorkflowIsWrittenWhereItIs() throws IOException {
        HttpAnswer answer = put(request("hello", pass("Farewell")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(json(answer).path("file").textValue()).endsWith("hello.asl.json");
        assertThat(workflows.resolve("hello.asl.json")).hasContent(pass("Farewell") + "\n");
        try (var files = Files.list(workflows)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void aWorkflowThatIsWrittenStaysReadableByWhomItWas() throws IOException {
        Path file = workflows.resolve("hello.asl.json");
        Path ordinary = Files.writeString(folder.resolve("ordinary"), "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

        put(request("hello", pass("Farewell")));
        put(request("new", pass("Greet")));

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(Files.getPosixFilePermissions(workflows.resolve("new.asl.json")))
                .isEqualTo(Files.getPosixFilePermissions(ordinary));
    }

    @Test
    void aNewWorkflowGetsAFile() throws IOException {
        assertThat(put(request("order-2", pass("A"))).status()).isEqualTo(200);
        assertThat(workflows.resolve("order-2.asl.json")).exists();
    }

    private static String request(String workflow, String definition) throws IOException {
        return new ObjectMapper().writeValueAsString(Map.of("workflow", workflow, "definition", definition));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/b", "", ".hidden", "a b", "C:\\x"})
    void nothingIsWrittenElsewhere(String name) throws IOException {
        HttpAnswer answer = put(request(name, pass("A")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).path("__type").textValue()).isEqualTo("ValidationException");
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(5);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "{\"workflow\": 3, \"definition\": \"{}\"}",
                "{\"workflow\": \"a\", \"definition\": \"{\"}",
                "{\"workflow\": \"a\", \"definition\": \"{} {}\"}",
                "{\"workflow\": \"a\", \"definition\": \"{}, and so on\"}",
                "{\"workflow\": \"a\", \"definition\": \" \"}",
                "{\"workflow\": \"a\", \"definition\": \"{}\"} {}"
            })
    void aRequestThatIsNoneIsRefusedInWords(String body) throws IOException {
        HttpAnswer answer = put(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).path("message").textValue()).isNotBlank();
    }

    @Test
    void testsBesideAWorkflowTellWhatTheyCameTo() throws IOException {
        Files.writeString(workflows.resolve("hello.asl.json"), """
            {"StartAt": "Sort", "States": {
              "Sort": {"Type": "Choice", "Default": "Little",
                "Choices": [{"Variable": "$.n", "NumericGreaterThan": 5, "Next": "Much"}]},
              "Much": {"Type": "Task", "Resource": "task:much", "End": true,
                "Retry": [{"ErrorEquals": ["Busy"]}], "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Little"}]},
              "Little": {"Type": "Succeed"}}}
            """);
        Files.writeString(workflows.resolve("hello.test.json"), """
            {"mocks": {"Much": {"return": 1}}, "cases": [
              {"name": "much", "input": {"n": 7}, "expect": {"output": 1}},
              {"name": "wrong", "input": {"n": 8}, "expect": {"output": 2}}]}
            """);

        JsonNode told = json(test("hello"));

        assertThat(told.path("file").textValue()).endsWith("hello.test.json");
        assertThat(told.path("cases"))
                .extracting(each -> each.path("name").textValue() + " "
                        + each.path("passed").booleanValue())
                .containsExactly("much true", "wrong false");
        assertThat(told.path("cases").path(1).path("problem").textValue()).contains("2");
        assertThat(told.path("coverage").path("states").path("reached").intValue())
                .isEqualTo(2);
        assertThat(told.path("parts"))
                .extracting(part -> String.join(
                        " ",
                        part.path("kind").textValue(),
                        part.path("state").textValue(),
                        part.path("cause").textValue(),
                        part.path("index").toString(),
                        part.path("hits").toString()))
                .containsExactly(
                        "states Sort NEXT 0 2",
                        "transitions Sort CHOICE_RULE 0 2",
                        "choiceRules Sort CHOICE_RULE 0 2",
                        "transitions Sort CHOICE_DEFAULT 0 0",
                        "choiceRules Sort CHOICE_DEFAULT 0 0",
                        "states Much NEXT 0 2",
                        "transitions Much CATCHER 0 0",
                        "catchers Much CATCHER 0 0",
                        "retriers Much NEXT 0 0",
                        "states Little NEXT 0 0");
    }

    @Test
    void aWorkflowWithoutTestsSaysSoAndWrongOnesAreRefusedInWords() throws IOException {
        assertThat(text(test("hello"))).isEqualTo("{}");
        assertThat(text(test("none"))).isEqualTo("{}");
        assertThat(text(test("..%2Fbundle%2Findex"))).isEqualTo("{}");

        Files.writeString(workflows.resolve("hello.test.json"), "{\"cases\": [{\"nam\": \"x\"}]}");

        HttpAnswer refused = test("hello");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(json(refused).path("message").textValue()).contains("hello.test.json", "nam");
    }

    @Test
    @Timeout(60)
    void testsThatDoNotEndAreNotWaitedFor() throws IOException {
        Files.writeString(workflows.resolve("hello.asl.json"), """
            {"StartAt": "A", "States": {
              "A": {"Type": "Choice", "Default": "A", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "B"}]},
              "B": {"Type": "Succeed"}}}
            """);
        Files.writeString(workflows.resolve("hello.test.json"), "{\"cases\": [{\"name\": \"round and round\"}]}");

        assertThatThrownBy(() ->
                        new WorkflowTests(new WorkflowFiles(catalogue(workflows)), Duration.ofMillis(300)).run("hello"))
                .isInstanceOf(WorkflowFiles.RefusedException.class)
                .hasMessageContainingAll("hello.test.json", "./reprise test");
    }

    @Test
    void whatAnExecutionHasCostIsToldBesideWhatItWouldHaveCost() throws IOException {
        JsonNode cost = json(get("/console/api/cost?execution=arn:aws:states:us-east-1:0:execution:orders:known"));

        assertThat(cost.path("transitions").intValue()).isEqualTo(6);
        assertThat(cost.path("standard").doubleValue()).isEqualTo(6 * 0.000025);
        assertThat(cost.path("here").doubleValue()).isEqualTo(4 * 0.000000125 + 8 * 0.000000625);
        assertThat(cost.path("writeUnits").intValue()).isEqualTo(8);

        HttpAnswer refused = get("/console/api/cost?execution=other");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(json(refused).path("__type").textValue()).isEqualTo("ExecutionDoesNotExist");
    }

    @Test
    void outsideOfDevModeNoFileIsWritten() throws IOException {
        endpoint = endpoint(null);

        assertThat(put(request("hello", pass("A"))).status()).isEqualTo(403);
        assertThat(json(get("/console/api/info")).path("savesFiles").booleanValue())
                .isFalse();
        assertThat(workflows.resolve("hello.asl.json")).hasContent(pass("Greet"));
    }

    @Test
    void whoLooksOnIsToldWhichExecutionsHaveChanged() throws Exception {
        PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out, 100_000);
        Thread reader = stream(out);
        assertThat(read(in, "retry")).contains("retry: 1000");

        changes.on(new RunEvent.Started("arn:one", Instant.EPOCH));
        changes.on(new RunEvent.Started("arn:one", Instant.EPOCH));
        changes.on(new RunEvent.Started("arn:two", Instant.EPOCH));

        assertThat(read(in, "arn:two")).containsOnlyOnce("arn:two");
        changes.close();
        reader.join(10_000);
        assertThat(reader.isAlive()).isFalse();
        assertThat(get("/console/api/changes").status()).isEqualTo(503);
    }

    /** Each was promised room while there was some. */
    @Test
    @Timeout(60)
    void noMoreStreamsAreOpenThanThereIsRoomFor() throws Exception {
        HttpAnswer promised = get("/console/api/changes");
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < Changes.STREAMS; i++) {
            PipedOutputStream out = new PipedOutputStream();
            PipedInputStream in = new PipedInputStream(out, 100_000);
            readers.add(stream(out));
            read(in, "retry");
        }

        ByteArrayOutputStream told = new ByteArrayOutputStream();
        ((HttpAnswer.Stream) promised.body()).writing().writeTo(told);

        assertThat(told.size()).isZero();
        changes.close();
        for (Thread reader : readers) {
            reader.join(10_000);
        }
    }

    private Thread stream(OutputStream out) {
        HttpAnswer answer = get("/console/api/changes");
        assertThat(answer.headers()).containsEntry("Content-Type", "text/event-stream");
        return Thread.startVirtualThread(() -> {
            try (out) {
                ((HttpAnswer.Stream) answer.body()).writing().writeTo(out);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Reads until the text has come. */
    private static String read(PipedInputStream in, String awaited) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(awaited) < 0 || !text.toString().endsWith("\n\n")) {
            int next = in.read();
            assertThat(next).as("the stream ended after " + text).isNotNegative();
            text.append((char) next);
        }
        return text.toString();
    }

    @Test
    void aReaderWhoIsSlowIsToldThatAnythingMayHaveChanged() throws Exception {
        PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out, 1_000_000);
        Thread reader = stream(out);
        read(in, "retry");
        for (int i = 0; i < 200_000; i++) {
            changes.on(new RunEvent.Started("arn:" + i, Instant.EPOCH));
        }

        String told = read(in, "data: \n");

        assertThat(List.of(told.split("\n\n"))).hasSizeLessThan(10_000);
        changes.close();
        reader.join(10_000);
    }
}
