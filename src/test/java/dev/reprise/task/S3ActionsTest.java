package dev.reprise.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.asl.Resource;
import dev.reprise.dataset.S3Mock;
import dev.reprise.task.aws.SdkActions;
import dev.reprise.task.aws.ServiceCalls;
import dev.reprise.task.aws.client.AssumedRoles;
import dev.reprise.task.aws.client.AwsAccess;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.Connections;
import dev.reprise.task.aws.client.Endpoints;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** Actions of S3 as tasks, against S3Mock. */
class S3ActionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final ExecutorService EXECUTOR = Executors.newCachedThreadPool();
    private static S3Mock s3;
    private static AwsClient client;
    private static SdkActions actions;

    @BeforeAll
    static void start() throws Exception {
        s3 = S3Mock.start();
        client = new AwsClient(
                new Endpoints(() -> "us-east-1", service -> s3.endpoint(), List.of()),
                () -> AwsBasicCredentials.create("a", "b"),
                AwsAccess.allowed(),
                new Connections(1_000_000),
                Clock.systemUTC());
        actions = new SdkActions(
                new ServiceCalls(new TaskThreads(EXECUTOR), client, new AssumedRoles(client, Clock.systemUTC())));
        run("createBucket", "{\"Bucket\": \"orders\"}");
    }

    @AfterAll
    static void stop() {
        client.close();
        s3.close();
        EXECUTOR.shutdownNow();
    }

    @Test
    void whatIsPutIsGot() throws Exception {
        JsonNode put = run("putObject", """
            {"Bucket": "orders", "Key": "a b/ü.json", "Body": {"total": 5}, "ContentType": "application/json",
             "Metadata": {"kind": "test"}}\
            """);
        JsonNode got = run("getObject", "{\"Bucket\": \"orders\", \"Key\": \"a b/ü.json\"}");
        JsonNode head = run("headObject", "{\"Bucket\": \"orders\", \"Key\": \"a b/ü.json\"}");

        assertThat(put.get("ETag").textValue()).isEqualTo(got.get("ETag").textValue());
        assertThat(got.get("Body").textValue()).isEqualTo("{\"total\":5}");
        assertThat(got.get("ContentLength").intValue()).isEqualTo(11);
        assertThat(got.get("LastModified").textValue()).matches("20\\d\\d-\\d\\d-\\d\\dT.*Z");
        assertThat(head.at("/Metadata/kind").textValue()).isEqualTo("test");
    }

    @Test
    void objectsAreListedCopiedAndDeleted() throws Exception {
        run("putObject", "{\"Bucket\": \"orders\", \"Key\": \"list/1\", \"Body\": \"one\"}");
        run("copyObject", "{\"Bucket\": \"orders\", \"Key\": \"list/2\", \"CopySource\": \"orders/list/1\"}");

        JsonNode listed = run("listObjectsV2", "{\"Bucket\": \"orders\", \"Prefix\": \"list/\", \"MaxKeys\": 10}");
        assertThat(listed.get("KeyCount").intValue()).isEqualTo(2);
        assertThat(listed.findValuesAsText("Key")).containsExactly("list/1", "list/2");
        assertThat(listed.at("/Contents/0/Size").intValue()).isEqualTo(3);

        JsonNode deleted = run(
                "deleteObjects",
                "{\"Bucket\": \"orders\", \"Delete\": {\"Objects\": [{\"Key\": \"list/1\"}, {\"Key\": \"list/2\"}]}}");
        assertThat(deleted.at("/Deleted").findValuesAsText("Key")).containsExactlyInAnyOrder("list/1", "list/2");
    }

    @Test
    void whatIsNotThereHasAwsNameForThat() {
        assertThat(failure("getObject", "{\"Bucket\": \"orders\", \"Key\": \"none\"}")
                        .error())
                .isEqualTo("S3.NoSuchKeyException");
        assertThat(failure("headObject", "{\"Bucket\": \"orders\", \"Key\": \"none\"}")
                        .error())
                .isEqualTo("S3.NoSuchKeyException");
        assertThat(failure("listObjects", "{\"Bucket\": \"no-such-bucket\"}").error())
                .isEqualTo("S3.NoSuchBucketException");
        assertThat(failure("getObject", "{\"Bucket\": \"orders\"}").cause())
                .isEqualTo("The field 'Key' is required but was missing");
    }

    private static JsonNode run(String action, String input) throws Exception {
        Resource resource = Resource.parse("arn:aws:states:::aws-sdk:s3:" + action);
        return actions.find(resource)
                .run(new TaskCall(
                        resource.uri(),
                        JSON.readTree(input),
                        new TaskContext("arn:aws:states:us-east-1:0:execution:w:e", "/", "S", 0, "key", null),
                        null))
                .await()
                .atMost(Duration.ofSeconds(60));
    }

    private static dev.reprise.execution.StatesError failure(String action, String input) {
        return ((TaskException) catchThrowable(() -> run(action, input))).error();
    }
}
