package dev.reprise.task.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.StatesError;
import dev.reprise.task.TaskException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiGatewayInvokeTest {

    private static final String RESOURCE = "arn:aws:states:::apigateway:invoke";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebTasks tasks = new WebTasks();
    private StubApi api;

    @BeforeEach
    void begin() throws Exception {
        api = new StubApi();
    }

    @AfterEach
    void end() {
        api.close();
        tasks.close();
    }

    private ApiGatewayInvoke apiGateway() {
        return tasks.apiGateway(WebTasks.only(api));
    }

    private JsonNode run(String input) {
        return WebTasks.run(apiGateway(), RESOURCE, input.replace("API", api.host()));
    }

    /** The API that was recorded gives the request's body back; the one whose query is asked for, with the query. */
    private static StubApi.Answer recorded(StubApi.Received request) {
        if (!request.path().equals("/sfn-apigw-api/id_func")) {
            return StubApi.Answer.json(403, "{\"message\":\"Missing Authentication Token\"}");
        }
        if (request.query().isEmpty()) {
            return StubApi.Answer.json(200, request.body().isEmpty() ? "{}" : request.body());
        }
        String query = "{" + request.query().replace("&", ", ") + "}";
        return StubApi.Answer.json(
                200, "{\"body\": " + request.body() + ", \"queryStringParameters\": \"" + query + "\"}");
    }

    @Test
    void recordedCallsAreMadeAsStepFunctionsMadeThem() throws Exception {
        Path folder = Path.of(System.getProperty("corpus", "../shared/corpus"), "asl", "service_apigateway");
        assumeTrue(Files.isDirectory(folder), () -> "No recorded calls at " + folder);
        api.answers(ApiGatewayInvokeTest::recorded);
        try (Stream<Path> cases = Files.list(folder)) {
            for (Path each : cases.sorted().toList()) {
                JsonNode call = JSON.readTree(each.toFile()).at("/task_calls/0");
                ObjectNode input = (ObjectNode) call.path("parameters");
                input.put("ApiEndpoint", api.host());
                JsonNode expected = call.path("result");
                if (expected.path("type").asText().equals("succeeded")) {
                    JsonNode result = WebTasks.run(apiGateway(), RESOURCE, input);
                    for (String field : List.of("ResponseBody", "StatusCode", "StatusText")) {
                        assertThat(result.path(field))
                                .as(each + " " + field)
                                .isEqualTo(expected.at("/output/" + field));
                    }
                    if (!result.path("ResponseBody").isContainerNode()
                            || result.path("ResponseBody").isEmpty()) {
                        // How long the body was says how it was written.
                        assertThat(result.at("/Headers/Content-Length"))
                                .as(each.toString())
                                .isEqualTo(expected.at("/output/Headers/Content-Length"));
                    }
                } else {
                    TaskException failure = WebTasks.failure(apiGateway(), RESOURCE, input.toString());
                    assertThat(failure.error().error())
                            .isEqualTo(expected.path("error").textValue());
                    assertThat(JSON.readTree(failure.error().cause())).isEqualTo(expected.at("/cause/$json"));
                }
            }
        }
        assertThat(api.received).hasSizeGreaterThanOrEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        "content-type, Content-Type",
        "x-amzn-requestid, x-amzn-RequestId",
        "x-amz-apigw-id, x-amz-apigw-id",
        "x-amz-cf-pop, X-Amz-Cf-Pop",
        "x-amzn-trace-id, X-Amzn-Trace-Id",
        "via, Via"
    })
    void headersAreNamedAsRecorded(String received, String name) {
        assertThat(ApiGatewayInvoke.nameOfHeader(received)).isEqualTo(name);
    }

    @Test
    void aRequestIsPutTogetherOfItsParts() {
        run("{'ApiEndpoint': 'API', 'Method': 'PUT', 'Stage': 'prod', 'Path': '/a b/c', 'Headers': {'X-A': ['1', '2']},"
                + " 'QueryParameters': {'q': ['x y', null]}, 'RequestBody': {'n': null}}");

        StubApi.Received request = api.received.getFirst();
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.path()).isEqualTo("/prod/a%20b/c");
        assertThat(request.query()).isEqualTo("q=x%20y");
        assertThat(request.headers()).containsEntry("x-a", "1, 2").doesNotContainKey("authorization");
        assertThat(request.body()).isEqualTo("{\"n\":null}");
    }

    @Test
    void nullsAreSentWhereThatIsAllowed() {
        run("{'ApiEndpoint': 'API', 'Method': 'GET', 'AllowNullValues': true, 'QueryParameters': {'q': [null]}}");
        assertThat(api.received.getFirst().query()).isIn("q=", "q");
    }

    @ParameterizedTest
    @CsvSource({"IAM_ROLE, true", "RESOURCE_POLICY, true", "NO_AUTH, false"})
    void aRequestIsSignedWhereTheApiWantsIt(String type, boolean signed) {
        run("{'ApiEndpoint': 'API', 'Method': 'GET', 'AuthType': '" + type + "'}");

        Map<String, String> headers = api.received.getFirst().headers();
        if (signed) {
            assertThat(headers.get("authorization")).contains("/eu-west-1/execute-api/aws4_request");
        } else {
            assertThat(headers).doesNotContainKey("authorization");
        }
    }

    @Test
    void aRequestIsSignedInTheRoleOfTheStatesCredentials() throws Exception {
        try (StubApi sts = new StubApi()) {
            sts.answers(request -> new StubApi.Answer(200, Map.of(), """
                <AssumeRoleResponse><AssumeRoleResult><Credentials>
                <AccessKeyId>ROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
                <SessionToken>token</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>
                </Credentials></AssumeRoleResult></AssumeRoleResponse>\
                """.getBytes(StandardCharsets.UTF_8)));

            WebTasks.run(
                    tasks.apiGateway(WebTasks.only(api), URI.create(sts.url())),
                    RESOURCE,
                    WebTasks.json("{'ApiEndpoint': '" + api.host() + "', 'Method': 'GET', 'AuthType': 'IAM_ROLE'}"),
                    WebTasks.json("{'RoleArn': 'arn:aws:iam::111111111111:role/r'}"));
        }

        assertThat(api.received.getFirst().headers().get("authorization")).contains("Credential=ROLE/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {'ApiEndpoint': 'example.com', 'Method': 'GET'} | ApiEndpoint 'example.com' is no host of API Gateway, such as abc123.execute-api.us-east-1.amazonaws.com; one that stands for it is to be in reprise.http.allowed
        {'ApiEndpoint': 'a.execute-api.b.evil.org', 'Method': 'GET'} | ApiEndpoint 'a.execute-api.b.evil.org' is no host of API Gateway, such as abc123.execute-api.us-east-1.amazonaws.com; one that stands for it is to be in reprise.http.allowed
        {'ApiEndpoint': 'a.execute-api.cn-north-1.amazonaws.com', 'Method': 'GET'} | ApiEndpoint 'a.execute-api.cn-north-1.amazonaws.com' is no host of API Gateway, such as abc123.execute-api.us-east-1.amazonaws.com; one that stands for it is to be in reprise.http.allowed
        {'ApiEndpoint': 'API/admin', 'Method': 'GET'} | ApiEndpoint 'API/admin' must be a host and nothing more
        {'ApiEndpoint': 'API?a=b', 'Method': 'GET'} | ApiEndpoint 'API?a=b' must be a host and nothing more
        {'ApiEndpoint': 'API#a', 'Method': 'GET'} | ApiEndpoint 'API#a' must be a host and nothing more
        {'ApiEndpoint': 'me@API', 'Method': 'GET'} | ApiEndpoint 'me@API' must be a host and nothing more
        {'ApiEndpoint': 'API', 'Method': 'GET', 'Path': '/v1/../admin'} | http://API/v1/../admin has a path with . or .. in it (write the path that is meant)
        {'ApiEndpoint': 'abc123.execute-api.us-east-1.amazonaws.com', 'Method': 'GET'} | https://abc123.execute-api.us-east-1.amazonaws.com/ may not be called from here (add it to reprise.http.allowed)
        {'ApiEndpoint': 'API', 'Method': 'GET', 'AuthType': 'BASIC'} | AuthType must be one of [IAM_ROLE, NO_AUTH, RESOURCE_POLICY], was 'BASIC'
        {'ApiEndpoint': 'API', 'Method': 'GET', 'Headers': {'Authorization': ['x']}} | Headers contain unsupported values: [Authorization]
        """)
    void aRequestThatCannotBeMadeIsSaid(String input, String cause) {
        TaskException failure = WebTasks.failure(apiGateway(), RESOURCE, input.replace("API", api.host()));

        assertThat(failure.error().error()).isEqualTo("States.Runtime");
        assertThat(failure.error().cause()).isEqualTo(cause.replaceAll("API(?! Gateway)", api.host()));
        assertThat(api.received).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "abc123.execute-api.us-east-1.amazonaws.com, us-east-1",
        "abc123-vpce-0a1b.execute-api.eu-west-1.amazonaws.com, eu-west-1",
        "abc123.execute-api.cn-north-1.amazonaws.com.cn, cn-north-1",
        "abc123.execute-api.us-east-1.amazonaws.com.evil.org, ",
        "evil.org, ",
    })
    void apiGatewayIsWhereItsPartitionHasIt(String host, String region) {
        assertThat(ApiGatewayInvoke.region(host)).isEqualTo(region);
    }

    @Test
    void aPathMayHaveLettersOfAnyLanguage() {
        run("{'ApiEndpoint': 'API', 'Method': 'GET', 'Path': '/stra\u00dfe'}");

        assertThat(api.received.getFirst().path()).isEqualTo("/stra%C3%9Fe");
    }

    @Test
    void theStatusIsJudgedBeforeTheBodyIsRead() {
        api.answers(request -> new StubApi.Answer(
                503, Map.of("Content-Type", "text/html"), "verf\u00fcgbar".getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(WebTasks.failure(apiGateway(), RESOURCE, "{'ApiEndpoint': '" + api.host() + "', 'Method': 'GET'}")
                        .error())
                .isEqualTo(new StatesError("ApiGateway.503", "verf\ufffdgbar"));
    }
}
