package dev.reprise.testing.teststate;

import static dev.reprise.testing.teststate.Api.answer;
import static dev.reprise.testing.teststate.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.StateTrial.Answer;
import dev.reprise.execution.StatesError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** One state of each type, in both query languages: what the API answers, and what its inspection data shows. */
class StateTesterTest {

    @Test
    void aPassShowsEachStageOfItsDataFlow() {
        assertThat(answer("""
            {"definition": {"Type": "Pass", "InputPath": "$.payload", "Parameters": {"data": 1}, "ResultPath": "$.result",
                            "OutputPath": "$.result.data", "Next": "Another State"},
             "input": {"payload": {"foo": "bar"}}, "inspectionLevel": "DEBUG"}\
            """)).isEqualTo(json("""
                {"output": 1,
                 "inspectionData": {
                   "input": {"payload": {"foo": "bar"}},
                   "afterInputPath": {"foo": "bar"},
                   "afterParameters": {"data": 1},
                   "afterResultSelector": {"data": 1},
                   "afterResultPath": {"payload": {"foo": "bar"}, "result": {"data": 1}}},
                 "nextState": "Another State", "status": "SUCCEEDED"}\
                """));
    }

    @Test
    void aPassWithAResultShowsThatInTheInputsPlace() {
        assertThat(data("""
            {"definition": {"Type": "Pass", "Result": [7], "ResultPath": "$.list", "End": true},
             "input": {"a": 1}, "inspectionLevel": "DEBUG"}\
            """)).isEqualTo(json("""
                {"input": {"a": 1}, "result": [7], "afterResultSelector": [7], "afterResultPath": {"a": 1, "list": [7]}}\
                """));
    }

    @Test
    void anAnswerAtLevelInfoHasNoInspectionData() {
        assertThat(answer("{\"definition\": {\"Type\": \"Succeed\"}, \"input\": {\"a\": 1}}"))
                .isEqualTo(json("{\"output\": {\"a\": 1}, \"status\": \"SUCCEEDED\"}"));
    }

    @Test
    void aStateWithoutInputFindsAnEmptyObject() {
        assertThat(answer("{\"definition\": {\"Type\": \"Succeed\"}}").path("output"))
                .isEqualTo(json("{}"));
    }

    @Test
    void aChoiceThatMatchesNothingFails() {
        assertThat(answer("""
            {"definition": {"Type": "Choice", "QueryLanguage": "JSONata",
                            "Choices": [{"Condition": "{% $states.input.n > 1 %}", "Next": "Big"}]},
             "input": {"n": 1}, "inspectionLevel": "DEBUG"}\
            """)).isEqualTo(json("""
                {"error": "States.Runtime",
                 "cause": "Failed to transition out of the state. The state does not point to a next state.",
                 "inspectionData": {"input": {"n": 1}}, "status": "FAILED"}\
                """));
    }

    @Test
    void theVariablesAreThoseGivenAndThoseAssigned() {
        assertThat(data("""
            {"definition": {"Type": "Pass", "QueryLanguage": "JSONata", "Assign": {"total": "{% $count + 1 %}"}, "End": true},
             "variables": {"count": 2}, "inspectionLevel": "DEBUG"}\
            """).path("variables")).isEqualTo(json("{\"count\":" + " 2, \"total\":" + " 3}"));
    }

    @Test
    void aWaitIsNotWaitedFor() {
        assertThat(answer("""
            {"definition": {"Type": "Wait", "SecondsPath": "$.seconds", "Next": "After"},
             "input": {"seconds": 99999}, "inspectionLevel": "TRACE"}\
            """)).isEqualTo(json("""
                {"output": {"seconds": 99999},
                 "inspectionData": {"input": {"seconds": 99999}, "afterInputPath": {"seconds": 99999}},
                 "nextState": "After", "status": "SUCCEEDED"}\
                """));
    }

    @Test
    void anExpressionThatFailsTellsItsCauseWithoutTheStatesEvent() {
        assertThat(answer("""
            {"definition": {"Type": "Wait", "SecondsPath": "$.seconds", "Next": "After"}, "input": {"seconds": -1}}\
            """)).isEqualTo(json("""
                {"error": "States.Runtime",
                 "cause": "The SecondsPath parameter references a negative value: $.seconds == -1", "status": "FAILED"}\
                """));
    }

    @Test
    void aStateOfAnExampleIsTriedAsTheGuideShows() throws IOException {
        ObjectNode call = JsonNodeFactory.instance.objectNode();
        call.put("definition", Files.readString(Path.of("workflows/examples/process-orders.asl.json")))
                .put("stateName", "Validate")
                .put("input", "{\"id\": 7, \"cents\": -1}");
        call.putObject("mock")
                .putObject("errorOutput")
                .put("error", "InvalidOrder")
                .put("cause", "cents < 0");
        assertThat(answer(call.toString())).isEqualTo(json("""
            {"output": {"status": "REJECTED", "reason": "cents < 0"}, "error": "InvalidOrder", "cause": "cents < 0",
             "nextState": "Report", "status": "CAUGHT_ERROR"}\
            """));
    }

    // ---- tasks

    @Test
    void aMockStandsInForATask() {
        assertThat(answer("""
            {"definition": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
                            "Parameters": {"n.$": "$.n"}, "ResultSelector": {"twice.$": "$[0]"}, "ResultPath": "$.r",
                            "Next": "After"},
             "input": {"n": 1}, "mock": {"result": [2, 3]}, "inspectionLevel": "DEBUG"}\
            """)).isEqualTo(json("""
                {"output": {"n": 1, "r": {"twice": 2}},
                 "inspectionData": {"input": {"n": 1}, "afterInputPath": {"n": 1}, "afterParameters": {"n": 1}, "result": [2, 3],
                   "afterResultSelector": {"twice": 2}, "afterResultPath": {"n": 1, "r": {"twice": 2}}},
                 "nextState": "After", "status": "SUCCEEDED"}\
                """));
    }

    @Test
    void aRetrierWaitsLongerTheMoreOftenItHasTried() {
        assertThat(answer("""
            {"definition": {"Type": "Task", "Resource": "task:charge", "End": true,
                            "Retry": [{"ErrorEquals": ["Other"]},
                                      {"ErrorEquals": ["Lambda.ServiceException"], "IntervalSeconds": 2, "BackoffRate": 2.0}]},
             "stateConfiguration": {"retrierRetryCount": 1},
             "mock": {"errorOutput": {"error": "Lambda.ServiceException", "cause": "Service error"}},
             "inspectionLevel": "DEBUG"}\
            """)).isEqualTo(json("""
                {"error": "Lambda.ServiceException", "cause": "Service error",
                 "inspectionData": {"input": {}, "afterInputPath": {}, "afterParameters": {},
                                    "errorDetails": {"retryIndex": 1, "retryBackoffIntervalSeconds": 4}},
                 "status": "RETRIABLE"}\
                """));
    }

    @Test
    void aCatcherTakesOverFromARetrierThatIsUsedUp() {
        assertThat(answer("""
            {"definition": {"Type": "Task", "Resource": "task:charge", "Next": "Success",
                            "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 2}],
                            "Catch": [{"ErrorEquals": ["Busy"], "ResultPath": "$.error", "Next": "HandleThrottling"}]},
             "input": {"data": "value"}, "stateConfiguration": {"retrierRetryCount": 2},
             "mock": {"errorOutput": {"error": "Busy", "cause": "Rate exceeded"}}, "inspectionLevel": "DEBUG"}\
            """)).isEqualTo(json("""
                {"output": {"data": "value", "error": {"Error": "Busy", "Cause": "Rate exceeded"}},
                 "error": "Busy", "cause": "Rate exceeded",
                 "inspectionData": {"input": {"data": "value"}, "afterInputPath": {"data": "value"},
                                    "afterParameters": {"data": "value"}, "errorDetails": {"catchIndex": 0, "retryIndex": 0}},
                 "nextState": "HandleThrottling", "status": "CAUGHT_ERROR"}\
                """));
    }

    @Test
    void anErrorThatNothingMayHandleIsNotHandled() {
        assertThat(answer("""
            {"definition": {"Type": "Task", "Resource": "task:charge", "End": true, "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Sorry"}]},
             "mock": {"errorOutput": {"error": "States.Runtime"}}}\
            """)).isEqualTo(json("""
                {"error": "States.Runtime", "cause": "", "status": "FAILED"}\
                """));
    }

    @Test
    void withJitterTheLongestIntervalIsShown() {
        assertThat(data("""
            {"definition": {"Type": "Task", "Resource": "task:charge", "End": true,
                            "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 10, "MaxDelaySeconds": 15, "JitterStrategy": "FULL"}]},
             "stateConfiguration": {"retrierRetryCount": 2}, "mock": {"errorOutput": {"error": "Busy"}},
             "inspectionLevel": "DEBUG"}\
            """).path("errorDetails"))
                .isEqualTo(json("{\"retryIndex\": 0, \"retryBackoffIntervalSeconds\": 15}"));
    }

    @Test
    void aGivenContextTellsOfRetriesToo() {
        assertThat(answer("""
            {"definition": {"Type": "Task", "Resource": "task:charge", "End": true, "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 1}]},
             "context": {"State": {"RetryCount": 1}}, "mock": {"errorOutput": {"error": "Busy"}}}\
            """).path("status")).isEqualTo(json("\"FAILED\""));
    }

    @Test
    void aGivenContextIsTheWholeContext() {
        JsonNode answer = answer("""
            {"definition": {"Type": "Task", "Resource": "task:charge", "QueryLanguage": "JSONata", "End": true,
                            "Output": "{% $states.context %}"},
             "context": {"Execution": {"Id": "mine"}}, "mock": {"result": 1}}\
            """);
        assertThat(answer.path("output")).isEqualTo(json("{\"Execution\": {\"Id\": \"mine\"}}"));
    }

    @Test
    void theContextThatIsMadeUpNamesTheState() {
        JsonNode context = answer("""
            {"definition": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "End": true,
                            "Parameters": {"QueueUrl": "q", "MessageBody.$": "$$"}},
             "roleArn": "arn:aws:iam::123456789012:role/mine", "input": {"a": 1}, "mock": {"result": 1},
             "inspectionLevel": "DEBUG"}\
            """).at("/inspectionData/afterParameters/MessageBody");
        assertThat(context.at("/State/Name").textValue()).isEqualTo("StateName");
        assertThat(context.at("/State/EnteredTime").textValue()).isEqualTo("2026-02-03T04:05:06.000Z");
        assertThat(context.at("/Execution/Input")).isEqualTo(json("{\"a\": 1}"));
        assertThat(context.at("/Execution/RoleArn").textValue()).isEqualTo("arn:aws:iam::123456789012:role/mine");
        assertThat(context.at("/Task/Token").textValue()).isNotEmpty();
    }

    @Test
    void aTaskWithoutAMockIsCalled() {
        TaskCalls twice = (task, revealSecrets) -> new TaskCalls.Called(
                new Answer.Succeeded(JsonNodeFactory.instance.numberNode(
                        2 * task.input().path("n").asInt())),
                null);
        assertThat(answer("""
            {"definition": {"Type": "Task", "Resource": "task:twice", "End": true}, "roleArn": "mine", "input": {"n": 4}}\
            """, twice)).isEqualTo(json("{\"output\":" + " 8, \"status\":" + " \"SUCCEEDED\"}"));
    }

    @Test
    void theErrorOfACalledTaskIsHandledAsOneThatIsMocked() {
        TaskCalls failing = (task, revealSecrets) ->
                new TaskCalls.Called(new Answer.Failed(new StatesError("Declined", "No funds")), null);
        assertThat(answer("""
            {"definition": {"Type": "Task", "Resource": "task:charge", "End": true, "QueryLanguage": "JSONata",
                            "Catch": [{"ErrorEquals": ["States.ALL"], "Output": "{% $states.errorOutput %}", "Next": "Sorry"}]},
             "roleArn": "mine"}\
            """, failing)).isEqualTo(json("""
                {"output": {"Error": "Declined", "Cause": "No funds"}, "error": "Declined", "cause": "No funds",
                 "nextState": "Sorry", "status": "CAUGHT_ERROR"}\
                """));
    }

    @Test
    void whatAnHttpTaskSentIsShownAtLevelTraceOnly() {
        TaskCalls http = (task, revealSecrets) -> new TaskCalls.Called(
                new Answer.Succeeded(json("{}")),
                new TaskCalls.HttpExchange(
                        JsonNodeFactory.instance.objectNode().put("method", revealSecrets ? "GET secret" : "GET"),
                        JsonNodeFactory.instance.objectNode().put("statusCode", "200")));
        String call = """
            {"definition": {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "QueryLanguage": "JSONata", "End": true,
                            "Arguments": {"ApiEndpoint": "https://a", "Method": "GET"}},
             "roleArn": "mine", "revealSecrets": true, "inspectionLevel": "LEVEL"}\
            """;
        assertThat(answer(call.replace("LEVEL", "TRACE"), http).path("inspectionData"))
                .isEqualTo(json("""
                    {"input": {}, "afterArguments": {"ApiEndpoint": "https://a", "Method": "GET"}, "result": {},
                     "request": {"method": "GET secret"}, "response": {"statusCode": "200"}}\
                    """));
        assertThat(answer(call.replace("LEVEL", "DEBUG"), http).path("inspectionData"))
                .isEqualTo(json("""
                    {"input": {}, "afterArguments": {"ApiEndpoint": "https://a", "Method": "GET"}, "result": {}}\
                    """));
    }

    // ---- requests that are refused

    @Test
    void aDefinitionThatIsNoneIsRefused() {
        refused("{\"definition\": {\"Type\": \"Parallel\", \"Branches\": [], \"End\": true}}")
                .hasMessage("Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Value cannot be empty at"
                        + " /States/StateName/Branches'");
    }

    @Test
    void anInputThatIsNoJsonIsRefused() {
        refused("{\"definition\": {\"Type\": \"Succeed\"}, \"input\": \"{\"}")
                .hasMessageStartingWith("Invalid State Machine Execution Input: 'Unexpected end-of-input");
    }

    @Test
    void variablesAreAnObject() {
        refused("{\"definition\": {\"Type\": \"Succeed\"}, \"variables\": [1]}")
                .hasMessage("'variables' must be a JSON object, but was [1]");
    }

    @Test
    void aMachineNeedsTheNameOfAState() {
        String machine = "\"definition\": {\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}";
        refused("{" + machine + "}").hasMessage("stateName must be specified when the definition is a state machine.");
        refused("{" + machine + ", \"stateName\": \"B\"}")
                .hasMessage("State 'B' not found in the state machine definition.");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(String request) {
        return assertThatThrownBy(() -> answer(request)).isInstanceOf(TestStateException.class);
    }

    private static JsonNode data(String request) {
        return answer(request).path("inspectionData");
    }
}
