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
import java.nio.file.Files;
import java.nio.file.Path;
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
        WorkflowRun run = test.run("{\"order\": 1}").assertOutput("{\"prices\": [10, 20]}");
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

    @Test
    void whatIsNoHistoryIsRefused() {
        assertThatThrownBy(() -> RecordedExecution.read(JsonNodeFactory.instance.objectNode()))
                .hasMessageContaining("A history is expected, as GetExecutionHistory gives it");
    }
}
