package dev.reprise.task.aws.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.model.ServiceModel;
import dev.reprise.task.aws.model.ServiceModels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
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
 * @param region where; null for the function's own
 * @param once whether it is for the caller to try it again
 */
public record AwsCall(
        ServiceModel service,
        Operation operation,
        JsonNode input,
        @Nullable String idempotencyKey,
        @Nullable AwsCredentialsIdentity credentials,
        @Nullable Instant deadline,
        @Nullable String region,
        boolean once) {

    /**
     * A token for a request that must be recognised when it comes again: the same for the same key, and in any
     * service's form.
     */
    public static String token(String idempotencyKey) {
        return UUID.nameUUIDFromBytes(idempotencyKey.getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** In the function's own name and region, whenever the answer comes. */
    public AwsCall(ServiceModel service, Operation operation, JsonNode input) {
        this(service, operation, input, null, null, null, null, false);
    }

    /**
     * A call that Reprise itself makes.
     *
     * @param service such as {@code kms}
     * @param action such as {@code generateDataKey}
     * @throws NullPointerException when there is no such action
     */
    public static AwsCall of(String service, String action, JsonNode input) {
        ServiceModel model = ServiceModels.get(service);
        return new AwsCall(model, Objects.requireNonNull(model.operation(action), action), input);
    }

    /** The same, recognisable by that key. */
    public AwsCall recognisedBy(@Nullable String key) {
        return new AwsCall(service, operation, input, key, credentials, deadline, region, once);
    }

    /** The same in that name; null for the function's own. */
    public AwsCall as(@Nullable AwsCredentialsIdentity identity) {
        return new AwsCall(service, operation, input, idempotencyKey, identity, deadline, region, once);
    }

    /** The same, until then; null for whenever the answer comes. */
    public AwsCall until(@Nullable Instant latest) {
        return new AwsCall(service, operation, input, idempotencyKey, credentials, latest, region, once);
    }

    /** The same in that region; null for the function's own. */
    public AwsCall in(@Nullable String otherRegion) {
        return new AwsCall(service, operation, input, idempotencyKey, credentials, deadline, otherRegion, once);
    }

    /** The same in one attempt. */
    public AwsCall inOneAttempt() {
        return new AwsCall(service, operation, input, idempotencyKey, credentials, deadline, region, true);
    }
}
