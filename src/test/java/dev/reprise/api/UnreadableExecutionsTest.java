package dev.reprise.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.api.ApiFunction.Reply;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.codec.Body;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.testing.InMemoryStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An execution that cannot be read is no reason to ask again, as an outage is; and no other one suffers from it. */
class UnreadableExecutionsTest {

    private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:wait";
    private static final String TASK_AND_WAIT = "{'StartAt': 'T', 'States': {"
            + "'T': {'Type': 'Task', 'Resource': 'task:echo', 'Next': 'W'},"
            + " 'W': {'Type': 'Wait', 'Seconds': 3600, 'End': true}}}";

    @TempDir
    Path folder;

    private final InMemoryStore store = new InMemoryStore();
    private ApiFunction function;
    private String damaged;
    private String whole;

    @BeforeEach
    void start() {
        function = new ApiFunction(folder, store, true).file("wait", TASK_AND_WAIT);
        damaged = started("damaged");
        whole = started("whole");
    }

    private String started(String name) {
        String arn = function.start(MACHINE, name, "{}");
        ExecutionId id = new ExecutionId("wait", name);
        for (int i = 0; i < 1_000 && store.readHead(id, new UnitMeter()).lease() != null; i++) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        assertThat(store.readHead(id, new UnitMeter()).lease()).isNull();
        return arn;
    }

    @AfterEach
    void stop() {
        function.close();
    }

    private Reply ask(String action, String arn) {
        return function.ask(action, "{'executionArn': '" + arn + "'}");
    }

    @Test
    void whoAsksForItsHistoryIsToldWhatToDo() {
        ExecutionId id = new ExecutionId("wait", "damaged");
        Segment segment = store.readSegments(id, 1, new UnitMeter()).items().get(0);
        store.deleteItems(id, List.of("SEG#000000000001"), new UnitMeter());
        store.putSegment(
                id, new Segment(1, segment.writer(), segment.first(), 1, 0, Body.text("{\"succ")), new UnitMeter());

        assertUnreadable(ask("GetExecutionHistory", damaged), "CorruptJournal", "segment 1 cannot be read");

        assertThat(ask("DescribeExecution", damaged).text("status")).isEqualTo("RUNNING");
        assertOthersAreThere();
        assertThat(listed()).containsExactlyInAnyOrder("damaged", "whole");
    }

    @Test
    void oneWhoseHeadIsDamagedIsLeftOutOfLists() {
        changeHead("arn", AttributeValue.fromN("1"));

        assertUnreadable(ask("DescribeExecution", damaged), "CorruptJournal", "its head cannot be read");
        assertUnreadable(ask("GetExecutionHistory", damaged), "CorruptJournal", "its head cannot be read");
        assertUnreadable(ask("StopExecution", damaged), "CorruptJournal", "its head cannot be read");

        assertOthersAreThere();
        assertThat(listed()).containsExactly("whole");
    }

    @Test
    void whatANewerReleaseWroteSaysSo() {
        changeHead("format", AttributeValue.fromN("999"));

        assertUnreadable(
                ask("DescribeExecution", damaged), "UnknownVersion", "Run the version of Reprise that wrote it");
        assertOthersAreThere();
        assertThat(listed()).containsExactly("whole");
    }

    private static void assertUnreadable(Reply reply, String error, String message) {
        assertThat(reply.error()).isEqualTo(error);
        assertThat(reply.status()).as("to ask again is of no use").isEqualTo(400);
        assertThat(reply.message()).contains("wait/damaged", message, "othing was changed");
    }

    private void assertOthersAreThere() {
        assertThat(ask("DescribeExecution", whole).text("status")).isEqualTo("RUNNING");
        assertThat(ask("GetExecutionHistory", whole).body().path("events")).isNotEmpty();
    }

    private List<String> listed() {
        return function.ask("ListExecutions", "{'stateMachineArn': '" + MACHINE + "'}")
                .body()
                .path("executions")
                .findValuesAsText("name");
    }

    private void changeHead(String attribute, AttributeValue value) {
        Map<String, AttributeValue> head = store.items().stream()
                .filter(item -> item.containsKey("arn") && item.get("arn").s().equals(damaged))
                .findFirst()
                .map(HashMap::new)
                .orElseThrow();
        head.put(attribute, value);
        store.putItems(List.of(head));
    }
}
