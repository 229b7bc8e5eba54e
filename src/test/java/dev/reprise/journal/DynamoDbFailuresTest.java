package dev.reprise.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.dynamodb.DynamoDbStore;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.StoreUnavailableException;
import dev.reprise.journal.store.TableMissingException;
import dev.reprise.journal.store.TransientStoreException;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.local.DynamoDbLocalExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the store makes of a DynamoDB that is not there, not willing or not well. */
class DynamoDbFailuresTest {

    private static final ExecutionId ID = new ExecutionId("orders", "one");

    private HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void aMissingTableIsSaidToBeMissing() {
        ExecutionStore store = new DynamoDbStore(DynamoDbLocalExtension.client(), "no-such-table");

        assertThatThrownBy(() -> store.readHead(ID, new UnitMeter()))
                .isInstanceOf(TableMissingException.class)
                .hasMessageContaining("'no-such-table' does not exist")
                .hasMessageContaining("reprise.table-name");
    }

    @Test
    void anEndpointThatNobodyServesMayComeBack() throws IOException {
        ExecutionStore store = answering(200, "{}");
        server.stop(0);

        assertThatThrownBy(() -> store.readHead(ID, new UnitMeter()))
                .isInstanceOf(TransientStoreException.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void throttlingPasses() throws IOException {
        ExecutionStore store = answering(
                400,
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\",\"message\":\"slow"
                        + " down\"}");

        assertThatThrownBy(() -> store.readHead(ID, new UnitMeter()))
                .isInstanceOf(TransientStoreException.class)
                .hasMessageContaining("throttled");
    }

    @Test
    void aServersErrorPasses() throws IOException {
        ExecutionStore store = answering(500, "{\"__type\":\"InternalServerError\",\"message\":\"ouch\"}");

        assertThatThrownBy(() -> store.readHead(ID, new UnitMeter()))
                .isInstanceOf(TransientStoreException.class)
                .hasMessageContaining("ouch");
    }

    @Test
    void aRefusalStays() throws IOException {
        ExecutionStore store = answering(400, "{\"__type\":\"AccessDeniedException\",\"message\":\"not for you\"}");

        assertThatThrownBy(() -> store.readHead(ID, new UnitMeter()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("Table 'orders-table'")
                .hasMessageContaining("not for you")
                .hasMessageContaining("role");
    }

    private ExecutionStore answering(int status, String body) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        DynamoDbClient client = DynamoDbClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(configuration -> configuration
                        .retryStrategy(RetryMode.STANDARD)
                        .retryStrategy(strategy -> strategy.maxAttempts(1))
                        .apiCallTimeout(Duration.ofSeconds(20)))
                .build();
        return new DynamoDbStore(client, "orders-table");
    }
}
