package dev.reprise.asl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Task may name as its {@code Resource}. */
class ResourcesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task:charge",
                "task:ask.waitForTaskToken",
                "arn:aws:lambda:us-east-1:111111111111:function:charge",
                "arn:aws-cn:lambda:cn-north-1:111111111111:function:charge:live",
                "arn:aws:states:us-east-1:111111111111:activity:charge",
                "arn:aws:states:::http:invoke",
                "arn:aws-us-gov:states:::states:startExecution.sync:2",
                "arn:aws:states:::aws-sdk:s3:listBuckets",
                "arn:aws:states:::aws-sdk:sfn:startExecution.waitForTaskToken"
            })
    void isATaskAFunctionAnActivityOrAnIntegration(String resource) {
        assertThat(problems(resource)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        arn:aws:states:::sqs:sendMesage           | did you mean 'arn:aws:states:::sqs:sendMessage'?
        arn:aws:states:::http:invoke.sync         | did you mean 'arn:aws:states:::http:invoke'?
        arn:aws:states:::aws-sdk:s3:getObject.sync | write task:NAME, the ARN of a Lambda function or an activity, or arn:aws:states:::SERVICE:ACTION
        charge                                    | write task:NAME, the ARN of a Lambda function or an activity, or arn:aws:states:::SERVICE:ACTION
        ${ChargeFunctionArn}                      | write task:NAME, the ARN of a Lambda function or an activity, or arn:aws:states:::SERVICE:ACTION
        """)
    void isNothingElse(String resource, String suggestion) {
        assertThat(problems(resource))
                .containsExactly("/Resource: no such resource: '" + resource + "' (" + suggestion + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"arn:aws:states:us-east-1:111111111111:activity:charge"})
    void anActivityTakesNoCredentials(String resource) {
        assertThat(Checked.state("{\"Type\": \"Task\", \"End\": true, \"Resource\": \"" + resource
                        + "\", \"Credentials\": {\"RoleArn\": \"arn:aws:iam::1:role/r\"}}"))
                .containsExactly("/Credentials: The field 'Credentials' is not supported for activities (remove it)");
    }

    @ParameterizedTest
    @CsvSource({
        "task:ask.waitForTaskToken, Express state machine does not support '.waitForTaskToken' service integration ",
        "arn:aws:states:::states:startExecution.sync:2, Express state machine does not support '.sync' service"
                + " integration ",
        "arn:aws:states:us-east-1:111111111111:activity:charge, Express state machine does not support Activity ARN"
    })
    void aMachineWithoutAJournalWaitsForNobody(String resource, String problem) {
        String machine =
                "{\"StartAt\": \"S\", \"Reprise\": {\"Durability\": \"NONE\"}, \"States\": {\"S\": {\"Type\": \"Task\","
                        + " \"End\": true, \"Parameters\": {\"StateMachineArn\": \"a\"}, \"Resource\": \"" + resource
                        + "\"}}}";

        assertThat(Checked.machine(machine).get(0).strip()).isEqualTo("/States/S/Resource: " + problem.strip());
    }

    private static List<String> problems(String resource) {
        return Checked.state("{\"Type\": \"Task\", \"End\": true, \"Resource\": \"" + resource
                + "\", \"Parameters\": {\"StateMachineArn\": \"a\", \"ApiEndpoint\": \"https://a\","
                + " \"Method\": \"GET\"}}");
    }

    /** In any case, in either query language, written down or computed. */
    @Test
    void apiGatewayIsNotSentReservedHeaders() {
        assertThat(Checked.state("""
            {"Type": "Task", "Resource": "arn:aws:states:::apigateway:invoke", "End": true,
             "Parameters": {"ApiEndpoint": "a", "Method": "GET", "Headers": {"authorization": ["x"], "X-Order.$": "$.o", "X-Amzn-Trace-Id.$": "$.t"}}}\
            """))
                .containsExactly("/Parameters: The 'Headers' field contains unsupported values: [authorization,"
                        + " X-Amzn-Trace-Id]");
        assertThat(Checked.jsonataState("""
            {"Type": "Task", "Resource": "arn:aws-cn:states:::apigateway:invoke.waitForTaskToken", "End": true,
             "Arguments": {"ApiEndpoint": "a", "Method": "GET", "Headers": {"Host": ["x"]}}}\
            """))
                .containsExactly("/Arguments: The 'Headers' field contains unsupported values: [Host]");
        assertThat(Checked.state("""
            {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true,
             "Parameters": {"ApiEndpoint": "a", "Method": "GET", "Headers": {"Authorization": "x"}}}\
            """)).isEmpty();
    }
}
