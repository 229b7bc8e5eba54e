package dev.reprise.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.history.EventWriter;
import dev.reprise.testing.Answer;
import dev.reprise.testing.WorkflowRun;
import dev.reprise.testing.WorkflowTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executions of the past against definitions of today. */
class ReplayTest {

    private static final String ORDERS = """
        {"StartAt": "Check", "States": {
          "Check": {"Type": "Task", "Resource": "task:check", "Retry": [{"ErrorEquals": ["Busy"]}], "Next": "Each"},
          "Each": {"Type": "Map", "ItemsPath": "$.lines", "ResultPath": "$.prices", "Next": "Both",
            "ItemProcessor": {"StartAt": "Price", "States": {
              "Price": {"Type": "Task", "Resource": "task:price", "End": true}}}},
          "Both": {"Type": "Parallel", "ResultPath": null, "Next": "Large?", "Branches": [
            {"StartAt": "Mail", "States": {"Mail": {"Type": "Task", "Resource": "task:mail", "End": true}}},
            {"StartAt": "Log", "States": {"Log": {"Type": "Pass", "End": true}}}]},
          "Large?": {"Type": "Choice", "Choices": [
            {"Variable": "$.prices[0]", "NumericGreaterThan": 100, "Next": "Insure"}], "Default": "Ship"},
          "Insure": {"Type": "Pass", "Next": "Ship"},
          "Ship": {"Type": "Pass", "Parameters": {"prices.$": "$.prices"}, "End": true}}}
        """;

    @TempDir
    Path folder;

    private static JsonNode export() {
        WorkflowTest test = WorkflowTest.ofDefinition("orders", ORDERS);
        test.state("Check").answersInTurn(Answer.error("Busy", "later"), Answer.json("{\"lines\": [1, 2]}"));
        test.state("Price").computes(call -> call.input().asInt() * 10);
        test.state("Mail").returns("null");
        return export(test.run("{\"order\": 1}").assertOutput("{\"prices\": [10, 20]}"));
    }

    private static JsonNode export(WorkflowRun run) {
        ObjectNode export = JsonNodeFactory.instance.objectNode();
        ArrayNode events = export.putArray("events");
        run.history().forEach(event -> events.add(EventWriter.write(event)));
        return export;
    }

    @Test
    void anUnchangedDefinitionDoesTheSame() {
        assertThat(Replay.differences(RecordedExecution.read(export()), WorkflowTest.ofDefinition("orders", ORDERS)))
                .isEmpty();
    }

    @Test
    void aChangedRuleLeadsElsewhere() {
        String changed = ORDERS.replace("\"NumericGreaterThan\": 100", "\"NumericGreaterThan\": 5");

        assertThat(Replay.differences(RecordedExecution.read(export()), WorkflowTest.ofDefinition("orders", changed)))
                .containsExactly("After state Large? (number 4) it went to state Ship, and goes to state Insure now");
    }

    @Test
    void aTaskThatWasNotThereThenIsNamed() {
        String changed = ORDERS.replace(
                        "\"Insure\": {\"Type\": \"Pass\", \"Next\": \"Ship\"}",
                        "\"Insure\": {\"Type\": \"Task\", \"Resource\": \"task:insure\", \"Next\": \"Ship\"}")
                .replace("\"NumericGreaterThan\": 100", "\"NumericGreaterThan\": 5");

        assertThat(Replay.differences(RecordedExecution.read(export()), WorkflowTest.ofDefinition("orders", changed)))
                .hasSize(2)
                .element(1)
                .asString()
                .isEqualTo("State Insure calls its task now, of which the past knows no answer");
    }

    @Test
    void anotherOutputIsShownWhereItDiffers() {
        String changed = ORDERS.replace("\"prices.$\"", "\"costs.$\"");

        assertThat(Replay.differences(RecordedExecution.read(export()), WorkflowTest.ofDefinition("orders", changed)))
                .containsExactly("Its output is another. At /costs nothing is expected, and there is [10,20].");
    }

    @Test
    void anExecutionIsSavedAsATest() throws Exception {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.putArray("cases").add(RecordedExecution.read(export()).toCase("as it was"));
        Files.writeString(folder.resolve("orders.asl.json"), ORDERS);
        Files.writeString(folder.resolve("orders.test.json"), file.toString());

        assertThat(WorkflowSuite.in(folder).run(each -> true)).allMatch(CaseResult::passed);
        assertThat(file.at("/cases/0/mocks/Check/0/throw/error").asText()).isEqualTo("Busy");
        assertThat(file.at("/cases/0/mocks/Price/items/1/return").asInt()).isEqualTo(20);
        assertThat(file.at("/cases/0/expect/path")).hasToString("[\"Check\",\"Each\",\"Both\",\"Large?\",\"Ship\"]");
    }

    /**
     * Redriven twice: after a task in a Map failed, and after one in a Parallel did, with a task of a Map beside it.
     */
    private static JsonNode redriven() {
        WorkflowTest test = WorkflowTest.ofDefinition("orders", ORDERS);
        test.state("Check").answersInTurn(Answer.error("Busy", "later"), Answer.json("{\"lines\": [1, 2]}"));
        test.state("Price").item(0).returns("10");
        test.state("Price").item(1).answersInTurn(Answer.error("NoPrice", "gone"), Answer.json("20"));
        test.state("Mail").answersInTurn(Answer.error("Down", null), Answer.json("null"));
        WorkflowRun run = test.run("{\"order\": 1}").assertFailed("NoPrice");
        run.redrive().runToEnd().assertFailed("Down");
        return export(run.redrive().runToEnd().assertOutput("{\"prices\": [10, 20]}"));
    }

    @Test
    void aRedrivenExecutionIsRedrivenAgain() throws Exception {
        assertThat(Replay.differences(RecordedExecution.read(redriven()), WorkflowTest.ofDefinition("orders", ORDERS)))
                .isEmpty();
        assertThat(resultsOf(RecordedExecution.read(redriven()))).allMatch(CaseResult::passed);
    }

    /** A task that nobody ended, and a wait that has not ended. */
    private static WorkflowRun waiting() {
        WorkflowTest test = WorkflowTest.ofDefinition("orders", WAITING);
        test.state("Ask").item(0).returns("1");
        test.state("Ask").item(1).neverAnswers();
        return test.start("[1, 2]").advance(Duration.ofSeconds(90));
    }

    private static final String WAITING = """
        {"StartAt": "First", "States": {
          "First": {"Type": "Wait", "Seconds": 60, "Next": "Each"},
          "Each": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "Ask", "States": {
            "Ask": {"Type": "Task", "Resource": "task:ask", "Next": "Last"},
            "Last": {"Type": "Wait", "Seconds": 3600, "End": true}}}}}}
        """;

    @Test
    void aStoppedExecutionIsStoppedWhereItWas() throws Exception {
        JsonNode export = export(waiting().stop("Enough", "of it"));
        RecordedExecution recorded = RecordedExecution.read(export);

        assertThat(Replay.differences(recorded, WorkflowTest.ofDefinition("orders", WAITING)))
                .isEmpty();
        assertThat(Replay.differences(
                        recorded, WorkflowTest.ofDefinition("orders", WAITING.replace("\"Each\"", "\"Every\""))))
                .containsExactly("State Each is called Every now");
        assertThat(resultsOf(recorded, WAITING)).allMatch(CaseResult::passed);
    }

    @Test
    void anExecutionThatRunsIsFollowedAsFarAsItIs() throws Exception {
        RecordedExecution recorded = RecordedExecution.read(export(waiting()));

        assertThat(Replay.differences(recorded, WorkflowTest.ofDefinition("orders", WAITING)))
                .isEmpty();
        assertThat(resultsOf(recorded, WAITING)).allMatch(CaseResult::passed);
    }

    @Test
    void aCaseIsStoppedAtItsTime() throws Exception {
        String slow = """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Task", "Resource": "task:ask", "Next": "Wait"},
              "Wait": {"Type": "Wait", "Seconds": 60, "Next": "Last"},
              "Last": {"Type": "Wait", "Seconds": 60, "End": true}}}
            """;
        WorkflowTest test = WorkflowTest.ofDefinition("orders", slow);
        test.state("Ask").answers(Answer.json("1").after(Duration.ofSeconds(40)));
        RecordedExecution recorded = RecordedExecution.read(
                export(test.start("{}").advance(Duration.ofSeconds(90)).stop(null, null)));

        assertThat(recorded.path()).containsExactly("Ask", "Wait");
        assertThat(resultsOf(recorded, slow)).allMatch(CaseResult::passed);
        assertThat(Replay.differences(recorded, WorkflowTest.ofDefinition("orders", slow)))
                .isEmpty();
    }

    private List<CaseResult> resultsOf(RecordedExecution recorded) throws IOException {
        return resultsOf(recorded, ORDERS);
    }

    private List<CaseResult> resultsOf(RecordedExecution recorded, String definition) throws IOException {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.putArray("cases").add(recorded.toCase("as it was"));
        Files.writeString(folder.resolve("orders.asl.json"), definition);
        Files.writeString(folder.resolve("orders.test.json"), file.toString());
        return WorkflowSuite.in(folder).run(each -> true);
    }

    @Test
    void whatIsNoHistoryIsRefused() {
        assertThatThrownBy(() -> RecordedExecution.read(JsonNodeFactory.instance.objectNode()))
                .hasMessageContaining("A history is expected, as GetExecutionHistory gives it");
    }
}
