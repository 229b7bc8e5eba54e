package dev.reprise.task.aws.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.model.ServiceModel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * A call of a service.
 *
 * @param input the members of the request, in the names of workflows; not to be changed
 * @param idempotencyKey what makes the same call recognisable; null for none
 * @param credentials in whose name; null for the function's own
 * @param deadline when the answer comes too late; null for whenever it comes
 */
public record AwsCall(
        ServiceModel service,
        Operation operation,
        JsonNode input,
        @Nullable String idempotencyKey,
        @Nullable AwsCredentialsIdentity credentials,
        @Nullable Instant deadline) {

    /**
     * A token for a request that must be recognised when it comes again: the same for the same key, and in any
     * service's form.
     */
    public static String token(String idempotencyKey) {
        return UUID.nameUUIDFromBytes(idempotencyKey.getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** In the function's own name. */
    public AwsCall(ServiceModel service, Operation operation, JsonNode input) {
        this(service, operation, input, null, null, null);
    }
}
