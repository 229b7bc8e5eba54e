package dev.reprise.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.Resource;
import dev.reprise.execution.StatesError;
import dev.reprise.local.DynamoDbLocalExtension;
import dev.reprise.local.DynamoDbLocalExtension.TableName;
import dev.reprise.task.aws.SdkActions;
import dev.reprise.task.aws.ServiceCalls;
import dev.reprise.task.aws.client.AssumedRoles;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.Connections;
import dev.reprise.task.aws.client.Endpoints;
import dev.reprise.task.aws.model.Member;
import dev.reprise.task.aws.model.ServiceModels;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** Actions of DynamoDB as tasks, against DynamoDB itself. */
@ExtendWith(DynamoDbLocalExtension.class)
class SdkActionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final String table;
    private final AwsClient client;
    private final SdkActions actions;

    SdkActionsTest(URI dynamoDb, @TableName String table) {
        this.table = table;
        this.client = new AwsClient(
                new Endpoints(
                        () -> "us-east-1", Endpoints.configured(Map.of("dynamodb", dynamoDb), Map.of()), List.of()),
                () -> AwsBasicCredentials.create("nobody", "nobody"),
                service -> service + " is not to be called",
                new Connections(10_000_000),
                Clock.systemUTC());
        this.actions = new SdkActions(
                new ServiceCalls(new TaskThreads(executor), client, new AssumedRoles(client, Clock.systemUTC())));
    }

    @BeforeEach
    void createTable() throws Exception {
        JsonNode created = run("createTable", """
            {"TableName": "%s", "BillingMode": "PAY_PER_REQUEST",
             "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
             "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}\
            """.formatted(table));
        assertThat(created.at("/TableDescription/TableStatus").textValue()).isEqualTo("ACTIVE");
        assertThat(created.at("/TableDescription/CreationDateTime").textValue())
                .matches("20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z");
    }

    @AfterEach
    void stop() {
        client.close();
        executor.shutdownNow();
    }

    @Test
    void whatIsPutIsGot() throws Exception {
        String item = "{\"id\": {\"S\": \"id1\"}, \"data\": {\"S\": \"HelloWorld\"}}";

        assertThat(run("putItem", "{\"TableName\": \"%s\", \"Item\": %s}".formatted(table, item)))
                .isEqualTo(JSON.readTree("{}"));
        assertThat(run("getItem", "{\"TableName\": \"%s\", \"Key\": {\"id\": {\"S\": \"id1\"}}}".formatted(table)))
                .isEqualTo(JSON.readTree("{\"Item\": " + item + "}"));
        assertThat(run("query", """
            {"TableName": "%s", "KeyConditionExpression": "id = :id",
             "ExpressionAttributeValues": {":id": {"S": "id1"}}}\
            """.formatted(table)))
                .isEqualTo(JSON.readTree("{\"Count\": 1, \"ScannedCount\": 1, \"Items\": [" + item + "]}"));
    }

    @Test
    void valuesAreNamedAsTheSdkForJavaNamesThem() throws Exception {
        run("putItem", """
            {"TableName": "%s", "Item": {"id": {"S": "id2"}, "yes": {"Bool": true}, "none": {"Nul": true},
             "two": {"Ss": ["a", "b"]}, "old": {"BOOL": false}}}\
            """.formatted(table));

        assertThat(run("getItem", "{\"TableName\": \"%s\", \"Key\": {\"id\": {\"S\": \"id2\"}}}".formatted(table))
                        .path("Item"))
                .isEqualTo(JSON.readTree("""
                    {"id": {"S": "id2"}, "yes": {"Bool": true}, "none": {"Nul": true}, "two": {"Ss": ["a", "b"]},
                     "old": {"Bool": false}}\
                    """));
    }

    @Test
    void aThousandPutsAtOnceAllArrive() throws Exception {
        TaskThreads threads = new TaskThreads(Executors.newVirtualThreadPerTaskExecutor());
        SdkActions many =
                new SdkActions(new ServiceCalls(threads, client, new AssumedRoles(client, Clock.systemUTC())));
        TaskRunner put = many.find(resource("putItem"));
        List<Uni<JsonNode>> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            all.add(put.run(call(
                    "putItem", "{\"TableName\": \"%s\", \"Item\": {\"id\": {\"S\": \"%d\"}}}".formatted(table, i))));
        }

        Uni.join().all(all).andFailFast().await().atMost(Duration.ofSeconds(60));

        assertThat(run("scan", "{\"TableName\": \"%s\", \"Select\": \"COUNT\"}".formatted(table))
                        .get("Count")
                        .intValue())
                .isEqualTo(1_000);
    }

    @Test
    void anErrorOfTheModelKeepsItsName() {
        StatesError error = failure("getItem", "{\"TableName\": \"no-such\", \"Key\": {\"id\": {\"S\": \"1\"}}}");

        assertThat(error.error()).isEqualTo("DynamoDb.ResourceNotFoundException");
        assertThat(error.cause())
                .matches("Cannot do operations on a non-existent table \\(Service: DynamoDb, Status Code: 400,"
                        + " Request ID: [0-9a-f-]+\\) \\(SDK Attempt Count: 1\\)");
    }

    @Test
    void anErrorOutsideTheModelHasTheServicesName() {
        StatesError error = failure("putItem", "{\"TableName\": \"%s\", \"Item\": null}".formatted(table));

        assertThat(error.error()).isEqualTo("DynamoDb.DynamoDbException");
        assertThat(error.cause()).contains("(Service: DynamoDb, Status Code: 400, Request ID: ");
    }

    @Test
    void aMemberThatIsComputedAndUnknownFailsTheTask() {
        assertThat(failure("putItem", "{\"TableName\": \"%s\", \"Itme\": {}}".formatted(table)))
                .isEqualTo(new StatesError("States.Runtime", "The field 'Itme' is not supported by Step Functions"));
    }

    @Test
    void aValueOfTheWrongKindFailsTheTaskWithItsPlace() {
        StatesError error =
                failure("putItem", "{\"TableName\": \"%s\", \"Item\": {\"id\": {\"L\": \"text\"}}}".formatted(table));

        assertThat(error.error()).isEqualTo("States.Runtime");
        assertThat(error.cause()).isEqualTo("The field 'Item/id/L' must be an array, but was a string");
    }

    @Test
    void aServiceOfAwsIsNotCalledWhereThatIsForbidden() {
        TaskException failure = (TaskException)
                catchThrowable(() -> actions.find(Resource.parse("arn:aws:states:::aws-sdk:kms:listKeys"))
                        .run(call("listKeys", "{}"))
                        .await()
                        .atMost(Duration.ofSeconds(10)));

        assertThat(failure.error()).isEqualTo(new StatesError("Kms.SdkClientException", "kms is not to be called"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        dynamo:getItem             | {}                                | | no such service: 'dynamo' | did you mean 'dynamodb'?
        dynamodb:getitem           | {}                                | | no such action of dynamodb: 'getitem' | did you mean 'getItem'?
        dynamodb:getItem           | {"tableName": "orders"}           | /tableName | The field 'tableName' is not supported by Step Functions | did you mean 'TableName'?
        dynamodb:getItem           | {"TableNam.$": "$.table"}         | /TableNam.$ | The field 'TableNam' is not supported by Step Functions | did you mean 'TableName'?
        dynamodb:transactGetItems  | {"TransactItems": [{"Got": {}}]}  | /TransactItems/0/Got | The field 'Got' is not supported by Step Functions | did you mean 'Get'?
        dynamodb:batchGetItem      | {"RequestItems": {"a/b": []}}     | /RequestItems/a~1b | must be an object, but is [] |
        """)
    void whatAServiceDoesNotKnowIsAProblemBeforeItRuns(
            String action, String parameters, String pointer, String message, String suggestion) throws Exception {
        Resource resource = Resource.parse("arn:aws:states:::aws-sdk:" + action);

        assertThat(new TaskRunners(actions)
                        .problems(resource, new RequestTemplate(JSON.readTree(parameters), QueryLanguage.JSONPATH)))
                .containsExactly(new RequestProblem(pointer, message, suggestion));
    }

    @ParameterizedTest
    @CsvSource({
        "DBInstanceIdentifier, DbInstanceIdentifier",
        "SNSTopicArn, SnsTopicArn",
        "ETag, ETag",
        "VPCId, VpcId",
        "MD5OfBody, Md5OfBody",
        "SSECustomerKeyMD5, SseCustomerKeyMD5",
        "ACL, Acl",
        "BOOL, Bool",
        "NULL, Nul",
        "TableName, TableName"
    })
    void aMemberIsCalledAsTheSdkForJavaCallsIt(String model, String workflow) {
        assertThat(new Member(
                                model,
                                ServiceModels.get("dynamodb")
                                        .operation("getItem")
                                        .input()
                                        .members()
                                        .iterator()
                                        .next()
                                        .type(),
                                Member.Place.BODY,
                                model,
                                null,
                                null,
                                Set.of())
                        .sdkName())
                .isEqualTo(workflow);
    }

    @Test
    void namesOfTheSdkAreTakenAndThoseOfTheModelToo() throws Exception {
        Resource resource = Resource.parse("arn:aws:states:::aws-sdk:rekognition:startContentModeration");
        for (String name : List.of("SnsTopicArn", "SNSTopicArn")) {
            JsonNode request = JSON.readTree("{\"NotificationChannel\": {\"" + name + "\": \"arn:topic\"}}");
            assertThat(new TaskRunners(actions)
                            .problems(resource, new RequestTemplate(request, QueryLanguage.JSONPATH)))
                    .isEmpty();
        }
    }

    @Test
    void whatIsComputedIsNoProblemBeforeItRuns() throws Exception {
        JsonNode arguments = JSON.readTree(
                "{\"TableName\": \"{% $table %}\", \"Key\": \"{% $key %}\", \"AttributesToGet\": [\"{% 1 %}\"]}");

        assertThat(actions.problems(resource("getItem"), new RequestTemplate(arguments, QueryLanguage.JSONATA)))
                .isEmpty();
    }

    private static Resource resource(String action) {
        return Resource.parse("arn:aws:states:::aws-sdk:dynamodb:" + action);
    }

    private static TaskCall call(String action, String input) throws Exception {
        return new TaskCall(
                resource(action).uri(),
                JSON.readTree(input),
                new TaskContext("arn:aws:states:us-east-1:000000000000:execution:w:e", "/", "S", 0, "key", null),
                null);
    }

    private JsonNode run(String action, String input) throws Exception {
        return actions.find(resource(action)).run(call(action, input)).await().atMost(Duration.ofSeconds(30));
    }

    private StatesError failure(String action, String input) {
        return ((TaskException) catchThrowable(() -> run(action, input))).error();
    }
}
