package dev.reprise.testing.teststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.asl.State;
import dev.reprise.asl.parser.Definitions;
import dev.reprise.query.check.QueryExpressionChecker;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GivenContextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Orders\": 1}                          | Field 'Orders' is not allowed",
                "{\"Execution\": {\"Owner\": \"me\"}}      | Field 'Owner' is not allowed",
                "{\"Map\": {\"Item\": {\"Indices\": 1}}}   | Field 'Indices' is not allowed",
                "{\"Execution\": \"arn\"}                  | Field 'Execution' must be an object",
                "{\"Execution\": {\"Id\": 7}}              | Field 'Id' must be a string",
                "{\"State\": {\"RetryCount\": \"2\"}}      | Field 'RetryCount' must be a number",
                "{\"Map\": {\"Item\": {\"Index\": null}}}  | Field 'Index' must be a number",
                "[]                                       | it must be a JSON object",
                "{\"Execution\"                           | it must be valid JSON: Unexpected end-of-input"
            })
    void isRefusedWhenItIsNoContextObject(String context, String problem) {
        assertThatThrownBy(() -> GivenContext.read(context, task("task:charge")))
                .isInstanceOf(TestStateException.class)
                .hasMessageStartingWith("Invalid Context object provided: " + problem);
    }

    @Test
    void mayHaveEveryFieldOfTheRealOne() {
        String context = """
            {"Execution": {"Id": "a", "Input": [1], "Name": "n", "RoleArn": "r", "StartTime": "s", "RedriveCount": 1, "RedriveTime": "t"},
             "State": {"EnteredTime": "e", "Name": "n", "RetryCount": 0}, "StateMachine": {"Id": "i", "Name": "n"},
             "Map": {"Item": {"Index": 0, "Value": null, "Key": "k", "Source": "s"}}, "Task": {"Token": "t"}}\
            """;

        assertThat(GivenContext.read(context, task("task:ask.waitForTaskToken")))
                .isEqualTo(Api.json(context));
    }

    @ParameterizedTest
    @ValueSource(strings = {"task:charge", "arn:aws:states:::lambda:invoke"})
    void hasNoTaskWhereNoTokenIs(String resource) {
        assertThatThrownBy(() -> GivenContext.read("{\"Task\": {\"Token\": \"t\"}}", task(resource)))
                .hasMessage("Invalid Context object provided: Field 'Task' is not allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"arn:aws:states:::glue:startJobRun.sync", "arn:aws:states:::lambda:invoke.waitForTaskToken"})
    void mayHaveTaskWhereATokenIs(String resource) {
        assertThat(GivenContext.read("{\"Task\": {\"Token\": \"t\"}}", task(resource)))
                .isEqualTo(Api.json("{\"Task\": {\"Token\": \"t\"}}"));
    }

    /** A request is refused for it before anything is tried. */
    @Test
    void isLookedAtFirst() {
        assertThatThrownBy(() -> Api.answer("""
            {"definition": {"Type": "Task", "Resource": "task:charge", "End": true}, "context": {"Orders": 1}, "mock": {"result": 1}}\
            """))
                .hasMessage("Invalid Context object provided: Field 'Orders' is not allowed");
    }

    private static State task(String resource) {
        String state = "{\"Type\": \"Task\", \"Resource\": \"" + resource
                + "\", \"Parameters\": {\"JobName\": \"j\", \"FunctionName\": \"f\"}, \"End\": true}";
        return Objects.requireNonNull(Definitions.parseState("d", state, new QueryExpressionChecker())
                        .machine())
                .body()
                .states()
                .get(Definitions.SINGLE_STATE);
    }
}
