package dev.reprise.dataset.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.dataset.ObjectStore;
import dev.reprise.dataset.ObjectStoreContract;
import dev.reprise.dataset.S3Mock;
import dev.reprise.task.aws.client.AwsAccess;
import dev.reprise.task.aws.client.AwsCall;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.Connections;
import dev.reprise.task.aws.client.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** S3 itself, as S3Mock plays it. */
class S3ObjectsTest extends ObjectStoreContract {

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private static S3Mock mock;
    private static AwsClient client;

    private String bucket;

    @BeforeAll
    static void start() throws Exception {
        mock = S3Mock.start();
        client = client(mock.endpoint());
    }

    @AfterAll
    static void stop() {
        client.close();
        mock.close();
    }

    /** Asks there, with keys that nobody checks. */
    static AwsClient client(URI endpoint) {
        return client(endpoint, AwsAccess.allowed());
    }

    static AwsClient client(@Nullable URI endpoint, AwsAccess access) {
        return new AwsClient(
                new Endpoints(() -> "us-east-1", service -> endpoint, List.of()),
                () -> AwsBasicCredentials.create("test", "test"),
                access,
                new Connections(S3Objects.PART_BYTES),
                Clock.systemUTC());
    }

    @BeforeEach
    void makeBucket() throws IOException {
        bucket = "data-" + BUCKETS.incrementAndGet();
        ask("createBucket", "{\"Bucket\": \"" + bucket + "\"}");
    }

    private static void ask(String action, String request) throws IOException {
        client.call(AwsCall.of("s3", action, new ObjectMapper().readTree(request)));
    }

    @Override
    protected ObjectStore objects() {
        return new S3Objects(() -> client);
    }

    @Override
    protected String bucket() {
        return bucket;
    }

    @Test
    void inABucketThatKeepsVersionsAnEarlierOneIsGiven() throws Exception {
        ask(
                "putBucketVersioning",
                "{\"Bucket\": \"" + bucket + "\", \"VersioningConfiguration\": {\"Status\": \"Enabled\"}}");
        put("a", "one");
        String version = objects().get(bucket, "a", null).version();
        put("a", "two");

        assertThat(version).doesNotContain("\"");
        assertThat(text("a", version)).isEqualTo("one");
        assertThat(text("a", null)).isEqualTo("two");
    }
}
