package dev.reprise.task.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.Resource;
import dev.reprise.execution.StatesError;
import dev.reprise.task.RequestTemplate;
import dev.reprise.task.TaskException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpInvokeTest {

    private static final String RESOURCE = "arn:aws:states:::http:invoke";

    private static final String CONNECTION = "arn:aws:events:us-east-1:111111111111:connection/bank/0a1b";

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

    private HttpInvoke http() {
        return tasks.http(WebTasks.only(api), Map.of(), URI.create(api.url()));
    }

    private JsonNode run(String input) {
        return WebTasks.run(http(), RESOURCE, input.replace("API", api.url()));
    }

    private TaskException failure(String input) {
        return WebTasks.failure(http(), RESOURCE, input.replace("API", api.url()));
    }

    @Test
    void theAnswerIsTheResult() {
        api.answers(request -> StubApi.Answer.json(201, "{\"id\": 7}"));

        JsonNode result = run("{'ApiEndpoint': 'API/v1/orders?all=a%20b', 'Method': 'POST',"
                + " 'Headers': {'X-One': 'a', 'X-Two': ['b', 'c']}, 'QueryParameters': {'n': [1, 2], 'none': null},"
                + " 'RequestBody': {'item': 'pen'}}");

        assertThat(result.path("StatusCode")).isEqualTo(WebTasks.json("201"));
        assertThat(result.path("StatusText").textValue()).isEqualTo("Created");
        assertThat(result.path("ResponseBody")).isEqualTo(WebTasks.json("{'id': 7}"));
        assertThat(result.at("/Headers/content-type")).isEqualTo(WebTasks.json("['application/json']"));
        StubApi.Received request = api.received.getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/orders");
        assertThat(request.query()).isEqualTo("all=a%20b&n=1&n=2");
        assertThat(request.headers())
                .containsEntry("x-one", "a")
                .containsEntry("x-two", "b, c")
                .containsEntry("content-type", "application/json");
        assertThat(request.body()).isEqualTo("{\"item\":\"pen\"}");
    }

    @Test
    void textThatIsNoJsonStaysText() {
        api.answers(request -> new StubApi.Answer(
                200, Map.of("Content-Type", "text/plain"), "hello".getBytes(StandardCharsets.UTF_8)));
        assertThat(run("{'ApiEndpoint': 'API', 'Method': 'GET'}")
                        .path("ResponseBody")
                        .textValue())
                .isEqualTo("hello");
    }

    @ParameterizedTest
    @CsvSource({"404, States.Http.StatusCode.404", "500, States.Http.StatusCode.500", "302, States.Http.StatusCode.302"
    })
    void whatIsNoSuccessIsAnErrorOfItsCode(int status, String error) {
        api.answers(request -> StubApi.Answer.json(status, "{\"why\": \"no\"}"));

        TaskException failure = failure("{'ApiEndpoint': 'API', 'Method': 'GET'}");

        assertThat(failure.error().error()).isEqualTo(error);
        assertThat(failure.error().cause()).isEqualTo("{\"why\": \"no\"}");
        assertThat(api.received).hasSize(1);
    }

    @Test
    void theStatusIsJudgedBeforeTheBodyIsRead() {
        api.answers(request -> new StubApi.Answer(
                503,
                Map.of("Content-Type", "text/html; charset=iso-8859-1"),
                "nicht verf\u00fcgbar".getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(failure("{'ApiEndpoint': 'API', 'Method': 'GET'}").error())
                .isEqualTo(new StatesError("States.Http.StatusCode.503", "nicht verf\ufffdgbar"));
        api.answers(request -> new StubApi.Answer(404, Map.of("Content-Type", "image/png"), new byte[] {1, 2}));
        assertThat(failure("{'ApiEndpoint': 'API', 'Method': 'GET'}").error())
                .isEqualTo(new StatesError("States.Http.StatusCode.404", "Not Found"));
    }

    @Test
    void aPathMayHaveLettersOfAnyLanguage() {
        run("{'ApiEndpoint': 'API/stra\u00dfe/\u540d?q=\u00fc', 'Method': 'GET'}");

        assertThat(api.received.getFirst().path()).isEqualTo("/stra%C3%9Fe/%E5%90%8D");
        assertThat(api.received.getFirst().query()).isEqualTo("q=%C3%BC");
    }

    @Test
    void whoDoesNotAnswerIsAnErrorOfTheSocket() {
        String url = api.url();
        HttpInvoke http = http();
        api.close();

        assertThat(WebTasks.failure(http, RESOURCE, "{'ApiEndpoint': '" + url + "', 'Method': 'GET'}")
                        .error()
                        .error())
                .isEqualTo("States.Http.Socket");
    }

    @Test
    void whatIsNoTextIsRefused() {
        api.answers(request ->
                new StubApi.Answer(200, Map.of("Content-Type", "text/plain"), new byte[] {(byte) 0xff, 0x00}));
        assertThat(failure("{'ApiEndpoint': 'API', 'Method': 'GET'}").error().cause())
                .contains("no text in UTF-8");
        api.answers(request ->
                new StubApi.Answer(200, Map.of("Content-Type", "image/png"), "abc".getBytes(StandardCharsets.UTF_8)));
        assertThat(failure("{'ApiEndpoint': 'API', 'Method': 'GET'}").error().cause())
                .contains("no text in UTF-8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        {'Method': 'GET'}                                                     | ApiEndpoint must be a text
        {'ApiEndpoint': 'API', 'Method': 'FETCH'}                             | Method must be one of [DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT], was 'FETCH'
        {'ApiEndpoint': 'not a url', 'Method': 'GET'}                         | ApiEndpoint 'not a url' is no URL: Illegal character in path at index 3: not a url
        {'ApiEndpoint': 'API', 'Method': 'GET', 'Headers': 5}                 | Headers must be an object, was NUMBER
        {'ApiEndpoint': 'API', 'Method': 'GET', 'Headers': {'Host': 'x'}}     | Headers contain what may not be sent: [Host]
        {'ApiEndpoint': 'API', 'Method': 'GET', 'Headers': {'a b': 'x'}}      | HTTP has no such request: invalid header name: "a b"
        {'ApiEndpoint': 'API', 'Method': 'GET', 'QueryParameters': {'a': {}}} | QueryParameters 'a' must be a text, a number, a boolean, or an array of these
        {'ApiEndpoint': 'API', 'Method': 'POST', 'Transform': {'RequestBodyEncoding': 'XML'}} | Transform RequestBodyEncoding must be NONE or URL_ENCODED, was 'XML'
        {'ApiEndpoint': 'API', 'Method': 'GET', 'Authentication': {'ConnectionArn': 'bank'}}  | ConnectionArn 'bank' must be arn:aws:events:REGION:ACCOUNT:connection/NAME/ID
        """)
    void aRequestThatCannotBeMadeIsSaid(String input, String cause) {
        TaskException failure = failure(input);

        assertThat(failure.error().error()).isEqualTo("States.Runtime");
        assertThat(failure.error().cause()).isEqualTo(cause);
        assertThat(api.received).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        INDICES  | list%5B0%5D=a&list%5B1%5D=b&inner%5Bx%5D=1+2
        REPEAT   | list=a&list=b&inner%5Bx%5D=1+2
        COMMAS   | list=a,b&inner%5Bx%5D=1+2
        BRACKETS | list%5B%5D=a&list%5B%5D=b&inner%5Bx%5D=1+2
        """)
    void aBodyMayBeAForm(String format, String body) {
        run("{'ApiEndpoint': 'API', 'Method': 'POST', 'RequestBody': {'list': ['a', 'b'], 'inner': {'x': '1 2'}},"
                + " 'Transform': {'RequestBodyEncoding': 'URL_ENCODED',"
                + " 'RequestEncodingOptions': {'ArrayFormat': '" + format + "'}}}");

        assertThat(api.received.getFirst().body()).isEqualTo(body);
        assertThat(api.received.getFirst().headers())
                .containsEntry("content-type", "application/x-www-form-urlencoded");
    }

    // ---- connections

    @Test
    void theConfigurationMayStandForAConnection() {
        HttpInvoke http = tasks.http(
                WebTasks.only(api),
                Map.of(
                        "bank",
                        "{\"Headers\": {\"X-Key\": \"k\"}, \"QueryParameters\": {\"q\": \"1\"},"
                                + " \"RequestBody\": {\"who\": \"us\"}}"),
                URI.create("http://nowhere.invalid"));

        WebTasks.run(
                http,
                RESOURCE,
                "{'ApiEndpoint': '" + api.url() + "', 'Method': 'POST',"
                        + " 'Headers': {'x-key': 'mine'}, 'RequestBody': {'who': 'me', 'a': 1},"
                        + " 'Authentication': {'ConnectionArn': '" + CONNECTION + "'}}");

        StubApi.Received request = api.received.getFirst();
        assertThat(request.headers()).containsEntry("x-key", "k");
        assertThat(request.query()).isEqualTo("q=1");
        assertThat(request.body()).isEqualTo("{\"who\":\"us\",\"a\":1}");
    }

    /** A line end that came with a secret. */
    @Test
    void aHeaderThatCannotBeSentIsNamedAndItsValueIsNot() {
        HttpInvoke http = tasks.http(
                WebTasks.only(api),
                Map.of("bank", "{\"Headers\": {\"X-Key\": \"secret\\n\"}}"),
                URI.create("http://nowhere.invalid"));

        assertThat(WebTasks.failure(
                                http,
                                RESOURCE,
                                "{'ApiEndpoint': '" + api.url() + "', 'Method': 'GET',"
                                        + " 'Authentication': {'ConnectionArn': '" + CONNECTION + "'}}")
                        .error())
                .isEqualTo(new StatesError(
                        "States.Runtime", "HTTP has no such request: invalid value of the header \"X-Key\""));
    }

    @Test
    void soIsOneOfTheRequestForAToken() throws Exception {
        String parameters = "{\"OAuthParameters\": {\"ClientParameters\": {\"ClientID\": \"me\"},"
                + " \"AuthorizationEndpoint\": \"" + api.url() + "/token\", \"HttpMethod\": \"POST\","
                + " \"OAuthHttpParameters\": {\"HeaderParameters\": [{\"Key\": \"X-Key\", \"Value\": \"hidden\\n\","
                + " \"IsValueSecret\": false}]}}}";
        try (StubApi aws =
                aws("OAUTH_CLIENT_CREDENTIALS", parameters, "{\"client_id\": \"me\", \"client_secret\": \"s\"}")) {
            HttpInvoke http = tasks.http(WebTasks.only(api), Map.of(), URI.create(aws.url()));

            assertThat(WebTasks.failure(
                                    http,
                                    RESOURCE,
                                    "{'ApiEndpoint': '" + api.url() + "/pay', 'Method': 'GET',"
                                            + " 'Authentication': {'ConnectionArn': '" + CONNECTION + "'}}")
                            .error())
                    .isEqualTo(new StatesError(
                            "States.Runtime", "HTTP has no such request: invalid value of the header \"X-Key\""));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        API_KEY | {"ApiKeyAuthParameters": {"ApiKeyName": "X-Api-Key"}} | {"api_key_name": "X-Api-Key", "api_key_value": "key-1"} | x-api-key     | key-1
        BASIC   | {"BasicAuthParameters": {"Username": "us"}}           | {"username": "us", "password": "pass"}                  | authorization | Basic dXM6cGFzcw==
        """)
    void aConnectionOfEventBridgeSaysWhoAsks(String type, String parameters, String secret, String header, String value)
            throws Exception {
        try (StubApi aws = aws(type, parameters, secret)) {
            HttpInvoke http = tasks.http(WebTasks.only(api), Map.of(), URI.create(aws.url()));
            String input = "{'ApiEndpoint': '" + api.url() + "', 'Method': 'GET',"
                    + " 'InvocationConfig': {'ConnectionArn': '" + CONNECTION + "'}}";

            WebTasks.run(http, RESOURCE, input);
            WebTasks.run(http, RESOURCE, input);

            assertThat(api.received)
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request.headers()).containsEntry(header, value));
            assertThat(aws.received)
                    .extracting(request -> request.headers().get("x-amz-target"))
                    .containsExactly("AWSEvents.DescribeConnection", "secretsmanager.GetSecretValue");
            assertThat(aws.received.getFirst().body()).isEqualTo("{\"Name\":\"bank\"}");
        }
    }

    @Test
    void aTokenIsAskedForAndAskedForAgainWhenItIsNotTaken() throws Exception {
        Map<String, Integer> tokens = new HashMap<>();
        api.answers(request -> {
            if (request.path().equals("/token")) {
                int number = tokens.merge("given", 1, Integer::sum);
                return StubApi.Answer.json(200, "{\"access_token\": \"t" + number + "\"}");
            }
            return StubApi.Answer.json("Bearer t2".equals(request.headers().get("authorization")) ? 200 : 401, "{}");
        });
        String parameters = "{\"OAuthParameters\": {\"ClientParameters\": {\"ClientID\": \"me\"},"
                + " \"AuthorizationEndpoint\": \"" + api.url() + "/token\", \"HttpMethod\": \"POST\","
                + " \"OAuthHttpParameters\": {\"BodyParameters\": [{\"Key\": \"scope\", \"Value\": \"pay\","
                + " \"IsValueSecret\": false}]}}}";
        try (StubApi aws =
                aws("OAUTH_CLIENT_CREDENTIALS", parameters, "{\"client_id\": \"me\", \"client_secret\": \"s\"}")) {
            HttpInvoke http = tasks.http(WebTasks.only(api), Map.of(), URI.create(aws.url()));

            JsonNode result = WebTasks.run(
                    http,
                    RESOURCE,
                    "{'ApiEndpoint': '" + api.url() + "/pay', 'Method': 'GET',"
                            + " 'Authentication': {'ConnectionArn': '" + CONNECTION + "'}}");

            assertThat(result.path("StatusCode").intValue()).isEqualTo(200);
            assertThat(api.received)
                    .extracting(StubApi.Received::path)
                    .containsExactly("/token", "/pay", "/token", "/pay");
            assertThat(api.received.getFirst().body())
                    .isEqualTo("grant_type=client_credentials&client_id=me&client_secret=s&scope=pay");
        }
    }

    @Test
    void aConnectionThatIsNotThereIsAnErrorOfEventBridge() throws Exception {
        try (StubApi aws = new StubApi()) {
            aws.answers(request ->
                    StubApi.Answer.json(400, "{\"__type\": \"ResourceNotFoundException\", \"message\": \"none\"}"));
            HttpInvoke http = tasks.http(WebTasks.only(api), Map.of(), URI.create(aws.url()));

            assertThat(WebTasks.failure(
                                    http,
                                    RESOURCE,
                                    "{'ApiEndpoint': '" + api.url() + "', 'Method': 'GET',"
                                            + " 'Authentication': {'ConnectionArn': '" + CONNECTION + "'}}")
                            .error()
                            .error())
                    .isEqualTo("EventBridge.ResourceNotFoundException");
        }
    }

    /** What is asked for by name would be the connection of this function's region that is called the same. */
    @Test
    void aConnectionOfAnotherRegionIsNotTakenForOneOfThis() throws Exception {
        try (StubApi aws = new StubApi()) {
            aws.answers(request -> StubApi.Answer.json(200, "{\"ConnectionArn\": \"" + CONNECTION + "\"}"));
            HttpInvoke http = tasks.http(WebTasks.only(api), Map.of(), URI.create(aws.url()));

            assertThat(WebTasks.failure(
                                    http,
                                    RESOURCE,
                                    "{'ApiEndpoint': '" + api.url() + "', 'Method': 'GET', 'Authentication':"
                                            + " {'ConnectionArn': '"
                                            + CONNECTION.replace("us-east-1", "eu-west-1") + "'}}")
                            .error()
                            .cause())
                    .endsWith("is in another region or account than this function, where '" + CONNECTION + "' is");
        }
    }

    /** EventBridge and Secrets Manager of another account, for whose role there are other values than for no role. */
    @Test
    void aConnectionIsReadInTheRoleOfTheStatesCredentials() throws Exception {
        String theirs = CONNECTION.replace("111111111111", "222222222222");
        try (StubApi aws = new StubApi()) {
            aws.answers(request -> accounts(request, theirs));
            HttpInvoke http = tasks.http(WebTasks.only(api), Map.of(), URI.create(aws.url()));

            for (int time = 0; time < 2; time++) {
                WebTasks.run(http, RESOURCE, callWith(theirs), ROLE);
                WebTasks.run(http, RESOURCE, callWith(CONNECTION), null);
            }

            assertThat(api.received)
                    .extracting(request -> request.headers().get("x-api-key"))
                    .containsExactly("key of ROLE", "key of AKID", "key of ROLE", "key of AKID");
            assertThat(aws.received)
                    .extracting(HttpInvokeTest::asked)
                    .containsExactly(
                            "AKID asks AssumeRole arn:aws:iam::222222222222:role/reader",
                            "ROLE asks AWSEvents.DescribeConnection {\"Name\":\"bank\"}",
                            "ROLE asks secretsmanager.GetSecretValue {\"SecretId\":\"" + secretOf(theirs) + "\"}",
                            "AKID asks AWSEvents.DescribeConnection {\"Name\":\"bank\"}",
                            "AKID asks secretsmanager.GetSecretValue {\"SecretId\":\"" + secretOf(CONNECTION) + "\"}");

            assertThat(WebTasks.failure(http, RESOURCE, callWith(theirs), null)
                            .error()
                            .cause())
                    .as("what a role may read, others do not get")
                    .endsWith("is in another region or account than this function, where '" + CONNECTION + "' is");
            assertThat(WebTasks.failure(http, RESOURCE, callWith(CONNECTION), ROLE)
                            .error()
                            .cause())
                    .endsWith("is in another region or account than this function in the role"
                            + " arn:aws:iam::222222222222:role/reader, where '" + theirs + "' is");
            assertThat(api.received).hasSize(4);
        }
    }

    private static final JsonNode ROLE = WebTasks.json("{'RoleArn': 'arn:aws:iam::222222222222:role/reader'}");

    private JsonNode callWith(String connection) {
        return WebTasks.json("{'ApiEndpoint': '" + api.url() + "', 'Method': 'GET',"
                + " 'Authentication': {'ConnectionArn': '" + connection + "'}}");
    }

    private static String whoAsks(StubApi.Received request) {
        return request.headers().get("authorization").replaceAll(".*Credential=([^/]*)/.*", "$1");
    }

    private static String asked(StubApi.Received request) {
        String target = request.headers().get("x-amz-target");
        String what = target != null
                ? target + " " + request.body()
                : "AssumeRole "
                        + URLDecoder.decode(
                                request.body().replaceAll(".*RoleArn=([^&]*).*", "$1"), StandardCharsets.UTF_8);
        return whoAsks(request) + " asks " + what;
    }

    private static String secretOf(String connection) {
        return connection.replace(":events:", ":secretsmanager:").replace(":connection/", ":secret:");
    }

    private static StubApi.Answer accounts(StubApi.Received request, String theirs) {
        String target = request.headers().get("x-amz-target");
        if (target == null) {
            return new StubApi.Answer(200, Map.of(), """
                <AssumeRoleResponse><AssumeRoleResult><Credentials>
                <AccessKeyId>ROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
                <SessionToken>token</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>
                </Credentials></AssumeRoleResult></AssumeRoleResponse>\
                """.getBytes(StandardCharsets.UTF_8));
        }
        String who = whoAsks(request);
        String mine = who.equals("ROLE") ? theirs : CONNECTION;
        return StubApi.Answer.json(
                200,
                (target.equals("AWSEvents.DescribeConnection")
                                ? "{'ConnectionArn': '" + mine + "', 'AuthorizationType': 'API_KEY', 'SecretArn': '"
                                        + secretOf(mine) + "', 'AuthParameters':"
                                        + " {'ApiKeyAuthParameters': {'ApiKeyName': 'X-Api-Key'}}}"
                                : "{'SecretString': '{\\'api_key_value\\': \\'key of " + who + "\\'}'}")
                        .replace('\'', '"'));
    }

    @Test
    void aRoleThatCannotBeTakenOnIsAnErrorOfPermissions() throws Exception {
        try (StubApi aws = new StubApi()) {
            aws.answers(request -> new StubApi.Answer(
                    403,
                    Map.of(),
                    "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>"
                            .getBytes(StandardCharsets.UTF_8)));
            HttpInvoke http = tasks.http(WebTasks.only(api), Map.of(), URI.create(aws.url()));

            assertThat(WebTasks.failure(http, RESOURCE, callWith(CONNECTION), ROLE)
                            .error())
                    .satisfies(error -> {
                        assertThat(error.error()).isEqualTo("States.Permissions");
                        assertThat(error.cause())
                                .startsWith("Cannot take on the role arn:aws:iam::222222222222:role/reader: not you");
                    });
            assertThat(aws.received).hasSize(1);
            assertThat(api.received).isEmpty();
        }
    }

    @Test
    void whereTheConfigurationStandsForAConnectionNoRoleIsTakenOn() {
        HttpInvoke http = tasks.http(
                WebTasks.only(api),
                Map.of("bank", "{\"Headers\": {\"X-Key\": \"k\"}}"),
                URI.create("http://nowhere.invalid"));

        WebTasks.run(http, RESOURCE, callWith(CONNECTION), ROLE);

        assertThat(api.received.getFirst().headers()).containsEntry("x-key", "k");
    }

    private static StubApi aws(String type, String parameters, String secret) throws Exception {
        StubApi aws = new StubApi();
        aws.answers(request -> "AWSEvents.DescribeConnection"
                        .equals(request.headers().get("x-amz-target"))
                ? StubApi.Answer.json(
                        200,
                        "{\"AuthorizationType\": \"" + type + "\", \"SecretArn\": \"arn:secret\", \"AuthParameters\": "
                                + parameters + "}")
                : StubApi.Answer.json(
                        200,
                        "{\"SecretString\": " + com.fasterxml.jackson.databind.node.TextNode.valueOf(secret) + "}"));
        return aws;
    }

    // ---- at load

    @Test
    void aFieldThatIsNotKnownShowsAtLoad() {
        assertThat(http().problems(
                                Resource.parse(RESOURCE),
                                new RequestTemplate(
                                        WebTasks.json("{'ApiEndpoint.$': '$.url', 'Method': 'SEND', 'Header': {}}"),
                                        QueryLanguage.JSONPATH)))
                .extracting(problem -> problem.pointer() + " " + problem.message() + " " + problem.suggestion())
                .containsExactly(
                        "/Method must be one of [DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT] null",
                        "/Header The field 'Header' is not supported by Step Functions did you mean 'Headers'?");
        assertThat(http().find(Resource.parse("arn:aws:states:::apigateway:invoke")))
                .isNull();
        assertThat(List.of(http().known())).isNotEmpty();
    }
}
