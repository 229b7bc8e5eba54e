package dev.reprise.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.asl.Resource;
import dev.reprise.execution.StatesError;
import dev.reprise.task.aws.LambdaClients;
import dev.reprise.task.aws.LambdaFunctions;
import dev.reprise.task.aws.LambdaInvoke;
import dev.reprise.task.aws.client.AssumedRoles;
import dev.reprise.task.aws.client.AwsAccess;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.Connections;
import dev.reprise.task.aws.client.Endpoints;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** Lambda functions as tasks, against a stub of the Lambda API. */
class LambdaTasksTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:charge";
    private static final String MAPPED = "arn:aws:lambda:us-east-1:111111111111:function:mapped";
    private static final int NOBODY_LISTENS = 1;
    private static final String INVOKE = "arn:aws:states:::lambda:invoke";

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private StubLambda lambda;
    private StubService sts;
    private AwsClient client;
    private TaskRunners runners;

    @BeforeEach
    void start() throws Exception {
        lambda = new StubLambda();
        sts = new StubService();
        client = new AwsClient(
                new Endpoints(() -> "us-east-1", service -> sts.endpoint()),
                () -> AwsBasicCredentials.create("own", "own"),
                AwsAccess.allowed(),
                new Connections(10_000),
                Clock.systemUTC());
        LambdaClients clients = new LambdaClients(new TaskThreads(executor), roles(), lambda::reach);
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
        runners = new TaskRunners(inProcess, mapped, new LambdaFunctions(clients), new LambdaInvoke(clients, mapped));
    }

    @AfterEach
    void stop() {
        lambda.close();
        client.close();
        sts.close();
        executor.shutdownNow();
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
        sts.answers(new StubService.Answer(200, Map.of(), """
            <AssumeRoleResponse><AssumeRoleResult><Credentials>
            <AccessKeyId>ROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
            <SessionToken>token</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>
            </Credentials></AssumeRoleResult></AssumeRoleResponse>\
            """));

        runner(resource).run(inRole(resource, input)).await().atMost(Duration.ofSeconds(20));

        assertThat(lambda.received().getFirst().authorization()).startsWith("AWS4-HMAC-SHA256 Credential=ROLE/");
    }

    @Test
    void aRoleThatIsNotGivenFailsTheTaskAndNobodyIsAsked() throws Exception {
        sts.answers(StubService.Answer.error(403, "AccessDenied", "not you"));

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
        lambda.answers(200, Map.of("X-Amz-Executed-Version", "$LATEST"), "{\"paid\":true}");

        assertThat(run(FUNCTION, "{\"order\":1}")).isEqualTo(JSON.readTree("{\"paid\":true}"));
        assertThat(lambda.received()).singleElement().satisfies(request -> {
            assertThat(request.path())
                    .isEqualTo(
                            "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A111111111111%3Afunction%3Acharge/invocations");
            assertThat(request.body()).isEqualTo("{\"order\":1}");
        });
    }

    @Test
    void aResultThatHasANumberThatNoDoubleHoldsIsAFailure() {
        lambda.answers(200, Map.of(), "{\"paid\":1e400}");

        StatesError error = failure(FUNCTION, "{}");

        assertThat(error.error()).isEqualTo("States.TaskFailed");
        assertThat(error.cause()).contains("1e400").contains("out of range of double");
    }

    @Test
    void invokeAnswersAsTheApiDoes() throws Exception {
        lambda.answers(200, Map.of("X-Amz-Executed-Version", "7"), "{\"paid\":true}");

        JsonNode result = run(INVOKE, "{\"FunctionName\":\"charge\",\"Qualifier\":\"7\",\"Payload\":\"text\"}");

        assertThat(lambda.received().getFirst())
                .isEqualTo(new StubLambda.Received(
                        "/2015-03-31/functions/charge/invocations?Qualifier=7",
                        "\"text\"",
                        "",
                        lambda.received().getFirst().authorization()));
        assertThat(result.at("/ExecutedVersion").textValue()).isEqualTo("7");
        assertThat(result.at("/Payload")).isEqualTo(JSON.readTree("{\"paid\":true}"));
        assertThat(result.at("/StatusCode").intValue()).isEqualTo(200);
        assertThat(result.at("/SdkHttpMetadata/HttpStatusCode").intValue()).isEqualTo(200);
        assertThat(result.at("/SdkHttpMetadata/HttpHeaders/X-amz-executed-version")
                        .textValue())
                .isEqualTo("7");
        assertThat(result.at("/SdkHttpMetadata/AllHttpHeaders/X-amz-executed-version/0")
                        .textValue())
                .isEqualTo("7");
        assertThat(result.at("/SdkResponseMetadata/RequestId").textValue()).isEqualTo("request-1");
    }

    @Test
    void anAsynchronousInvocationHasNoPayload() throws Exception {
        lambda.answers(202, Map.of(), "");

        JsonNode result = run(INVOKE, "{\"FunctionName\":\"charge\",\"InvocationType\":\"Event\"}");

        assertThat(result.at("/Payload").textValue()).isEmpty();
        assertThat(result.at("/StatusCode").intValue()).isEqualTo(202);
        assertThat(lambda.received().getFirst().body()).isEqualTo("{}");
        assertThat(lambda.received().getFirst().invocationType()).isEqualTo("Event");
    }

    @ParameterizedTest
    @ValueSource(strings = {FUNCTION, INVOKE})
    void aFunctionsErrorIsTheTasks(String resource) {
        String error = "{\"errorMessage\":\"no\",\"errorType\":\"CardDeclined\",\"stackTrace\":[]}";
        lambda.answers(200, Map.of("X-Amz-Function-Error", "Unhandled"), error);

        assertThat(failure(resource, "{\"FunctionName\":\"charge\"}"))
                .isEqualTo(new StatesError("CardDeclined", error));
    }

    @Test
    void anErrorWithoutATypeIsUnknown() {
        lambda.answers(200, Map.of("X-Amz-Function-Error", "Unhandled"), "{\"errorMessage\":\"Task timed out\"}");

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
        "403, AccessDeniedException, Lambda.AWSLambdaException"
    })
    void anErrorOfTheServiceIsNamedAsAwsNamesIt(int status, String code, String error) {
        lambda.answers(status, Map.of("x-amzn-ErrorType", code), "{\"Message\":\"It says why\"}");

        assertThat(failure(FUNCTION, "{}"))
                .isEqualTo(new StatesError(
                        error,
                        "It says why (Service: AWSLambda; Status Code: " + status + "; Error Code: " + code
                                + "; Request ID: request-1; Proxy: null)"));
        assertThat(lambda.received())
                .as("what to try again is for Retry to say")
                .hasSize(1);
    }

    @Test
    void aServiceOutOfReachIsAnErrorOfTheClient() {
        LambdaClients nowhere = new LambdaClients(
                new TaskThreads(executor), roles(), client -> StubLambda.reach(client, NOBODY_LISTENS));
        runners = new TaskRunners(new LambdaFunctions(nowhere));

        StatesError error = failure(FUNCTION, "{}");

        assertThat(error.error()).isEqualTo("Lambda.SdkClientException");
        assertThat(error.cause()).startsWith("Cannot ask Lambda to run '" + FUNCTION + "': ");
    }

    /** As in dev mode: nothing real by accident, and nobody is asked for credentials. */
    @Test
    void aFunctionThatIsRefusedIsNotCalledNorIsAClientMade() {
        LambdaClients refusing = new LambdaClients(
                new TaskThreads(executor),
                roles(),
                client -> {
                    throw new AssertionError("A client is made");
                },
                function -> "'" + function + "' is not called from here");
        runners = new TaskRunners(
                new LambdaFunctions(refusing),
                new LambdaInvoke(
                        refusing,
                        new MappedTasks(
                                Map.of(), MappingFile.readOnce(Path.of("nowhere")), new InProcessTasks(Map.of()))));

        StatesError refused = new StatesError("States.Runtime", "'" + FUNCTION + "' is not called from here");
        assertThat(failure(FUNCTION, "{}")).isEqualTo(refused);
        assertThat(failure(INVOKE, "{\"FunctionName\": \"" + FUNCTION + "\"}")).isEqualTo(refused);
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
        TaskContext context = new TaskContext("arn", "/", "Charge", 0, "key", null);
        return runners.find(Resource.parse(resource))
                .run(new TaskCall(resource, JSON.readTree(input), context, null))
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private StatesError failure(String resource, String input) {
        return ((TaskException) catchThrowable(() -> run(resource, input))).error();
    }
}
