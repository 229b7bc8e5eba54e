package dev.reprise.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** S3 itself, as S3Mock plays it. */
class S3ObjectsTest extends ObjectStoreContract {

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private static S3Mock mock;
    private static S3Client client;

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

    /** As the function's own is. */
    static S3Client client(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @BeforeEach
    void makeBucket() {
        bucket = "data-" + BUCKETS.incrementAndGet();
        client.createBucket(request -> request.bucket(bucket));
    }

    @Override
    ObjectStore objects() {
        return new S3Objects(() -> client);
    }

    @Override
    String bucket() {
        return bucket;
    }

    @Test
    void inABucketThatKeepsVersionsAnEarlierOneIsGiven() throws Exception {
        client.putBucketVersioning(request -> request.bucket(bucket)
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        put("a", "one");
        String version = objects().get(bucket, "a", null).version();
        put("a", "two");

        assertThat(version).doesNotContain("\"");
        assertThat(text("a", version)).isEqualTo("one");
        assertThat(text("a", null)).isEqualTo("two");
    }
}
