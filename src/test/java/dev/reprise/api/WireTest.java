package dev.reprise.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.api.ApiFunction.Reply;
import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How requests and answers look on the wire. */
class WireTest {

    private static final String PASS = "{'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}";
    private static final String HELLO = "arn:aws:states:us-east-1:000000000000:stateMachine:hello";

    @TempDir
    Path folder;

    private ApiFunction function;

    @BeforeEach
    void start() {
        function = new ApiFunction(folder).file("hello", PASS);
    }

    @AfterEach
    void stop() {
        function.close();
    }

    @Test
    void timesArePlainDecimals() {
        String answer = new String(
                ((HttpAnswer.Bytes) function.ask("StartExecution", "{'stateMachineArn': '" + HELLO + "'}")
                                .http()
                                .body())
                        .bytes(),
                StandardCharsets.UTF_8);

        assertThat(answer).containsPattern("\"startDate\":\\d{10}\\.\\d{3}[,}]");
    }

    @Test
    void aTimeOfFullSecondsHasNoExponentEither() {
        assertThat(AnswerJson.seconds(java.time.Instant.ofEpochSecond(1_780_000_000))
                        .toString())
                .isEqualTo("1780000000.000");
        assertThat(AnswerJson.seconds(java.time.Instant.ofEpochMilli(1_780_000_000_120L))
                        .decimalValue())
                .isEqualByComparingTo(new BigDecimal("1780000000.12"));
    }

    @Test
    void everyAnswerHasARequestIdAndTheTypeOfTheProtocol() {
        for (Reply reply : new Reply[] {function.ask("ListStateMachines", "{}"), function.ask("Nothing", "{}")}) {
            assertThat(reply.http().headers())
                    .containsEntry("Content-Type", "application/x-amz-json-1.0")
                    .containsKey("x-amzn-RequestId");
        }
    }

    @Test
    void anUnknownActionIsRefusedWithoutAMessage() {
        Reply reply = function.ask("StartExecutions", "{}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().toString())
                .isEqualTo("{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}");
    }

    @Test
    void whatIsNoRequestOfTheProtocolIsRefused() {
        HttpAnswer answer = function.endpoint().answer(new HttpCall("GET", "/", "", Map.of(), new byte[0]));

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void ownErrorsAndThoseOfTheModelBearTheirNamespaces() {
        assertThat(function.ask("DescribeExecution", "{'executionArn': 'x'}")
                        .body()
                        .toString())
                .isEqualTo("{\"__type\":\"com.amazonaws.swf.service.v2.model#InvalidArn\","
                        + "\"message\":\"Invalid Arn: 'Invalid ARN prefix: x'\"}");
        assertThat(function.ask("DescribeExecution", "{}").body().toString())
                .isEqualTo("{\"__type\":\"com.amazon.coral.validate#ValidationException\",\"message\":\"1 validation"
                        + " error detected: Value null at 'executionArn' failed to satisfy constraint: Member must not"
                        + " be null\"}");
    }

    @Test
    void allViolationsAreToldTogetherAndSecretsAreNotShown() {
        Reply reply = function.ask(
                "CreateStateMachine", "{'name': '" + "n".repeat(81) + "', 'definition': '', 'type': 'FAST'}");

        assertThat(reply.message())
                .isEqualTo("4 validation errors detected: Value '" + "n".repeat(81)
                        + "' at 'name' failed to satisfy constraint: Member must have length less than or equal to 80;"
                        + " Value at 'definition' failed to satisfy constraint: Member must have length greater than or"
                        + " equal to 1; Value null at 'roleArn' failed to satisfy constraint: Member must not be null;"
                        + " Value 'FAST' at 'type' failed to satisfy constraint: Member must satisfy enum value set:"
                        + " [STANDARD, EXPRESS]");
    }

    @Test
    void aNumberOutOfItsRangeIsRefused() {
        assertThat(function.ask("ListStateMachines", "{'maxResults': 1001}").message())
                .endsWith("Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than"
                        + " or equal to 1000");
    }

    @Test
    void aNameThatBreaksThePatternOfAliasesIsRefused() {
        assertThat(function.ask(
                                "CreateStateMachineAlias",
                                "{'name': '17', 'routingConfiguration': [{'stateMachineVersionArn': '" + HELLO
                                        + ":1', 'weight': 100}]}")
                        .message())
                .contains("Value '17' at 'name' failed to satisfy constraint: Member must satisfy regular expression"
                        + " pattern: ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$");
    }

    @Test
    void aValueOfAnotherTypeIsASerializationException() {
        Reply reply = function.ask("StartExecution", "{'stateMachineArn': '" + HELLO + "', 'name': 17}");

        assertThat(reply.error()).isEqualTo("SerializationException");
        assertThat(reply.message()).isEqualTo("'name' must be a string, not the number 17");
    }

    @Test
    void whatIsNoJsonIsASerializationException() {
        assertThat(function.send("ListStateMachines", "{\"a\":".getBytes(StandardCharsets.UTF_8))
                        .error())
                .isEqualTo("SerializationException");
        assertThat(function.send("ListStateMachines", "[]".getBytes(StandardCharsets.UTF_8))
                        .error())
                .isEqualTo("SerializationException");
    }

    @Test
    void theFormOfTheArnComesBeforeTheConstraints() {
        assertThat(function.ask("StartExecution", "{'stateMachineArn': 'not-an-arn', 'name': '" + "n".repeat(81) + "'}")
                        .message())
                .isEqualTo("Invalid Arn: 'Invalid ARN prefix: not-an-arn'");
    }

    @Test
    void theStateMachineComesBeforeTheNameAndTheNameBeforeTheInput() {
        String absent = HELLO.replace("hello", "absent");

        assertThat(function.ask("StartExecution", "{'stateMachineArn': '" + absent + "', 'name': 'a b', 'input': 'x'}")
                        .message())
                .isEqualTo("State Machine Does Not Exist: '" + absent + "'");
        assertThat(function.ask("StartExecution", "{'stateMachineArn': '" + HELLO + "', 'name': 'a b', 'input': 'x'}")
                        .message())
                .isEqualTo("Invalid Name: 'a b'");
        assertThat(function.ask("StartExecution", "{'stateMachineArn': '" + HELLO + "', 'name': 'a', 'input': 'x'}")
                        .error())
                .isEqualTo("InvalidExecutionInput");
    }

    @Test
    void anArnOfAnotherTypeIsRefused() {
        assertThat(function.ask("DescribeExecution", "{'executionArn': '" + HELLO + "'}")
                        .message())
                .isEqualTo("Invalid Arn: 'Resource type not valid in this context: stateMachine'");
    }
}
