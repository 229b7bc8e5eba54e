package dev.reprise.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.api.ApiFunction;
import dev.reprise.execution.RequestException;
import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import dev.reprise.operations.Invocation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests of HTTP as Lambda gets and answers them. */
class HttpEventsTest {

    private static final String BODY = "{\"maxResults\":5}";

    /** As a Function URL sends it. */
    private static final String SECOND = """
        {"version": "2.0", "rawPath": "/", "rawQueryString": "a=1&b=2", "headers": {"x-amz-target":
        "AWSStepFunctions.ListStateMachines", "content-type": "application/x-amz-json-1.0"}, "requestContext":
        {"accountId": "anonymous", "http": {"method": "POST", "path": "/"}}, "body": "%s", "isBase64Encoded": true}
        """.formatted(Base64.getEncoder().encodeToString(BODY.getBytes(UTF_8)));

    /** As API Gateway's REST API sends it. */
    private static final String FIRST = """
        {"resource": "/", "path": "/", "httpMethod": "POST", "headers": {"X-Amz-Target":
        "AWSStepFunctions.ListStateMachines"}, "multiValueHeaders": {"X-Amz-Target":
        ["AWSStepFunctions.ListStateMachines"]}, "queryStringParameters": {"a": "1"}, "requestContext": {"stage":
        "prod"}, "body": "{\\"maxResults\\":5}", "isBase64Encoded": false}
        """;

    private static HttpCall read(String event) {
        return ((Request.Http) RequestReader.read(event.getBytes(UTF_8))).call();
    }

    @Test
    void bothPayloadsAreReadAlike() {
        for (String event : new String[] {FIRST, SECOND}) {
            HttpCall call = read(event);

            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.path()).isEqualTo("/");
            assertThat(call.header("X-Amz-Target")).isEqualTo("AWSStepFunctions.ListStateMachines");
            assertThat(new String(call.body(), UTF_8)).isEqualTo(BODY);
        }
    }

    @Test
    void anEventWithoutABodyIsARequestToo() {
        assertThat(read(FIRST.replace("\"{\\\"maxResults\\\":5}\"", "null")).body())
                .isEmpty();
    }

    @Test
    void aBodyThatIsNoBase64IsRefused() {
        assertThatThrownBy(() -> read(FIRST.replace("false", "true")))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("base64");
    }

    @Test
    void anEventOfAnotherKindIsNoRequestOfHttp() throws IOException {
        ObjectMapper mapper = new ObjectMapper();

        assertThat(HttpEvents.isOne(mapper.readTree("{\"workflow\": \"orders\"}")))
                .isFalse();
        assertThat(HttpEvents.isOne(mapper.readTree("{\"Records\": []}"))).isFalse();
    }

    @Test
    void textIsAnsweredAsItIsAndAllElseInBase64() {
        assertThat(HttpEvents.write(HttpAnswer.text(200, "application/x-amz-json-1.0", "{}"))
                        .toString())
                .isEqualTo("{\"statusCode\":200,\"headers\":{\"Content-Type\":\"application/x-amz-json-1.0\"},"
                        + "\"body\":\"{}\",\"isBase64Encoded\":false}");
        JsonNode binary = HttpEvents.write(HttpAnswer.of(200, "image/png", new byte[] {1, 2, 3}));
        assertThat(binary.path("isBase64Encoded").booleanValue()).isTrue();
        assertThat(binary.path("body").asText()).isEqualTo("AQID");
    }

    @Test
    void theApiAnswersThroughAFunctionUrl(@TempDir Path folder) {
        try (ApiFunction function = new ApiFunction(folder)) {
            function.file("hello", "{'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}");

            JsonNode answer = HttpEvents.write(function.endpoint().answer(read(SECOND)));

            assertThat(answer.path("statusCode").intValue()).isEqualTo(200);
            assertThat(answer.path("body").asText()).contains("stateMachine:hello");
        }
    }

    /** API Gateway has given up after half a minute: a task that a worker gets later would have no worker. */
    @Test
    void aWorkerAsksThroughAGatewayForHalfAMinute() {
        Instant now = Instant.parse("2026-11-20T12:00:00Z");
        List<Instant> deadlines = new ArrayList<>();
        RequestHandler handler = new RequestHandler(
                null,
                null,
                null,
                null,
                null,
                invocation -> {
                    deadlines.add(invocation.deadline());
                    return call -> HttpAnswer.text(200, "application/x-amz-json-1.0", "{}");
                },
                InstantSource.fixed(now));
        Invocation whole = new Invocation("r-1", "arn", now.plusSeconds(900));
        Invocation nearlyOver = new Invocation("r-2", "arn", now.plusSeconds(10));
        String poll = FIRST.replace("ListStateMachines", "GetActivityTask");
        String pollByUrl = SECOND.replace("ListStateMachines", "GetActivityTask")
                .replace("\"accountId\"", "\"domainName\": \"abc123.lambda-url.eu-west-1.on.aws\", \"accountId\"");

        handler.apply(poll.getBytes(UTF_8), whole);
        handler.apply(poll.getBytes(UTF_8), nearlyOver);
        handler.apply(pollByUrl.getBytes(UTF_8), whole);
        handler.apply(FIRST.getBytes(UTF_8), whole);

        assertThat(deadlines)
                .containsExactly(now.plusSeconds(28), now.plusSeconds(10), now.plusSeconds(900), now.plusSeconds(900));
    }
}
