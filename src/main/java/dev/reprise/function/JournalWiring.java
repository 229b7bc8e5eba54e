package dev.reprise.function;

import dev.reprise.journal.Journals;
import dev.reprise.journal.dynamodb.DynamoDbStore;
import dev.reprise.journal.kms.KmsKeys;
import dev.reprise.journal.seal.DataKeys;
import dev.reprise.journal.seal.SealingStore;
import dev.reprise.journal.store.RetryingStore;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.Endpoints;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** The journals, in their table of DynamoDB. */
@Singleton
final class JournalWiring {

    private static final Logger LOG = Logger.getLogger(JournalWiring.class);

    /** After all that takes part in the start. */
    private static final int LAST = Integer.MAX_VALUE;

    /**
     * DynamoDB answers in milliseconds. A connection on which nothing comes back is given up soon enough to be tried
     * again within the invocation; a write that had been made all the same is recognised.
     */
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(1);

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);

    /**
     * A client over the HTTP of the JDK: a journal has one write in flight, on the thread that owns the execution, so
     * an event loop would only add its hops. It leaves it to {@link RetryingStore} to try again: where both do, their
     * attempts and their waits multiply.
     */
    @Produces
    @Singleton
    DynamoDbClient client(AwsConfiguration configuration, AwsCredentialsProvider credentials) {
        DynamoDbClientBuilder builder = DynamoDbClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(LONGEST_CONNECT)
                        .socketTimeout(LONGEST_ANSWER))
                .credentialsProvider(credentials)
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()));
        URI address = Endpoints.configured("dynamodb", "DynamoDB", configuration.endpoints(), System.getenv());
        return (address == null ? builder : builder.endpointOverride(address)).build();
    }

    void close(@Disposes DynamoDbClient client) {
        client.close();
    }

    /** @param table {@code reprise.table-name} */
    @Produces
    @Singleton
    DynamoDbStore store(
            DynamoDbClient client,
            @ConfigProperty(name = "reprise.table-name", defaultValue = "reprise") String table) {
        return new DynamoDbStore(client, table);
    }

    /**
     * Lambda starts a process with more of a processor than most functions have, and the first event may not be there
     * yet. Whoever needs the table meanwhile waits for the client at most, which he would make himself. It begins when
     * all else is there: what the start waits for has the processors first.
     */
    void connect(@Observes @Priority(LAST) StartupEvent event, Provider<DynamoDbStore> store) {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            Thread.ofPlatform().daemon().name("connect").start(() -> connect(store));
        }
    }

    private static void connect(Provider<DynamoDbStore> store) {
        try {
            store.get().connect();
        } catch (RuntimeException e) {
            // The first execution finds out the same, and says it to whoever has asked for it.
            LOG.debugf("There is no connection to the table yet: %s", e.getMessage());
        }
    }

    /**
     * The journals.
     *
     * @param keyArn {@code reprise.key-arn}: by which what executions know is sealed before it is stored
     * @param aws asked for when a sealed item is met or made first
     */
    @Produces
    @Singleton
    Journals journals(
            DynamoDbStore items,
            @ConfigProperty(name = "reprise.key-arn") Optional<String> keyArn,
            Provider<AwsClient> aws,
            InstantSource clock) {
        SecureRandom random = new SecureRandom();
        KmsKeys keyService = new KmsKeys(aws::get, items.table(), clock);
        DataKeys keys = new DataKeys(items.documents(), items.table(), keyService, keyArn.orElse(null), clock);
        return new Journals(new RetryingStore(new SealingStore(items, keys, random), random), clock, random);
    }
}
