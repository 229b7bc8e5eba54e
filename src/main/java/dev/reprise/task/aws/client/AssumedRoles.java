package dev.reprise.task.aws.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.model.ServiceModel;
import dev.reprise.task.aws.model.ServiceModels;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Roles that are taken on for tasks with {@code Credentials}, by STS; each is kept until shortly before it expires.
 * Thread-safe.
 */
public final class AssumedRoles {

    /** So long before its end a role is taken on anew. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private static final int MOST_KEPT = 100;

    private static final int LONGEST_SESSION_NAME = 64;

    private record Taken(AwsCredentialsIdentity identity, Instant until) {}

    private final AwsClient client;
    private final InstantSource clock;

    /** By the role's ARN, the one that was used longest ago first. Guarded by the lock. */
    private final Map<String, Taken> taken = new LinkedHashMap<>(16, 0.75f, true);

    private final ReentrantLock lock = new ReentrantLock();

    public AssumedRoles(AwsClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * Keys of the role.
     *
     * @param session what the role's log calls whoever took it on; other characters than STS takes become hyphens
     * @throws ServiceRefusedException when STS does not give them
     * @throws UnreachableServiceException when STS does not answer
     */
    public AwsCredentialsIdentity assume(String roleArn, String session) {
        // Held while STS is asked: a Map's items that need the same role ask once.
        lock.lock();
        try {
            Taken known = taken.get(roleArn);
            if (known == null || !clock.instant().isBefore(known.until())) {
                known = ask(roleArn, session);
                taken.put(roleArn, known);
                if (taken.size() > MOST_KEPT) {
                    taken.remove(taken.keySet().iterator().next());
                }
            }
            return known.identity();
        } finally {
            lock.unlock();
        }
    }

    private Taken ask(String roleArn, String session) {
        ServiceModel sts = ServiceModels.get("sts");
        Operation assumeRole = Objects.requireNonNull(sts.operation("assumeRole"));
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("RoleArn", roleArn);
        request.put("RoleSessionName", sessionName(session));
        JsonNode keys =
                client.call(new AwsCall(sts, assumeRole, request)).output().path("Credentials");
        return new Taken(
                AwsSessionCredentials.create(
                        keys.path("AccessKeyId").asText(),
                        keys.path("SecretAccessKey").asText(),
                        keys.path("SessionToken").asText()),
                Instant.parse(keys.path("Expiration").asText()).minus(MARGIN));
    }

    private static String sessionName(String session) {
        String plain = "reprise-" + session.replaceAll("[^\\w+=,.@-]", "-");
        return plain.length() > LONGEST_SESSION_NAME ? plain.substring(0, LONGEST_SESSION_NAME) : plain;
    }
}
