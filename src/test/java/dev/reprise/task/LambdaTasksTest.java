package dev.reprise.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.reprise.asl.Resource;
import dev.reprise.execution.StatesError;
import dev.reprise.task.StubService.Answer;
import dev.reprise.task.aws.LambdaCalls;
import dev.reprise.task.aws.LambdaFunctions;
import dev.reprise.task.aws.LambdaInvoke;
import dev.reprise.task.aws.client.AssumedRoles;
import dev.reprise.task.aws.client.AwsAccess;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.Connections;
import dev.reprise.task.aws.client.Endpoints;
import dev.reprise.task.aws.model.ServiceModel;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Lambda functions as tasks, against a stub of the Lambda API. */
class LambdaTasksTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:charge";
    private static final String MAPPED = "arn:aws:lambda:us-east-1:111111111111:function:mapped";
    private static final int NOBODY_LISTENS = 1;
    private static final String INVOKE = "arn:aws:states:::lambda:invoke";

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private StubService lambda;
    private StubService sts;
    private AwsClient client;
    private TaskRunners runners;

    @BeforeEach
    void start() throws Exception {
        lambda = new StubService();
        sts = new StubService();
        client = client(service -> service.name().equals("sts") ? sts.endpoint() : lambda.endpoint());
        LambdaCalls calls = new LambdaCalls(new TaskThreads(executor), client, roles());
        InProcessTasks inProcess = new InProcessTasks(Map.of(
                "double",
                call -> Uni.createFrom()
                        .item(JSON.getNodeFactory().numberNode(2 * call.input().intValue())),
                "fail",
                call -> Uni.createFrom().failure(new TaskException("CardDeclined", "ends in 4242"))));
        MappedTasks mapped = new MappedTasks(
                Map.of(MAPPED, "task:double", MAPPED + ":broken", "task:fail"),
                MappingFile.readOnce(Path.of("nowhere")),
                inProcess);
        runners = new TaskRunners(inProcess, mapped, new LambdaFunctions(calls), new LambdaInvoke(calls, mapped));
    }

    @AfterEach
    void stop() {
        lambda.close();
        client.close();
        sts.close();
        executor.shutdownNow();
    }

    private static AwsClient client(Function<ServiceModel, URI> endpoints) {
        return new AwsClient(
                new Endpoints(() -> "us-east-1", endpoints, List.of()),
                () -> AwsBasicCredentials.create("own", "own"),
                AwsAccess.allowed(),
                new Connections(10_000),
                Clock.systemUTC());
    }

    private AssumedRoles roles() {
        return new AssumedRoles(client, Clock.systemUTC());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        arn:aws:lambda:us-east-1:111111111111:function:charge | {}
        arn:aws:states:::lambda:invoke                        | {"FunctionName": "charge"}
        """)
    void aFunctionIsAskedInTheRoleOfTheStatesCredentials(String resource, String input) throws Exception {
        sts.answers(new Answer(200, Map.of(), """
            <AssumeRoleResponse><AssumeRoleResult><Credentials>
            <AccessKeyId>ROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
            <SessionToken>token</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>
            </Credentials></AssumeRoleResult></AssumeRoleResponse>\
            """));
        lambda.answers(Answer.json("null"));

        runner(resource).run(inRole(resource, input)).await().atMost(Duration.ofSeconds(20));

        assertThat(lambda.received().getFirst().header("Authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=ROLE/");
    }

    @Test
    void aRoleThatIsNotGivenFailsTheTaskAndNobodyIsAsked() throws Exception {
        sts.answers(Answer.error(403, "AccessDenied", "not you"));

        assertThat(catchThrowable(() ->
                        runner(FUNCTION).run(inRole(FUNCTION, "{}")).await().atMost(Duration.ofSeconds(20))))
                .isInstanceOfSatisfying(
                        TaskException.class,
                        failure -> assertThat(failure.error().error()).isEqualTo("States.Permissions"));
        assertThat(lambda.received()).isEmpty();
    }

    private TaskRunner runner(String resource) {
        return runners.find(Resource.parse(resource));
    }

    private static TaskCall inRole(String resource, String input) throws Exception {
        return new TaskCall(
                resource,
                JSON.readTree(input),
                new TaskContext("arn:aws:states:us-east-1:111111111111:execution:m:e", "/", "S", 0, "key", null),
                JSON.readTree("{\"RoleArn\": \"arn:aws:iam::111111111111:role/r\"}"));
    }

    @Test
    void aFunctionGetsTheInputAndGivesTheResult() throws Exception {
        lambda.answers(new Answer(200, Map.of("X-Amz-Executed-Version", "$LATEST"), "{\"paid\":true}"));

        assertThat(run(FUNCTION, "{\"order\":1}")).isEqualTo(JSON.readTree("{\"paid\":true}"));
        assertThat(lambda.received()).singleElement().satisfies(request -> {
            assertThat(request.uri())
                    .isEqualTo(
                            "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A111111111111%3Afunction%3Acharge/invocations");
            assertThat(request.body()).isEqualTo("{\"order\":1}");
        });
    }

    @Test
    void aResultThatHasANumberThatNoDoubleHoldsIsAFailure() {
        lambda.answers(new Answer(200, Map.of(), "{\"paid\":1e400}"));

        StatesError error = failure(FUNCTION, "{}");

        assertThat(error.error()).isEqualTo("States.TaskFailed");
        assertThat(error.cause()).contains("1e400").contains("out of range of double");
    }

    @Test
    void invokeAnswersAsTheApiDoes() throws Exception {
        lambda.answers(new Answer(200, Map.of("X-Amz-Executed-Version", "7"), "{\"paid\":true}"));

        JsonNode result = run(INVOKE, "{\"FunctionName\":\"charge\",\"Qualifier\":\"7\",\"Payload\":\"text\"}");

        assertThat(lambda.received().getFirst().uri())
                .isEqualTo("/2015-03-31/functions/charge/invocations?Qualifier=7");
        assertThat(lambda.received().getFirst().body()).isEqualTo("\"text\"");
        assertThat(lambda.received().getFirst().header("X-Amz-Invocation-Type")).isNull();
        assertThat(result.at("/ExecutedVersion").textValue()).isEqualTo("7");
        assertThat(result.at("/Payload")).isEqualTo(JSON.readTree("{\"paid\":true}"));
        assertThat(result.at("/StatusCode").intValue()).isEqualTo(200);
        assertThat(result.at("/SdkHttpMetadata/HttpStatusCode").intValue()).isEqualTo(200);
        assertThat(result.at("/SdkResponseMetadata/RequestId").textValue()).isEqualTo("request-1");
    }

    /** The paths of workflows that come from Step Functions have these names. */
    @Test
    void theHeadersOfAnAnswerAreNamedAndInOrderAsOnAws() throws Exception {
        lambda.answers(new Answer(
                200,
                Map.of(
                        "Content-Type", "application/json",
                        "X-Amz-Executed-Version", "$LATEST",
                        "X-Amz-Log-Result", "bG9n",
                        "x-amzn-Remapped-Content-Length", "0",
                        "X-Amzn-Trace-Id", "root=1",
                        "x-of-another", "y"),
                "{}"));

        JsonNode result = run(INVOKE, "{\"FunctionName\":\"charge\",\"LogType\":\"Tail\"}");

        String headers =
                """
                {"Content-Length":"2","Content-Type":"application/json","Date":"%s",\
                "X-Amz-Executed-Version":"$LATEST","X-Amz-Log-Result":"bG9n","x-amzn-Remapped-Content-Length":"0",\
                "x-amzn-RequestId":"request-1","X-Amzn-Trace-Id":"root=1","x-of-another":"y"}\
                """.formatted(result.at("/SdkHttpMetadata/HttpHeaders/Date").textValue());
        assertThat(result.at("/SdkHttpMetadata/HttpHeaders")).hasToString(headers);
        assertThat(result.at("/SdkHttpMetadata/AllHttpHeaders"))
                .hasToString(headers.replaceAll(":(\"[^\"]*\")(?=[,}])", ":[$1]"));
        assertThat(result.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly(
                        "ExecutedVersion",
                        "LogResult",
                        "Payload",
                        "SdkHttpMetadata",
                        "SdkResponseMetadata",
                        "StatusCode");
    }

    @Test
    void everyOptionOfInvokeIsSentWithThePayloadAsItIs() throws Exception {
        lambda.answers(Answer.json("null"));

        run(INVOKE, """
            {"FunctionName": "arn:aws:lambda:eu-west-1:111111111111:function:charge:LIVE", "LogType": "Tail",
             "InvocationType": "RequestResponse", "ClientContext": "e30=",
             "Payload": {"name": "Zoë €", "price": 1.0, "id": 12345678901234567890123}}
            """);

        assertThat(lambda.received()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.uri())
                    .isEqualTo(
                            "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A111111111111%3Afunction%3Acharge%3ALIVE/invocations");
            assertThat(request.body()).isEqualTo("{\"name\":\"Zoë €\",\"price\":1.0,\"id\":12345678901234567890123}");
            assertThat(request.header("Content-Type"))
                    .as("a Lambda on one's own machine takes no other")
                    .isEqualTo("application/json");
            assertThat(request.header("X-Amz-Log-Type")).isEqualTo("Tail");
            assertThat(request.header("X-Amz-Invocation-Type")).isEqualTo("RequestResponse");
            assertThat(request.header("X-Amz-Client-Context")).isEqualTo("e30=");
            assertThat(request.header("Authorization"))
                    .as("a function is asked for in its own region")
                    .contains("/eu-west-1/lambda/aws4_request");
        });
    }

    /** A function's ARN says where to ask: nobody need have said where this one runs. */
    @Test
    void aFunctionOfAnotherRegionWantsNoRegionOfOurs() throws Exception {
        try (AwsClient placeless = placeless()) {
            LambdaCalls calls = new LambdaCalls(new TaskThreads(executor), placeless, roles());
            runners = new TaskRunners(new LambdaFunctions(calls), new LambdaInvoke(calls, nothingMapped()));
            lambda.answers(Answer.json("7"));

            assertThat(run(FUNCTION, "{}").intValue()).isEqualTo(7);
            assertThat(failure(INVOKE, "{\"FunctionName\": \"charge\"}"))
                    .isEqualTo(new StatesError(
                            "Lambda.SdkClientException",
                            "Cannot ask Lambda to run 'charge': No region of AWS was found: none is configured"));
        }
    }

    private AwsClient placeless() {
        return new AwsClient(
                new Endpoints(
                        () -> {
                            throw SdkClientException.create("none is configured");
                        },
                        service -> lambda.endpoint(),
                        List.of()),
                () -> AwsBasicCredentials.create("own", "own"),
                AwsAccess.allowed(),
                new Connections(10_000),
                Clock.systemUTC());
    }

    private static MappedTasks nothingMapped() {
        return new MappedTasks(Map.of(), MappingFile.readOnce(Path.of("nowhere")), new InProcessTasks(Map.of()));
    }

    /** In the words of a result that could be read, but is too large for a state. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        arn:aws:lambda:us-east-1:111111111111:function:charge | arn:aws:lambda:us-east-1:111111111111:function:charge
        arn:aws:states:::lambda:invoke                        | lambda
        """)
    void anAnswerThatNobodyTakesIsAResultThatIsTooLarge(String resource, String called) {
        lambda.answers(Answer.json("\"" + "x".repeat(10_000) + "\""));

        assertThat(failure(resource, "{\"FunctionName\": \"charge\"}"))
                .isEqualTo(new StatesError(
                        "States.DataLimitExceeded",
                        "The state/task '" + called + "' returned a result with a size exceeding the maximum number of"
                                + " bytes service limit."));
    }

    @Test
    void whatIsNoJsonIsAText() throws Exception {
        lambda.answers(Answer.json("done, and well"));

        assertThat(run(FUNCTION, "{}")).isEqualTo(JSON.getNodeFactory().textNode("done, and well"));
    }

    @Test
    void anOptionThatNoHeaderHoldsFailsTheTaskAndNobodyIsAsked() {
        assertThat(failure(INVOKE, "{\"FunctionName\": \"charge\", \"ClientContext\": \"hid\\nden\"}"))
                .isEqualTo(new StatesError(
                        "States.Runtime",
                        "HTTP has no such request: invalid value of the header \"X-Amz-Client-Context\""));
        assertThat(lambda.received()).isEmpty();
    }

    @Test
    void aTaskThatIsGivenUpGivesItsRequestUp() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        HttpServer silent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        silent.createContext("/", exchange -> asked.countDown());
        silent.start();
        try (AwsClient waiting = client(
                service -> URI.create("http://127.0.0.1:" + silent.getAddress().getPort()))) {
            TaskThreads threads = new TaskThreads(work -> executor.execute(() -> {
                work.run();
                over.countDown();
            }));
            Cancellable task = new LambdaFunctions(new LambdaCalls(threads, waiting, roles()))
                    .find(Resource.parse(FUNCTION))
                    .run(call(FUNCTION, "{}"))
                    .subscribe()
                    .with(answer -> {});
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

            task.cancel();

            assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            silent.stop(0);
        }
    }

    @Test
    void anAsynchronousInvocationHasNoPayload() throws Exception {
        lambda.answers(new Answer(202, Map.of(), ""));

        JsonNode result = run(INVOKE, "{\"FunctionName\":\"charge\",\"InvocationType\":\"Event\"}");

        assertThat(result.at("/Payload").textValue()).isEmpty();
        assertThat(result.at("/StatusCode").intValue()).isEqualTo(202);
        assertThat(lambda.received().getFirst().body()).isEqualTo("{}");
        assertThat(lambda.received().getFirst().header("X-Amz-Invocation-Type")).isEqualTo("Event");
    }

    @ParameterizedTest
    @ValueSource(strings = {FUNCTION, INVOKE})
    void aFunctionsErrorIsTheTasks(String resource) {
        String error = "{\"errorMessage\":\"no\",\"errorType\":\"CardDeclined\",\"stackTrace\":[]}";
        lambda.answers(new Answer(200, Map.of("X-Amz-Function-Error", "Unhandled"), error));

        assertThat(failure(resource, "{\"FunctionName\":\"charge\"}"))
                .isEqualTo(new StatesError("CardDeclined", error));
    }

    @Test
    void anErrorWithoutATypeIsUnknown() {
        lambda.answers(
                new Answer(200, Map.of("X-Amz-Function-Error", "Unhandled"), "{\"errorMessage\":\"Task timed out\"}"));

        assertThat(failure(FUNCTION, "{}"))
                .isEqualTo(new StatesError(
                        "Lambda.Unknown",
                        "The cause could not be determined because Lambda did not return an error type. Returned"
                                + " payload: {\"errorMessage\":\"Task timed out\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "404, ResourceNotFoundException, Lambda.ResourceNotFoundException",
        "429, TooManyRequestsException, Lambda.TooManyRequestsException",
        "500, ServiceException, Lambda.ServiceException",
        "502, EC2ThrottledException, Lambda.EC2ThrottledException",
        "502, InvalidSubnetIDException, Lambda.InvalidSubnetIDException",
        "403, AccessDeniedException, Lambda.AWSLambdaException"
    })
    void anErrorOfTheServiceIsNamedAsAwsNamesIt(int status, String code, String error) {
        lambda.answers(new Answer(status, Map.of("x-amzn-ErrorType", code), "{\"Message\":\"It says why\"}"));

        assertThat(failure(FUNCTION, "{}"))
                .isEqualTo(new StatesError(
                        error,
                        "It says why (Service: AWSLambda; Status Code: " + status + "; Error Code: " + code
                                + "; Request ID: request-1; Proxy: null)"));
        assertThat(lambda.received())
                .as("what to try again is for Retry to say")
                .hasSize(1);
    }

    /** As a proxy on the way answers. */
    @Test
    void anErrorWithoutANameIsTold() {
        lambda.answers(new Answer(502, Map.of(), "<html>Bad Gateway</html>"));

        assertThat(failure(FUNCTION, "{}"))
                .isEqualTo(new StatesError(
                        "Lambda.AWSLambdaException",
                        "null (Service: AWSLambda; Status Code: 502; Error Code: null; Request ID: request-1; Proxy:"
                                + " null)"));
    }

    @Test
    void aServiceOutOfReachIsAnErrorOfTheClient() {
        try (AwsClient nowhere = client(service -> URI.create("http://127.0.0.1:" + NOBODY_LISTENS))) {
            runners =
                    new TaskRunners(new LambdaFunctions(new LambdaCalls(new TaskThreads(executor), nowhere, roles())));

            StatesError error = failure(FUNCTION, "{}");

            assertThat(error.error()).isEqualTo("Lambda.SdkClientException");
            assertThat(error.cause())
                    .startsWith(
                            "Cannot ask Lambda to run '" + FUNCTION + "': Cannot reach Lambda at http://127.0.0.1:1: ");
        }
    }

    /** As in dev mode: nothing real by accident, and nobody is asked for credentials. */
    @Test
    void aFunctionThatIsRefusedIsNotCalledNorAreCredentialsLookedFor() {
        try (AwsClient anonymous = new AwsClient(
                new Endpoints(() -> "us-east-1", service -> lambda.endpoint(), List.of()),
                () -> {
                    throw new AssertionError("Credentials are looked for");
                },
                AwsAccess.allowed(),
                new Connections(10_000),
                Clock.systemUTC())) {
            LambdaCalls refusing = new LambdaCalls(
                    new TaskThreads(executor),
                    anonymous,
                    roles(),
                    function -> "'" + function + "' is not called from here");
            runners = new TaskRunners(new LambdaFunctions(refusing), new LambdaInvoke(refusing, nothingMapped()));

            StatesError refused = new StatesError("States.Runtime", "'" + FUNCTION + "' is not called from here");
            assertThat(failure(FUNCTION, "{}")).isEqualTo(refused);
            assertThat(failure(INVOKE, "{\"FunctionName\": \"" + FUNCTION + "\"}"))
                    .isEqualTo(refused);
        }
        assertThat(lambda.received()).isEmpty();
    }

    @Test
    void whoeverListensIsToldOfEachFailure() {
        List<Throwable> told = new ArrayList<>();
        InProcessTasks failing = new InProcessTasks(
                Map.of("fail", call -> Uni.createFrom().failure(new TaskException("CardDeclined", "ends in 4242"))));
        runners = new TaskRunners(List.of(failing), (call, thrown) -> told.add(thrown));

        failure("task:fail", "{}");
        failure("task:none", "{}");

        assertThat(told).extracting(Throwable::getMessage).hasSize(2).first().isEqualTo("CardDeclined: ends in 4242");
        assertThat(told.getLast()).hasMessageContaining("Nothing runs the resource 'task:none'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {}                                    | The field 'FunctionName' is required by lambda:invoke but was missing
        {"FunctionName": 5}                   | The field 'FunctionName' of lambda:invoke must be a string
        {"FunctionName": "f", "payload": {}}  | The field 'payload' is not supported by lambda:invoke; it takes ClientContext, FunctionName, InvocationType, LogType, Payload, Qualifier
        """)
    void wrongParametersAreTold(String parameters, String cause) {
        assertThat(failure(INVOKE, parameters)).isEqualTo(new StatesError("States.Runtime", cause));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mapped", MAPPED, MAPPED + ":live", "111111111111:function:mapped", "mapped:live"})
    void aMappedFunctionRunsInThisProcess(String name) throws Exception {
        assertThat(run(INVOKE, "{\"FunctionName\":\"" + name + "\",\"Payload\":21}")
                        .at("/Payload")
                        .intValue())
                .isEqualTo(42);
        assertThat(lambda.received()).isEmpty();
    }

    @Test
    void aMappedFunctionFailsLikeALambdaFunction() throws Exception {
        StatesError likeLambda =
                new StatesError("CardDeclined", "{\"errorMessage\":\"ends in 4242\",\"errorType\":\"CardDeclined\"}");

        assertThat(run(MAPPED, "21").intValue()).isEqualTo(42);
        assertThat(failure(MAPPED + ":broken", "21")).isEqualTo(likeLambda);
        assertThat(failure(INVOKE, "{\"FunctionName\":\"" + MAPPED + "\",\"Qualifier\":\"broken\"}"))
                .isEqualTo(likeLambda);
        assertThat(failure("task:fail", "21")).isEqualTo(new StatesError("CardDeclined", "ends in 4242"));
    }

    private JsonNode run(String resource, String input) throws Exception {
        return runners.find(Resource.parse(resource))
                .run(call(resource, input))
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private static TaskCall call(String resource, String input) throws Exception {
        return new TaskCall(
                resource, JSON.readTree(input), new TaskContext("arn", "/", "Charge", 0, "key", null), null);
    }

    private StatesError failure(String resource, String input) {
        return ((TaskException) catchThrowable(() -> run(resource, input))).error();
    }
}
