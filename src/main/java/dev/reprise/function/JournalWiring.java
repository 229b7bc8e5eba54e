package dev.reprise.function;

import dev.reprise.journal.Journals;
import dev.reprise.journal.dynamodb.DynamoDbStore;
import dev.reprise.journal.kms.KmsKeys;
import dev.reprise.journal.seal.DataKeys;
import dev.reprise.journal.seal.SealingStore;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.RetryingStore;
import dev.reprise.task.aws.client.AwsClient;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
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

    /**
     * The journals.
     *
     * @param table {@code reprise.table-name}
     * @param keyArn {@code reprise.key-arn}: by which what executions know is sealed before it is stored
     * @param aws asked for when a sealed item is met or made first
     */
    @Produces
    @Singleton
    Journals journals(
            DynamoDbClient client,
            @ConfigProperty(name = "reprise.table-name", defaultValue = "reprise") String table,
            @ConfigProperty(name = "reprise.key-arn") Optional<String> keyArn,
            Provider<AwsClient> aws,
            InstantSource clock) {
        SecureRandom random = new SecureRandom();
        ExecutionStore items = new DynamoDbStore(client, table);
        DataKeys keys =
                new DataKeys(items.documents(), table, new KmsKeys(aws::get, table, clock), keyArn.orElse(null), clock);
        return new Journals(new RetryingStore(new SealingStore(items, keys), random), clock, random);
    }
}
