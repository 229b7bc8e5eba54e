package dev.reprise.local;

import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * In dev mode and in tests, the application's {@link DynamoDbClient} is one of DynamoDB Local; in production this class
 * is no bean, and the configured client is used.
 *
 * <p>{@code reprise.local.data} names the folder of the data; without it they are kept in memory.
 */
@IfBuildProfile(anyOf = {"dev", "test"})
@Singleton
final class LocalDynamoDbClient {

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    DynamoDbClient client(@ConfigProperty(name = "reprise.local.data") Optional<String> folder) {
        return DynamoDbLocal.newClient(SharedDynamoDbLocal.endpoint(folder.map(Path::of)));
    }

    void close(@Disposes DynamoDbClient client) {
        client.close();
    }
}
