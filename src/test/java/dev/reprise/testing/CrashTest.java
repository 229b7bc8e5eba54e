package dev.reprise.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.testing.WorkflowTest.CrashReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Processes that die in the midst of a run. */
class CrashTest {

    private static final String ORDERS = """
        {"StartAt": "Each", "States": {
          "Each": {"Type": "Map", "ItemsPath": "$.orders", "Next": "Pause", "ItemProcessor": {
            "StartAt": "Charge", "States": {
              "Charge": {"Type": "Task", "Resource": "task:charge", "End": true,
                "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 5}]}}}},
          "Pause": {"Type": "Wait", "Seconds": 60, "Next": "Approve"},
          "Approve": {"Type": "Task", "Resource": "task:ask.waitForTaskToken", "Next": "Ship"},
          "Ship": {"Type": "Task", "Resource": "task:ship", "End": true}}}
        """;

    private static final JsonNode INPUT = TestJson.read("{\"orders\": [1, 2, 3]}");

    private static WorkflowTest orders() {
        WorkflowTest test = WorkflowTest.ofDefinition("orders", ORDERS);
        test.state("Charge").returns("\"paid\"");
        test.state("Charge").item(2).answersInTurn(Answer.error("Busy", null), Answer.json("\"late\""));
        test.state("Ship").computes(call -> call.input());
        return test;
    }

    private static void approve(WorkflowRun run) {
        run.advance(Duration.ofMinutes(2));
        run.callback("Approve").succeeds("{\"ok\": true}");
        run.runToEnd();
    }

    @Test
    void aRunComesToTheSameEndWhereverItsProcessDies() {
        CrashReport report = orders().crashEverywhere(INPUT, CrashTest::approve);

        assertThat(report.writes()).isGreaterThan(8);
        assertThat(report.crashes()).isEqualTo(2 * report.writes());
    }

    @Test
    void whoDiesAfterTheStartHasBegunNoTask() {
        List<String> runs = new ArrayList<>();
        WorkflowTest test = orders().crashAfter(1);
        test.state("Charge").computes(call -> {
            runs.add(call.context().idempotencyKey());
            return "paid";
        });

        WorkflowRun run = test.start(INPUT);
        approve(run);

        run.assertOutput("{\"ok\": true}").assertCalls("Charge", 4);
        assertThat(run.hasCrashed()).isTrue();
        assertThat(runs).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void anEndThatDependsOnHowOftenATaskRunsIsFound() {
        AtomicInteger runs = new AtomicInteger();
        WorkflowTest test = orders();
        test.state("Ship").computes(call -> runs.incrementAndGet());

        assertThatThrownBy(() -> test.crashEverywhere(INPUT, CrashTest::approve))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("When the process dies before its write 1, the run comes to another end");
    }

    @Test
    void theFirstEntryIsTheStart() {
        assertThatThrownBy(() -> orders().crashAfter(0)).hasMessageContaining("The first entry of a journal is 1");
    }
}
