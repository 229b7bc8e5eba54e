package dev.reprise.function;

import dev.reprise.journal.Journals;
import dev.reprise.journal.dynamodb.DynamoDbStore;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.RetryingStore;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** The journals, in their table of DynamoDB. */
@Singleton
final class JournalWiring {

    /**
     * The configured client, which leaves it to {@link RetryingStore} to try again: where both do, their attempts and
     * their waits multiply.
     */
    @Produces
    @Singleton
    DynamoDbClient client(DynamoDbClientBuilder configured) {
        ClientOverrideConfiguration override = configured.overrideConfiguration().toBuilder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .build();
        return configured.overrideConfiguration(override).build();
    }

    void close(@Disposes DynamoDbClient client) {
        client.close();
    }

    /** @param table {@code reprise.table-name} */
    @Produces
    @Singleton
    Journals journals(
            DynamoDbClient client,
            @ConfigProperty(name = "reprise.table-name", defaultValue = "reprise") String table,
            InstantSource clock) {
        SecureRandom random = new SecureRandom();
        ExecutionStore store = new RetryingStore(new DynamoDbStore(client, table), random);
        return new Journals(store, clock, random);
    }
}
