package dev.reprise.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.Redaction;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.history.EventWriter;
import dev.reprise.testing.Answer;
import dev.reprise.testing.WorkflowRun;
import dev.reprise.testing.WorkflowTest;
import dev.reprise.testing.suite.Difference.Kind;
import dev.reprise.testing.suite.ReplayResult.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each way in which an edited definition can differ from the one of an execution of the past. */
class ReplayedDefinitionTest {

    private static final String ORDERS = """
        {"StartAt": "Check", "States": {
          "Check": {"Type": "Task", "Resource": "task:check", "Next": "Each",
            "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 10, "MaxAttempts": 2}]},
          "Each": {"Type": "Map", "ItemsPath": "$.lines", "ResultPath": "$.prices", "Next": "Both",
            "ItemProcessor": {"StartAt": "Price", "States": {
              "Price": {"Type": "Task", "Resource": "task:price", "Next": "Round"},
              "Round": {"Type": "Pass", "End": true}}}},
          "Both": {"Type": "Parallel", "ResultPath": null, "Next": "Pause", "Branches": [
            {"StartAt": "Mail", "States": {"Mail": {"Type": "Task", "Resource": "task:mail", "End": true}}},
            {"StartAt": "Log", "States": {"Log": {"Type": "Task", "Resource": "task:log", "End": true}}}]},
          "Pause": {"Type": "Wait", "Seconds": 60, "Next": "Large?"},
          "Large?": {"Type": "Choice", "Choices": [
            {"Variable": "$.prices[0]", "NumericGreaterThan": 100, "Next": "Insure"}], "Default": "Ship"},
          "Insure": {"Type": "Pass", "Next": "Ship"},
          "Ship": {"Type": "Task", "Resource": "task:ship", "Parameters": {"prices.$": "$.prices", "fast": false},
            "End": true}}}
        """;

    private static WorkflowTest orders() {
        WorkflowTest test = WorkflowTest.ofDefinition("orders", ORDERS);
        test.state("Check")
                .answersInTurn(Answer.error("Busy", "later"), Answer.json("{\"lines\": [1, 2, 3], \"few\": [1, 2]}"));
        test.state("Price")
                .answers(Answer.computed(call -> call.input().asInt() * 10).after(Duration.ofSeconds(2)));
        test.state("Mail").returns("null");
        test.state("Log").answers(Answer.json("null").after(Duration.ofSeconds(1)));
        test.state("Ship").returns("\"on its way\"");
        return test;
    }

    private static RecordedExecution recorded(WorkflowRun run) {
        ObjectNode export = JsonNodeFactory.instance.objectNode();
        export.put("executionArn", run.executionArn());
        ArrayNode events = export.putArray("events");
        run.history().forEach(event -> events.add(EventWriter.write(event)));
        return RecordedExecution.read(export);
    }

    private static RecordedExecution past() {
        return recorded(orders().run("{\"order\": 1}").assertOutput("\"on its way\""));
    }

    private static ReplayResult replay(RecordedExecution recorded, String definition) {
        return Replay.of(recorded, WorkflowTest.ofDefinition("orders", definition));
    }

    private static ReplayResult replay(String from, String to) {
        assertThat(ORDERS).contains(from);
        return replay(past(), ORDERS.replace(from, to));
    }

    private static Difference first(ReplayResult result) {
        return result.differences().getFirst();
    }

    @Test
    void theSameDefinitionGoesTheSameWayAtTheSameTimes() {
        WorkflowRun run = orders().run("{\"order\": 1}");
        ReplayResult result = replay(recorded(run), ORDERS);

        assertThat(result.verdict()).isEqualTo(Verdict.SAME);
        assertThat(result.otherData()).isNull();
        assertThat(result.now().output()).hasToString("\"on its way\"");
        assertThat(result.facts()).isEqualTo(8);
        assertThat(result.leftOverCount()).isZero();
        assertThat(told(result.events())).isEqualTo(told(run.history()));
        assertThat(result.eventCount()).isEqualTo(run.history().size());
    }

    private static String told(List<HistoryEvent> events) {
        return events.stream()
                .map(event -> event.id() + " " + event.previousId() + " " + event.type() + " " + event.timestamp() + " "
                        + event.scope())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void aChangedChoiceGoesToAnotherState() {
        ReplayResult result = replay("\"NumericGreaterThan\": 100", "\"NumericGreaterThan\": 5");

        assertThat(first(result).words())
                .isEqualTo("After state Large? (number 5) it went to state Ship, and goes to state Insure now");
        assertThat(first(result).kind()).isEqualTo(Kind.OTHER_STATE);
        assertThat(first(result).state()).isEqualTo("Insure");
        assertThat(eventOf(first(result))).startsWith("TaskStateEntered Ship");
        assertThat(result.differences()).hasSize(1);
        assertThat(result.now().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(result.leftOverCount()).isZero();
    }

    private static String eventOf(Difference difference) {
        HistoryEvent event = orders().run("{\"order\": 1}").history().get((int) (long) difference.event() - 1);
        return event.type() + " " + event.details().path("name").asText();
    }

    @Test
    void aRenamedStateIsToldAndItsFactsCount() {
        ReplayResult result = replay("\"Each\"", "\"Every\"");

        assertThat(result.differences())
                .extracting(Difference::words)
                .containsExactly("State Each is called Every now");
        assertThat(first(result).kind()).isEqualTo(Kind.RENAMED);
        assertThat(result.now().output()).hasToString("\"on its way\"");
        assertThat(result.leftOverCount()).isZero();
    }

    @Test
    void aRenamedStateOfABranchIsToldToo() {
        ReplayResult result = replay("\"Log\"", "\"Note\"");

        assertThat(result.differences()).extracting(Difference::words).containsExactly("State Log is called Note now");
        assertThat(first(result).scope()).hasToString("/Both[1]");
        assertThat(first(result).item()).isEqualTo(1);
    }

    @Test
    void aTaskThatIsGivenOtherDataIsShownWhereTheyDiffer() {
        ReplayResult result = replay("\"fast\": false", "\"fast\": true");

        assertThat(result.differences())
                .extracting(Difference::words)
                .containsExactly("State Ship gives its task other data. At /fast false is expected, not true.");
        assertThat(first(result).kind()).isEqualTo(Kind.OTHER_INPUT);
        assertThat(first(result).attempt()).isZero();
        assertThat(result.verdict()).isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void aTaskOfAnItemThatIsGivenOtherDataNamesTheItem() {
        ReplayResult result = replay(
                "\"Price\": {\"Type\": \"Task\", ",
                "\"Price\": {\"Type\": \"Task\", \"Parameters\": {\"line.$\": \"$\"}, ");

        assertThat(first(result).words())
                .isEqualTo("In item 0 of Each, state Price gives its task other data."
                        + " At the top 1 is expected, not {\"line\":1}.");
        assertThat(result.differences()).hasSize(1);
    }

    @Test
    void anotherTaskIsNamed() {
        assertThat(replay("task:ship", "task:send").differences())
                .extracting(Difference::words)
                .containsExactly("State Ship called task:ship, and calls task:send now");
    }

    @Test
    void aRemovedMapLeavesItsFactsOver() {
        String without = ORDERS.replaceAll("(?s)\"Each\": \\{\"Type\": \"Map\".*?(?=\"Both\": )", "")
                .replace("\"Next\": \"Each\"", "\"Next\": \"Both\"");
        ReplayResult result = replay(past(), without);

        assertThat(first(result).words())
                .isEqualTo("After state Check (number 1) it went to state Each, and goes to state Both now");
        assertThat(result.leftOverCount()).isEqualTo(4);
        assertThat(result.leftOver())
                .extracting(ReplayResult.LeftOver::state)
                .containsExactlyInAnyOrder("Price", "Price", "Price", "Ship");
        assertThat(result.now().status()).isEqualTo(ExecutionStatus.FAILED);
    }

    @Test
    void aMapOfFewerItemsIsToldAndItsFactsAreLeftOver() {
        ReplayResult result = replay("\"ItemsPath\": \"$.lines\"", "\"ItemsPath\": \"$.few\"");

        assertThat(first(result).words()).isEqualTo("State Each had 3 items, and has 2 items now");
        assertThat(first(result).kind()).isEqualTo(Kind.OTHER_ITEMS);
        assertThat(result.leftOver())
                .containsExactly(new ReplayResult.LeftOver(
                        "Price", "/Each[2]", 0, result.leftOver().getFirst().event()));
    }

    @Test
    void anItemThatEndsEarlierIsTold() {
        ReplayResult result = replay(
                "\"Next\": \"Round\"},\n      \"Round\": {\"Type\": \"Pass\", \"End\": true}}", "\"End\": true}}");

        assertThat(first(result).words())
                .isEqualTo("In item 0 of Each, after state Price it went to state Round, and goes to its end now");
        assertThat(first(result).scope()).hasToString("/Each[0]");
    }

    private static WorkflowRun failed() {
        WorkflowTest test = orders();
        test.state("Check").fails("Busy", "always");
        return test.run("{}").assertFailed("Busy");
    }

    @Test
    void aLongerRetryAsksForWhatNobodyKnows() {
        ReplayResult result = replay(recorded(failed()), ORDERS.replace("\"MaxAttempts\": 2", "\"MaxAttempts\": 5"));

        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.differences())
                .extracting(Difference::words)
                .containsExactly("State Check calls its task for the 4th time now, of which the past knows no answer:"
                        + " then it was called 3 times");
        assertThat(first(result).attempt()).isEqualTo(3);
        assertThat(result.now().status()).isEqualTo(ExecutionStatus.RUNNING);
    }

    @Test
    void aShorterRetryLeavesAFactOver() {
        ReplayResult result = replay(recorded(failed()), ORDERS.replace("\"MaxAttempts\": 2", "\"MaxAttempts\": 1"));

        assertThat(result.differences())
                .extracting(Difference::words)
                .containsExactly("It comes to the same end, and does not ask for all that tasks gave then:"
                        + " for one answer less, the first of state Check");
        assertThat(result.leftOver().getFirst().attempt()).isEqualTo(2);
    }

    @Test
    void anErrorThatIsCaughtNowLeadsOn() {
        String caught = ORDERS.replace(
                "\"Check\": {\"Type\": \"Task\",",
                "\"Check\": {\"Type\": \"Task\", \"Catch\": [{\"ErrorEquals\": [\"Busy\"], \"Next\": \"Insure\"}],");
        ReplayResult result = replay(recorded(failed()), caught);

        assertThat(first(result).words())
                .isEqualTo("After state Check (number 1) it went to its end, and goes to state Insure now");
    }

    @Test
    void aStateThatGivesOtherDataIsToldBesideTheFirstTaskThatGetsThem() {
        ReplayResult result =
                replay("\"Round\": {\"Type\": \"Pass\", ", "\"Round\": {\"Type\": \"Pass\", \"Result\": 7, ");

        assertThat(result.otherData().words())
                .isEqualTo("in item 0 of Each, state Round gives other data. At the top 10 is expected, not 7.");
        assertThat(first(result).words())
                .isEqualTo("In branch 0 of Both, state Mail gives its task other data."
                        + " At /prices/0 10 is expected, not 7.");
        assertThat(result.differences().getLast().words())
                .isEqualTo("State Ship gives its task other data. At /prices/0 10 is expected, not 7.");
    }

    @Test
    void anInsertedStateIsToldAndTheRestGoesOn() {
        ReplayResult result = replay(
                "\"Next\": \"Large?\"}", "\"Next\": \"New\"}, \"New\": {\"Type\": \"Pass\", \"Next\": \"Large?\"}");

        assertThat(result.differences())
                .extracting(Difference::words)
                .containsExactly("After state Pause (number 4) it went to state Large?, and goes to state New now");
        assertThat(result.now().output()).hasToString("\"on its way\"");
    }

    @Test
    void aTimeOutThatIsShorterThanATaskTookEndsIt() {
        ReplayResult result =
                replay("\"Price\": {\"Type\": \"Task\", ", "\"Price\": {\"Type\": \"Task\", \"TimeoutSeconds\": 1, ");

        assertThat(result.now().error()).isEqualTo("States.Timeout");
    }

    @Test
    void aTimeOutThatIsLongerWaitsForWhatNobodyKnows() {
        String bounded =
                ORDERS.replace("\"Resource\": \"task:ship\",", "\"Resource\": \"task:ship\", \"TimeoutSeconds\": 5,");
        WorkflowTest test = WorkflowTest.ofDefinition("orders", bounded);
        test.state("Check").returns("{\"lines\": [1]}");
        test.state("Price").returns("1");
        test.state("Mail").returns("1");
        test.state("Log").returns("1");
        test.state("Ship").neverAnswers();
        RecordedExecution recorded = recorded(test.run("{}").assertFailed("States.Timeout"));

        assertThat(replay(recorded, bounded).differences()).isEmpty();
        assertThat(first(replay(recorded, bounded.replace("\"TimeoutSeconds\": 5", "\"TimeoutSeconds\": 50")))
                        .words())
                .isEqualTo("State Ship waits longer for its task than it did, and what that would have given is not"
                        + " known");
    }

    @Test
    void whatIsDrawnByChanceIsTheSameAndATokenIsNoDifference() {
        String definition = """
            {"QueryLanguage": "JSONata", "StartAt": "Ask", "States": {
              "Ask": {"Type": "Task", "Resource": "task:ask.waitForTaskToken", "Next": "Tell", "Arguments": {
                "token": "{% $states.context.Task.Token %}", "id": "{% $uuid() %}", "at": "{% $now() %}",
                "of": "{% $states.context.Execution.Id %}"}},
              "Tell": {"Type": "Task", "Resource": "task:tell", "End": true, "Arguments": {
                "random": "{% $random() %}", "entered": "{% $states.context.State.EnteredTime %}"}}}}
            """;
        WorkflowTest test = WorkflowTest.ofDefinition("orders", definition);
        test.state("Tell").returns("1");
        WorkflowRun run = test.start("{}").advance(Duration.ofHours(5));
        run.callback("Ask").succeeds("1");
        ReplayResult result = replay(recorded(run.runToEnd().assertSucceeded()), definition);

        assertThat(result.differences()).isEmpty();
    }

    @Test
    void aRedrivenExecutionIsFollowedThroughItsRedrives() {
        WorkflowTest test = orders();
        test.state("Check").returns("{\"lines\": [1, 2]}");
        test.state("Price").item(0).returns("10");
        test.state("Price").item(1).answersInTurn(Answer.error("NoPrice", "gone"), Answer.json("20"));
        test.state("Log").answersInTurn(Answer.error("Down", null), Answer.json("null"));
        WorkflowRun run = test.run("{}").assertFailed("NoPrice");
        run.redrive().runToEnd().assertFailed("Down");
        RecordedExecution recorded = recorded(run.redrive().runToEnd().assertSucceeded());

        assertThat(replay(recorded, ORDERS).differences()).isEmpty();
        assertThat(replay(recorded, ORDERS).leftOverCount()).isZero();
        ReplayResult caught = replay(
                recorded,
                ORDERS.replace(
                        "\"Each\": {\"Type\": \"Map\",",
                        "\"Each\": {\"Type\": \"Map\", \"Catch\": [{\"ErrorEquals\": [\"States.ALL\"], \"Next\":"
                                + " \"Insure\"}],"));
        assertThat(caught.differences()).extracting(Difference::kind).startsWith(Kind.OTHER_STATE);
    }

    @Test
    void aLoopWithoutEndIsGivenUp() {
        String loop = """
            {"StartAt": "Check", "States": {
              "Check": {"Type": "Choice", "Default": "Check", "Choices": [
                {"Variable": "$.never", "IsPresent": true, "Next": "End"}]},
              "End": {"Type": "Succeed"}}}
            """;

        assertThat(replay(past(), loop).differences())
                .anySatisfy(difference -> assertThat(difference.kind()).isEqualTo(Kind.NO_END));
    }

    /** And not by a clock: what a replay tells is the same on every machine. */
    @Test
    void workIsBoundedByWhatItTakes() {
        WorkflowTest test = WorkflowTest.ofDefinition("orders", ORDERS);

        assertThat(Replay.of(past(), test, Redaction.NONE, 10).differences())
                .anySatisfy(difference -> assertThat(difference.kind()).isEqualTo(Kind.NO_END));
    }

    @Test
    void itemsInTheirThousandsGoTheSameWay() {
        int items = 2_000;
        WorkflowTest test = orders();
        String lines = IntStream.range(0, items).mapToObj(String::valueOf).collect(Collectors.joining(","));
        test.state("Check").returns("{\"lines\": [" + lines + "]}");
        ReplayResult result = replay(recorded(test.run("{}").assertSucceeded()), ORDERS);

        assertThat(result.differences()).isEmpty();
        assertThat(result.facts()).isEqualTo(items + 4);
    }

    @Test
    void theChildrenOfADistributedMapAreInNoHistory() {
        String distributed = ORDERS.replace(
                "\"ItemProcessor\": {\"StartAt\": \"Price\"",
                "\"ItemProcessor\": {\"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\", \"ExecutionType\": \"STANDARD\"},"
                        + " \"StartAt\": \"Price\"");
        ReplayResult result = replay(past(), distributed);

        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(first(result).words())
                .endsWith(
                        "state Price, in a child of a distributed Map, calls its task: what such children did stands in"
                                + " no history");
    }

    @Test
    void whatIsRedactedIsNotTold() {
        String secret = ORDERS.replace(
                "{\"StartAt\": \"Check\", \"States\": {\n",
                "{\"Reprise\": {\"Redact\": [\"$.order\", \"$.fast\"]}, \"StartAt\": \"Check\", \"States\": {\n");
        WorkflowTest changed =
                WorkflowTest.ofDefinition("orders", secret.replace("\"fast\": false", "\"fast\": \"4711x\""));
        ReplayResult result =
                Replay.of(past(), changed, Redaction.of(changed.machine(), json("{\"order\": \"4711x\"}")));

        assertThat(first(result).words()).isEqualTo("State Ship gives its task other data. What differs is hidden.");
    }

    private static JsonNode json(String text) {
        try {
            return TestFile.JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theReplaysOwnEventsHaveNoData() {
        assertThat(replay("\"fast\": false", "\"fast\": true").events())
                .filteredOn(event -> event.type() == HistoryEventType.TaskScheduled)
                .isNotEmpty()
                .allSatisfy(
                        event -> assertThat(event.details().has("parameters")).isFalse());
    }
}
