package dev.reprise.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.api.ApiFunction.Reply;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.testing.InMemoryStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Those who do tasks, and distributed Maps, as a client of the API sees them. */
class TaskActionsTest {

    private static final String PREFIX = "arn:aws:states:us-east-1:000000000000:";
    private static final String PACK = PREFIX + "activity:pack";
    private static final String ASK = "{'StartAt': 'T', 'States': {'T': {'Type': 'Task',"
            + " 'Resource': 'task:token.waitForTaskToken', 'HeartbeatSeconds': 600, 'End': true}}}";
    private static final String WORK =
            "{'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': '" + PACK + "', 'End': true}}}";
    private static final String LINES =
            "{'StartAt': 'Lines', 'States': {'Lines': {'Type': 'Map', 'ItemsPath': '$.lines', 'ToleratedFailureCount':"
                    + " 5, 'MaxConcurrency': 2, 'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED',"
                    + " 'ExecutionType': 'STANDARD'}, 'StartAt': 'C', 'States': {'C': {'Type': 'Choice', 'Choices':"
                    + " [{'Variable': '$', 'NumericLessThan': 3, 'Next': 'P'}], 'Default': 'F'}, 'P': {'Type': 'Pass',"
                    + " 'End': true}, 'F': {'Type': 'Fail', 'Error': 'TooMuch'}}}, 'End': true}}}";

    @TempDir
    Path folder;

    private ApiFunction function;

    @BeforeEach
    void start() {
        function = new ApiFunction(folder).file("ask", ASK).file("work", WORK).file("lines", LINES);
    }

    @AfterEach
    void stop() {
        function.close();
    }

    private String token() throws InterruptedException {
        while (function.tokens.isEmpty()) {
            Thread.sleep(2);
        }
        return function.tokens.getFirst();
    }

    @Test
    void whoHasTheTokenEndsTheTask() throws InterruptedException {
        String arn = function.start(PREFIX + "stateMachine:ask", "one", "{}");
        String token = token();

        assertThat(function.ask("SendTaskHeartbeat", "{'taskToken': '" + token + "'}")
                        .status())
                .isEqualTo(200);
        assertThat(function.ask("SendTaskSuccess", "{'taskToken': '" + token + "', 'output': 'x'}")
                        .error())
                .isEqualTo("InvalidOutput");
        assertThat(function.ask("SendTaskSuccess", "{'taskToken': '" + token + "', 'output': '{\\\"ok\\\":1}'}")
                        .status())
                .isEqualTo(200);

        assertThat(function.await(arn, "SUCCEEDED").text("output")).isEqualTo("{\"ok\":1}");
        assertThat(function.ask("SendTaskSuccess", "{'taskToken': '" + token + "', 'output': '{}'}")
                        .error())
                .isEqualTo("TaskTimedOut");
    }

    @Test
    void whoHasTheTokenFailsTheTask() throws InterruptedException {
        String arn = function.start(PREFIX + "stateMachine:ask", "one", "{}");

        function.ask("SendTaskFailure", "{'taskToken': '" + token() + "', 'error': 'No', 'cause': 'none left'}");

        Reply failed = function.await(arn, "FAILED");
        assertThat(failed.text("error")).isEqualTo("No");
        assertThat(failed.text("cause")).isEqualTo("none left");
    }

    @Test
    void aTokenThatIsNoneIsRefused() {
        assertThat(function.ask("SendTaskHeartbeat", "{'taskToken': 'x'}").message())
                .isEqualTo("Invalid Token: 'Invalid token'");
    }

    // ---- activities

    @Test
    void aWorkerThatWaitsGetsTheTaskThatComes() throws Exception {
        function.ask("CreateActivity", "{'name': 'pack'}");
        CompletableFuture<Reply> waiting = CompletableFuture.supplyAsync(
                () -> function.ask("GetActivityTask", "{'activityArn': '" + PACK + "', 'workerName': 'w'}"));
        Thread.sleep(100);
        String arn = function.start(PREFIX + "stateMachine:work", "one", "{'box': 3}");

        Reply task = waiting.get();

        assertThat(task.text("input")).isEqualTo("{\"box\":3}");
        function.ask("SendTaskSuccess", "{'taskToken': '" + task.text("taskToken") + "', 'output': '3'}");
        assertThat(function.await(arn, "SUCCEEDED").text("output")).isEqualTo("3");
        assertThat(function.ask("GetExecutionHistory", "{'executionArn': '" + arn + "'}")
                        .body()
                        .toString())
                .contains("\"activityStartedEventDetails\":{\"workerName\":\"w\"}");
    }

    @Test
    void workersThatWaitTogetherGetATaskEach() throws Exception {
        function.ask("CreateActivity", "{'name': 'pack'}");
        List<CompletableFuture<Reply>> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(CompletableFuture.supplyAsync(
                    () -> function.ask("GetActivityTask", "{'activityArn': '" + PACK + "'}"),
                    command -> Thread.ofVirtual().start(command)));
        }
        for (int i = 0; i < 3; i++) {
            function.start(PREFIX + "stateMachine:work", "run-" + i, "{'box': " + i + "}");
        }

        List<String> inputs = new ArrayList<>();
        for (CompletableFuture<Reply> reply : waiting) {
            inputs.add(reply.get().text("input"));
        }

        assertThat(inputs).containsExactlyInAnyOrder("{\"box\":0}", "{\"box\":1}", "{\"box\":2}");
    }

    @Test
    void activitiesAreMadeDescribedListedAndDeleted() {
        Reply created = function.ask("CreateActivity", "{'name': 'pack', 'tags': [{'key': 'a', 'value': '1'}]}");
        function.ask("CreateActivity", "{'name': 'ship'}");

        assertThat(created.text("activityArn")).isEqualTo(PACK);
        assertThat(function.ask("CreateActivity", "{'name': 'pack'}").body()).isEqualTo(created.body());
        assertThat(function.ask("DescribeActivity", "{'activityArn': '" + PACK + "'}")
                        .text("name"))
                .isEqualTo("pack");
        assertThat(function.ask("ListTagsForResource", "{'resourceArn': '" + PACK + "'}")
                        .body()
                        .toString())
                .contains("\"key\":\"a\"");
        Reply first = function.ask("ListActivities", "{'maxResults': 1}");
        Reply second = function.ask("ListActivities", "{'nextToken': '" + first.text("nextToken") + "'}");
        assertThat(first.body().path("activities").path(0).path("name").asText())
                .isEqualTo("pack");
        assertThat(second.body().path("activities").path(0).path("name").asText())
                .isEqualTo("ship");
        assertThat(second.body().has("nextToken")).isFalse();

        function.ask("DeleteActivity", "{'activityArn': '" + PACK + "'}");
        assertThat(function.ask("DescribeActivity", "{'activityArn': '" + PACK + "'}")
                        .message())
                .isEqualTo("Activity Does Not Exist: '" + PACK + "'");
        assertThat(function.ask("GetActivityTask", "{'activityArn': '" + PACK + "'}")
                        .error())
                .isEqualTo("ActivityDoesNotExist");
        assertThat(function.ask("DeleteActivity", "{'activityArn': '" + PACK + "'}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTaskOfAnActivityThatWasDeletedFails() throws InterruptedException {
        function.ask("CreateActivity", "{'name': 'pack'}");
        function.ask("DeleteActivity", "{'activityArn': '" + PACK + "'}");

        Reply failed = function.await(function.start(PREFIX + "stateMachine:work", "one", "{}"), "FAILED");

        assertThat(failed.text("error")).isEqualTo("States.Runtime");
        assertThat(failed.text("cause")).endsWith("The activity " + PACK + " does not exist.");
        function.ask("CreateActivity", "{'name': 'pack'}");
        String again = function.start(PREFIX + "stateMachine:work", "two", "{}");
        Reply task = function.ask("GetActivityTask", "{'activityArn': '" + PACK + "'}");
        function.ask("SendTaskSuccess", "{'taskToken': '" + task.text("taskToken") + "', 'output': '1'}");
        function.await(again, "SUCCEEDED");
    }

    // ---- Map Runs

    @Test
    void aMapRunTellsHowItsChildrenStand() throws InterruptedException {
        String arn = function.start(PREFIX + "stateMachine:lines", "one", "{'lines': [1, 2, 3, 4]}");
        function.await(arn, "SUCCEEDED");

        JsonNode listed =
                function.ask("ListMapRuns", "{'executionArn': '" + arn + "'}").body();
        String mapRun = listed.path("mapRuns").path(0).path("mapRunArn").asText();
        JsonNode described = function.ask("DescribeMapRun", "{'mapRunArn': '" + mapRun + "'}")
                .body();

        assertThat(listed.path("mapRuns")).hasSize(1);
        assertThat(mapRun).startsWith(PREFIX + "mapRun:lines/Lines:");
        assertThat(described.path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(described.path("executionArn").asText()).isEqualTo(arn);
        assertThat(described.path("maxConcurrency").intValue()).isEqualTo(2);
        assertThat(described.path("toleratedFailureCount").intValue()).isEqualTo(5);
        assertThat(described.path("itemCounts").path("total").intValue()).isEqualTo(4);
        assertThat(described.path("itemCounts").path("succeeded").intValue()).isEqualTo(2);
        assertThat(described.path("itemCounts").path("failed").intValue()).isEqualTo(2);
        assertThat(function.ask("UpdateMapRun", "{'mapRunArn': '" + mapRun + "', 'maxConcurrency': 9}")
                        .text("reason"))
                .isEqualTo("CANNOT_UPDATE_COMPLETED_MAP_RUN");
    }

    @Test
    void theNameOfAStateMachineIsNoPattern() throws InterruptedException {
        function.file("a+b(c", LINES);
        String arn = function.start(PREFIX + "stateMachine:a+b(c", "one", "{'lines': [1]}");
        function.await(arn, "SUCCEEDED");

        assertThat(function.ask("ListMapRuns", "{'executionArn': '" + arn + "'}")
                        .body()
                        .path("mapRuns")
                        .path(0)
                        .path("stateMachineArn")
                        .asText())
                .isEqualTo(PREFIX + "stateMachine:a+b(c");
    }

    @Test
    void anExecutionThatCannotBeReadHidesNoRunOfAnother(@TempDir Path other) throws InterruptedException {
        try (ApiFunction damaged = new ApiFunction(other, new Damaged(), true).file("lines", LINES)) {
            String arn = damaged.start(PREFIX + "stateMachine:lines", "one", "{'lines': [1]}");
            damaged.await(arn, "SUCCEEDED");
            String mapRun = damaged.ask("ListMapRuns", "{'executionArn': '" + arn + "'}")
                    .body()
                    .path("mapRuns")
                    .path(0)
                    .path("mapRunArn")
                    .asText();
            damaged.await(damaged.start(PREFIX + "stateMachine:lines", "damaged", "{'lines': [1]}"), "SUCCEEDED");

            assertThat(damaged.ask("DescribeMapRun", "{'mapRunArn': '" + mapRun + "'}")
                            .status())
                    .isEqualTo(200);
            assertThat(damaged.ask("DescribeMapRun", "{'mapRunArn': '" + mapRun + "0'}")
                            .error())
                    .isEqualTo("ResourceNotFound");
        }
    }

    /** A store that cannot read the segments of one execution. */
    private static final class Damaged extends ForwardingStore {

        Damaged() {
            super(new InMemoryStore());
        }

        @Override
        public Page<Segment> readSegments(ExecutionId id, long from, UnitMeter meter) {
            if (id.name().equals("damaged")) {
                throw new CorruptJournalException(id.toString(), "segment 0", "it is no gzip", null);
            }
            return super.readSegments(id, from, meter);
        }
    }

    @Test
    void aMapRunThatIsNotThereIsNamed() {
        String arn = PREFIX + "mapRun:lines/Lines:0";

        assertThat(function.ask("DescribeMapRun", "{'mapRunArn': '" + arn + "'}")
                        .text("resourceName"))
                .isEqualTo(arn);
    }

    // ---- TestState

    @Test
    void aStateIsTriedAlone() {
        Reply tried = function.ask(
                "TestState",
                ApiFunction.json("{\"definition\": \"{\\\"Type\\\": \\\"Pass\\\", \\\"Next\\\": \\\"B\\\"}\","
                        + " \"input\": \"[1]\"}"));

        assertThat(tried.body().toString())
                .isEqualTo("{\"output\":\"[1]\",\"nextState\":\"B\",\"status\":\"SUCCEEDED\"}");
        assertThat(function.ask("TestState", "{'definition': '{}'}").error()).isEqualTo("InvalidDefinition");
    }
}
