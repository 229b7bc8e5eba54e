package dev.reprise.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.core.event.Decision;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.RequestException;
import dev.reprise.execution.ScopePath;
import dev.reprise.task.Task;
import dev.reprise.task.TaskContext;
import dev.reprise.task.TaskException;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a test of a workflow can say, and what its runs then do. */
class WorkflowRunTest {

    private static final String CHARGE = """
        {"QueryLanguage": "JSONata", "StartAt": "Charge", "States": {
          "Charge": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:charge",
            "TimeoutSeconds": 60, "HeartbeatSeconds": 20,
            "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 10, "BackoffRate": 2, "MaxAttempts": 2}],
            "Catch": [{"ErrorEquals": ["Declined"], "Next": "Refuse"}],
            "Next": "Pause"},
          "Pause": {"Type": "Wait", "Seconds": 3600, "Next": "Ship"},
          "Ship": {"Type": "Task", "Resource": "task:ship", "End": true},
          "Refuse": {"Type": "Fail", "Error": "Refused", "Cause": "the card was declined"}}}
        """;

    private static final String APPROVE = """
        {"StartAt": "Approve", "States": {
          "Approve": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
            "Parameters": {"FunctionName": "ask", "Payload": {"token.$": "$$.Task.Token"}},
            "HeartbeatSeconds": 600, "TimeoutSeconds": 3600, "End": true}}}
        """;

    private static final String PACK = """
        {"StartAt": "All", "States": {
          "All": {"Type": "Map", "ItemsPath": "$.orders", "End": true, "ItemProcessor": {
            "StartAt": "Pack", "States": {
              "Pack": {"Type": "Task", "Resource": "arn:aws:states:us-east-1:111111111111:activity:pack",
                "End": true}}}}}}
        """;

    private static final String EACH = """
        {"StartAt": "Each", "States": {
          "Each": {"Type": "Map", "ItemsPath": "$.orders", "End": true, "ItemProcessor": {
            "StartAt": "Price", "States": {
              "Price": {"Type": "Task", "Resource": "task:price", "End": true,
                "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1}]}}}}}}
        """;

    private static WorkflowTest test(String definition) {
        return WorkflowTest.ofDefinition("orders", definition);
    }

    @Test
    void timePassesOnlyWhereTheTestSaysSo() {
        WorkflowTest test = test(CHARGE);
        test.state("Charge").returns("{\"paid\": true}");
        test.state("Ship").returns("\"shipped\"");

        WorkflowRun run = test.start("{}");

        assertThat(run.elapsed()).isZero();
        assertThat(run.path()).containsExactly("Charge", "Pause");
        run.advance(Duration.ofMinutes(59));
        assertThat(run.hasEnded()).isFalse();
        run.advance(Duration.ofMinutes(1));
        run.assertSucceeded().assertOutput("\"shipped\"").assertPath("Charge", "Pause", "Ship");
        assertThat(run.now()).isEqualTo(WorkflowTest.START.plus(Duration.ofHours(1)));
    }

    @Test
    void retriesWaitAsLongAsTheirBackOff() {
        WorkflowTest test = test(CHARGE);
        test.state("Charge")
                .answersInTurn(Answer.error("Busy", null), Answer.error("Busy", null), Answer.json("{\"paid\": true}"));
        test.state("Ship").returns("null");

        WorkflowRun run = test.start("{}");

        run.assertCalls("Charge", 1);
        run.advance(Duration.ofSeconds(10)).assertCalls("Charge", 2);
        run.advance(Duration.ofSeconds(19)).assertCalls("Charge", 2);
        run.advance(Duration.ofSeconds(1)).assertCalls("Charge", 3);
        assertThat(run.calls("Charge")).extracting(MadeCall::attempt).containsExactly(0, 1, 2);
        assertThat(run.decisions())
                .containsExactly(
                        new Decision(ScopePath.ROOT, "Charge", Decision.Kind.RETRIER, 0),
                        new Decision(ScopePath.ROOT, "Charge", Decision.Kind.RETRIER, 0));
    }

    /** Mocks answer at once, so no time passes: only the count of what was asked for tells that it goes on for ever. */
    @Test
    void aLoopOfTasksWithoutEndIsSaidToBeOne() {
        WorkflowTest test = test("""
            {"StartAt": "Poll", "States": {
              "Poll": {"Type": "Task", "Resource": "task:poll", "Catch": [{"ErrorEquals": ["States.Runtime"], "Next": "Poll"}], "Next": "Ready"},
              "Ready": {"Type": "Choice", "Choices": [{"Variable": "$.state", "StringEquals": "done", "Next": "Done"}], "Default": "Poll"},
              "Done": {"Type": "Succeed"}}}
            """);
        test.state("Poll").returns("{\"state\": \"busy\"}");

        assertThatThrownBy(() -> test.start("{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(
                        "The execution does not end: 100000 tasks were asked for, the last by state 'Poll'");
    }

    @Test
    void aTaskThatTakesTooLongTimesOut() {
        WorkflowTest test = test(CHARGE);
        test.state("Charge").answers(Answer.json("{}").after(Duration.ofSeconds(59)));
        test.state("Ship").returns("null");
        assertThat(test.start("{}").advance(Duration.ofSeconds(19)).status()).isEqualTo(ExecutionStatus.RUNNING);

        WorkflowRun run = test.run("{}");

        run.assertFailed("States.Timeout");
        assertThat(run.elapsed()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aTaskTakesVirtualTime() {
        WorkflowTest test = test(CHARGE);
        test.state("Charge").answers(Answer.json("{}").after(Duration.ofSeconds(19)));
        test.state("Ship").returns("null");

        WorkflowRun run = test.run("{}");

        run.assertSucceeded();
        assertThat(run.elapsed()).isEqualTo(Duration.ofSeconds(3619));
    }

    @Test
    void aCatcherTakesAnErrorThatAFunctionThrows() {
        WorkflowTest test = test(CHARGE);
        test.state("Charge").computes(call -> {
            throw new TaskException("Declined", "card ends in 4242");
        });

        WorkflowRun run = test.run("{}");

        run.assertFailed("Refused").assertPath("Charge", "Refuse");
        assertThat(run.cause()).isEqualTo("the card was declined");
        assertThat(run.decisions()).extracting(Decision::kind).containsExactly(Decision.Kind.CATCHER);
    }

    @Test
    void someoneEndsATaskByTheStatesName() {
        WorkflowTest test = test(APPROVE);

        WorkflowRun run = test.start("{}");
        run.advance(Duration.ofMinutes(9));
        run.callback("Approve").heartbeat();
        run.advance(Duration.ofMinutes(9));
        run.callback("Approve").succeeds("{\"approved\": true}");

        run.assertSucceeded().assertOutput("{\"approved\": true}");
        assertThat(run.calls("Approve").get(0).input().at("/Payload/token").isTextual())
                .isTrue();
    }

    @Test
    void aTaskWhoseHeartbeatsStayAwayTimesOut() {
        test(APPROVE).run("{}").assertFailed("States.Timeout");
    }

    @Test
    void anAnswerForATokenIsWhatItsHolderSends() {
        WorkflowTest test = test(APPROVE);
        test.state("Approve").answers(Answer.error("No", "too dear").after(Duration.ofSeconds(30)));

        WorkflowRun run = test.run("{}");

        run.assertFailed("No");
        assertThat(run.elapsed()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aTokenIsWorthNothingOnceItsTaskIsOver() {
        WorkflowRun run = test(APPROVE).start("{}");
        Callback approve = run.callback("Approve");
        approve.succeeds("1");

        assertThatThrownBy(() -> approve.succeeds("2"))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("Task Timed Out");
        assertThatThrownBy(() -> run.callback("Approve")).hasMessageContaining("No task of state 'Approve' waits");
    }

    @Test
    void workersTakeTheTasksOfActivities() {
        WorkflowRun run = test(PACK).start("{\"orders\": [\"a\", \"b\"]}");

        Callback first = run.activity("Pack");
        Callback second = run.activity("Pack");
        second.succeeds(second.input().asText().equals("b") ? "\"B\"" : "\"A\"");
        first.succeeds(first.input().asText().equals("b") ? "\"B\"" : "\"A\"");

        run.assertSucceeded().assertOutput("[\"A\", \"B\"]").assertCalls("Pack", 2);
        assertThatThrownBy(() -> run.activity("Pack")).hasMessageContaining("waits for a worker");
    }

    @Test
    void anAnswerForAnActivityIsWhatItsWorkerSends() {
        WorkflowTest test = test(PACK);
        test.state("Pack").computes(call -> call.input().asText() + "!");
        test.state("Pack").item(1).returns("\"by hand\"");

        test.run("{\"orders\": [\"a\", \"b\"]}").assertOutput("[\"a!\", \"by hand\"]");
    }

    @Test
    void whatIsComputedForAnActivityMayComeLateAndMayFail() {
        WorkflowTest test = test(PACK);
        test.state("Pack")
                .answers(Answer.computed(call -> call.input().asText() + "!").after(Duration.ofSeconds(30)));

        WorkflowRun run = test.run("{\"orders\": [\"a\", \"b\"]}").assertOutput("[\"a!\", \"b!\"]");

        assertThat(run.elapsed()).isEqualTo(Duration.ofSeconds(30));

        test.state("Pack").computes(call -> {
            throw new IllegalStateException("no boxes");
        });
        test.run("{\"orders\": [\"a\"]}").assertFailed("java.lang.IllegalStateException");
    }

    @Test
    void whatIsComputedForATokenMayComeLateAndMayFail() {
        WorkflowTest test = test(APPROVE);
        test.state("Approve")
                .answers(Answer.computed(call -> call.input().path("FunctionName"))
                        .after(Duration.ofSeconds(30)));

        WorkflowRun run = test.run("{}").assertOutput("\"ask\"");

        assertThat(run.elapsed()).isEqualTo(Duration.ofSeconds(30));

        test.state("Approve").computes(call -> {
            throw new IllegalStateException("nobody is in");
        });
        test.run("{}").assertFailed("java.lang.IllegalStateException");

        test.state("Approve")
                .answers(Answer.computed(call -> {
                            throw new AssertionError("not this one");
                        })
                        .after(Duration.ofSeconds(30)));
        assertThatThrownBy(() -> test.run("{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("not this one");
    }

    @Test
    void aTaskStartsTheWorkflowThatStandsForAStateMachine(@TempDir Path folder) throws IOException {
        String elsewhere = "arn:aws:states:us-east-1:111111111111:stateMachine:billing";
        Path orders = Files.writeString(folder.resolve("orders.asl.json"), """
            {"StartAt": "Bill", "States": {"Bill": {"Type": "Task",
              "Resource": "arn:aws:states:::states:startExecution.sync:2", "End": true,
              "Parameters": {"StateMachineArn": "%s", "Input": {}}, "OutputPath": "$.Output"}}}
            """.formatted(elsewhere));
        Files.writeString(folder.resolve("invoices.asl.json"), """
            {"Reprise": {"Durability": "NONE"}, "StartAt": "Pause", "States": {
              "Pause": {"Type": "Wait", "Seconds": 3600, "Next": "Bill"},
              "Bill": {"Type": "Pass", "Result": 7, "End": true}}}
            """);

        WorkflowRun run =
                WorkflowTest.of(orders).stateMachine(elsewhere, "invoices").run("{}");

        run.assertOutput("7");
        assertThat(run.elapsed()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aFileThatNoFunctionWouldReadIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("orders.json"), PACK);

        assertThatThrownBy(() -> WorkflowTest.of(file))
                .hasMessage(file + ": the name of a workflow's file ends with .asl.json, .asl.yaml, .asl.yml");
    }

    @Test
    void anItemHasAnswersOfItsOwn() {
        WorkflowTest test = test(EACH);
        test.state("Price").returns("1");
        test.state("Price").item(1).answersInTurn(Answer.error("Odd", null), Answer.json("2"));

        WorkflowRun run = test.run("{\"orders\": [7, 8, 9]}");

        run.assertOutput("[1, 2, 1]").assertCalls("Price", 4);
        assertThat(run.calls("Price")).extracting(MadeCall::item).containsExactly(0, 1, 2, 1);
    }

    /** Tasks as a function of somebody's own has them. */
    static final class Prices {

        record Order(int id) {}

        int runs;

        @Task("price")
        Uni<Integer> price(Order order, TaskContext context) {
            runs++;
            return Uni.createFrom()
                    .completionStage(() -> CompletableFuture.supplyAsync(() -> order.id() * 10 + context.attempt()));
        }

        @Task("ship")
        String ship() {
            return "shipped";
        }
    }

    @Test
    void methodsOfRealObjectsRun() {
        Prices prices = new Prices();

        WorkflowRun run = test(EACH).tasks(prices).run("{\"orders\": [{\"id\": 1}, {\"id\": 2, \"more\": true}]}");

        run.assertOutput("[10, 20]");
        assertThat(prices.runs).isEqualTo(2);
    }

    @Test
    void whatCannotBeATaskIsRefused() {
        assertThatThrownBy(() -> test(EACH).tasks("text")).hasMessageContaining("no method that is annotated");
        assertThatThrownBy(() -> test(EACH).tasks(new Prices(), new Prices()))
                .hasMessageContaining("there is another @Task(");
    }

    @Test
    void aTaskWithoutAnAnswerFailsTheTest() {
        WorkflowTest test = test(CHARGE);

        assertThatThrownBy(() -> test.run("{\"a\": 1}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("State 'Charge' calls")
                .hasMessageContaining("TaskStateEntered");
    }

    @Test
    void oneCallTooManyFailsTheTest() {
        WorkflowTest test = test(CHARGE);
        test.state("Charge").answersInTurn(Answer.error("Busy", null));

        assertThatThrownBy(() -> test.run("{}")).hasMessageContaining("State 'Charge' is called 2 times");
    }

    @Test
    void anAssertionInAFunctionFailsTheTest() {
        WorkflowTest test = test(CHARGE);
        test.state("Charge").computes(call -> {
            assertThat(call.input()).hasToString("{\"b\":1}");
            return null;
        });

        assertThatThrownBy(() -> test.run("{\"a\": 1}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("{\"b\":1}");
    }

    @Test
    void aRunThatWaitsForWhatNeverComesSaysForWhat() {
        WorkflowRun run = test(APPROVE.replace("\"HeartbeatSeconds\": 600, \"TimeoutSeconds\": 3600, ", ""))
                .start("{}");

        assertThatThrownBy(run::runToEnd).hasMessageContaining(".callback(\"Approve\").succeeds(…)");
    }

    @Test
    void anExecutionIsStoppedWhileItsTaskRuns() {
        WorkflowTest test = test(CHARGE);
        test.state("Charge").neverAnswers();

        WorkflowRun run = test.start("{}");
        run.advance(Duration.ofSeconds(5)).stop("Enough", "by hand");

        run.assertStatus(ExecutionStatus.ABORTED);
        assertThat(run.error()).isEqualTo("Enough");
        assertThat(run.elapsed()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void anExecutionIsRedriven() {
        WorkflowTest test = test(CHARGE);
        test.state("Charge").returns("1");
        test.state("Ship").answersInTurn(Answer.error("Odd", null), Answer.json("2"));

        WorkflowRun run = test.run("{}");

        run.assertFailed("Odd");
        run.redrive().runToEnd().assertOutput("2").assertCalls("Charge", 1).assertCalls("Ship", 2);
    }

    @Test
    void theHistoryIsThatOfStepFunctions() {
        WorkflowTest test = test(APPROVE);
        test.state("Approve").returns("{}");

        test.run("{}")
                .assertHistory(
                        HistoryEventType.ExecutionStarted,
                        HistoryEventType.TaskStateEntered,
                        HistoryEventType.TaskScheduled,
                        HistoryEventType.TaskStarted,
                        HistoryEventType.TaskSubmitted,
                        HistoryEventType.TaskSucceeded,
                        HistoryEventType.TaskStateExited,
                        HistoryEventType.ExecutionSucceeded);
    }

    @Test
    void anExecutionWithoutAJournalIsTestedWithOne() {
        WorkflowTest test =
                test(CHARGE.replace("\"QueryLanguage\"", "\"Reprise\": {\"Durability\": \"NONE\"}, \"QueryLanguage\""));
        test.state("Charge").returns("1");
        test.state("Ship").returns("2");

        test.run("{}").assertOutput("2").assertPath("Charge", "Pause", "Ship");
    }

    @Test
    void aDistributedMapReadsWhatTheTestPutsIntoABucket() {
        WorkflowTest test = test("""
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true,
                "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                  "ReaderConfig": {"InputType": "JSON"}, "Parameters": {"Bucket": "data", "Key": "orders.json"}},
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "Price", "States": {"Price": {"Type": "Task", "Resource": "task:price", "End": true}}}}}}
            """).object("data", "orders.json", "[1, 2, 3]");
        test.state("Price").computes(call -> call.input().asInt() * 2);

        test.run().assertOutput("[2, 4, 6]");
    }

    @Test
    void itBeginsWhenTheTestSays() {
        WorkflowTest test =
                WorkflowTest.ofDefinition("now", """
                    {"QueryLanguage": "JSONata", "StartAt": "Now", "States": {
                      "Now": {"Type": "Pass", "Output": "{% $states.context.Execution.StartTime %}", "End": true}}}
                    """).startingAt(Instant.parse("2030-05-06T07:08:09.123456Z"));

        test.run("{}").assertOutput("\"2030-05-06T07:08:09.123Z\"");
    }
}
