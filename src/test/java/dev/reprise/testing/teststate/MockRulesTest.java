package dev.reprise.testing.teststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which mocks are taken for which states, and what the refusals say. */
class MockRulesTest {

    private static final String BRANCH =
            "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\", \"End\": true}}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"Type\": \"Pass\", \"End\": true} | Pass",
                "{\"Type\": \"Wait\", \"Seconds\": 1, \"End\": true} | Wait",
                "{\"Type\": \"Succeed\"} | Succeed",
                "{\"Type\": \"Fail\"} | Fail",
                "{\"Type\": \"Choice\", \"Choices\": [{\"Variable\": \"$\", \"IsNull\": true, \"Next\": \"A\"}]} |"
                        + " Choice"
            })
    void aStateWithoutWorkTakesNoMock(String state, String type) {
        assertThatThrownBy(() -> Api.answer("{\"definition\": " + state + ", \"mock\": {\"result\": {}}}"))
                .hasMessage("State type '" + type + "' is not supported when a mock is specified");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"mock\": {} | A test mock should have one of the following fields: [result, errorOutput].",
                "\"mock\": {\"result\": {}, \"errorOutput\": {\"error\": \"E\"}} | A test mock should have only one of"
                        + " the following fields: [result, errorOutput].",
                "\"mock\": {\"errorOutput\": {\"cause\": \"c\"}} | An error was not specified in the mocked error"
                        + " output.",
                "\"mock\": {\"result\": \"no JSON\"} | Mocked result must be valid JSON",
                "\"mock\": {\"result\": {}}, \"revealSecrets\": true | TestState does not support RevealSecrets when a"
                        + " mock is specified.",
                "\"mock\": {\"errorOutput\": {\"error\": \"E\"}}, \"stateConfiguration\": {\"errorCausedByState\":"
                        + " \"A\"} | ErrorCausedByState must name a state inside the tested Map or Parallel state, and 'A'"
                        + " is none.",
                "\"context\": {} | TestState does not support Context when a mock is not specified.",
                "\"stateConfiguration\": {\"retrierRetryCount\": 1} | TestState does not support RetrierRetryCount"
                        + " when a mock is not specified.",
                "\"revealSecrets\": false | RoleArn must be specified when testing a Task state"
            })
    void aTasksMockIsWhole(String members, String message) {
        assertThatThrownBy(() ->
                        Api.answer("{\"definition\": {\"Type\": \"Task\", \"Resource\": \"task:a\", \"End\": true}, "
                                + members + "}"))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "arn:aws:states:::sqs:sendMessage.waitForTaskToken | TestState API does not support '.sync' or"
                        + " '.waitForTaskToken' integration patterns.",
                "arn:aws:states:::states:startExecution.sync:2 | TestState API does not support '.sync' or"
                        + " '.waitForTaskToken' integration patterns.",
                "arn:aws:states:us-east-1:123456789012:activity:a | TestState API does not support Activity tasks"
                        + " unless a mock is specified."
            })
    void aTaskThatOthersEndNeedsAMock(String resource, String message) {
        assertThatThrownBy(() -> Api.answer("{\"definition\": " + task(resource) + ", \"roleArn\": \"mine\"}"))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | Mocked result must be an array.",
                "[1] | Mocked result must contain the same number of items as number of Parallel branches."
            })
    void aParallelsMockHasAResultForEachBranch(String result, String message) {
        assertThatThrownBy(() -> Api.answer(
                        "{\"definition\": {\"Type\": \"Parallel\", \"End\": true, \"Branches\": [" + BRANCH + ","
                                + BRANCH.replace("\"A\"", "\"B\"") + "]}, \"mock\": {\"result\": " + result + "}}"))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "arn:aws:states:::aws-sdk:kms:encrypt | {\"CiphertextBlob\": \"\"} | STRICT | Field 'CiphertextBlob'"
                        + " is smaller than the minimum length",
                "arn:aws:states:::aws-sdk:kms:verify | {\"SignatureValid\": \"yes\"} | PRESENT | Field"
                        + " 'SignatureValid' must be a boolean",
                "arn:aws:states:::aws-sdk:kms:encrypt | {\"EncryptionAlgorithm\": \"ROT13\"} | STRICT | Field"
                        + " 'EncryptionAlgorithm' is not an expected value",
                "arn:aws:states:::aws-sdk:lambda:getFunction | {\"Configuration\": {\"MemorySize\": 1}} | STRICT |"
                        + " Field 'MemorySize' is less than the minimum value",
                "arn:aws:states:::aws-sdk:lambda:getFunction | {\"Configuration\": {\"KmsKeyArn\": 1}} | STRICT |"
                        + " Field 'KmsKeyArn' must be a string",
                "arn:aws:states:::aws-sdk:lambda:listFunctions | {\"Functions\": [{\"Timeout\": 0}]} | STRICT | Field"
                        + " 'Timeout' is less than the minimum value",
                "arn:aws:states:::aws-sdk:lambda:createFunction | {\"Layers\": {}} | STRICT | Field 'Layers' must be"
                        + " an array",
                "arn:aws:states:::dynamodb:getItem | {\"Item\": []} | STRICT | Field 'Item' must be an object",
                "arn:aws:states:::dynamodb:getItem | {\"Item\": {\"id\": {\"S\": 1}}} | STRICT | Field 'S' must be a"
                        + " string",
                "arn:aws:states:::events:putEvents | {\"FailedEntryCount\": true} | STRICT | Field 'FailedEntryCount'"
                        + " must be a number",
                "arn:aws:states:::states:startExecution | {\"ExecutionArn\": \"arn\"} | STRICT | Required field"
                        + " 'StartDate' is missing",
                "arn:aws:states:::aws-sdk:sfn:startExecution | {\"StartDate\": true, \"ExecutionArn\": \"arn\"} |"
                        + " PRESENT | Field 'StartDate' must be a string",
                "arn:aws:states:::states:startExecution.sync | {\"Status\": \"DONE\"} | PRESENT | Field 'Status' is"
                        + " not an expected value"
            })
    void aMockIsHeldAgainstTheService(String resource, String result, String mode, String problem) {
        assertThatThrownBy(() -> mocked(resource, result, mode))
                .hasMessage("Mock result schema validation error: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "arn:aws:states:::aws-sdk:kms:encrypt | {\"CiphertextBlob\": 1} | NONE",
                "arn:aws:states:::states:startExecution | {\"ExecutionArn\": \"arn\"} | PRESENT",
                "arn:aws:states:::states:startExecution.sync:2 | {\"Output\": {\"any\": 1}} | PRESENT",
                "arn:aws:states:::lambda:invoke | {\"Payload\": {\"any\": 1}, \"SdkHttpMetadata\": {}} | STRICT",
                "arn:aws:states:::dynamodb:getItem | {\"Item\": {\"l\": {\"L\": [{\"M\": {\"n\": {\"N\": \"1\"}}}]}}}"
                        + " | STRICT",
                "arn:aws:states:::sqs:sendMessage.waitForTaskToken | [\"what the other side sends\"] | STRICT",
                "arn:aws:states:::http:invoke | [\"anything\"] | STRICT",
                "arn:aws:states:::apigateway:invoke | 1 | STRICT",
                "arn:aws:states:::aws-sdk:braket:getJob | {\"not\": \"known\"} | STRICT",
                "arn:aws:states:us-east-1:123456789012:activity:a | 1 | STRICT",
                "arn:aws:lambda:us-east-1:123456789012:function:f | 1 | STRICT",
                "task:mine | 1 | STRICT"
            })
    void aMockIsTaken(String resource, String result, String mode) {
        assertThat(mocked(resource, result, mode)).isEqualTo(Api.json(result));
    }

    /** In JSONata, with arguments of which nothing is known beforehand. */
    private static String task(String resource) {
        return "{\"Type\": \"Task\", \"QueryLanguage\": \"JSONata\", \"Arguments\": \"{% $states.input %}\", \"End\":"
                + " true, \"Resource\": \""
                + resource + "\"}";
    }

    private static JsonNode mocked(String resource, String result, String mode) {
        String mock = "{\"fieldValidationMode\": \"" + mode + "\", \"result\": " + result + "}";
        return Api.answer("{\"definition\": " + task(resource) + ", \"mock\": " + mock + "}")
                .path("output");
    }
}
