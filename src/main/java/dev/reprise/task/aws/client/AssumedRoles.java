package dev.reprise.task.aws.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Roles that are taken on for tasks with {@code Credentials}, by STS; each is kept until shortly before it expires.
 * Thread-safe.
 */
public final class AssumedRoles {

    /** So long before its end a role is taken on anew. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private static final int LONGEST_SESSION_NAME = 64;

    private final AwsClient client;

    /** By the role's ARN. */
    private final FreshValues<AwsCredentials> taken;

    public AssumedRoles(AwsClient client, InstantSource clock) {
        this.client = client;
        this.taken = new FreshValues<>(clock);
    }

    /**
     * Keys of the role.
     *
     * @param session what the role's log calls whoever took it on; other characters than STS takes become hyphens
     * @throws ServiceRefusedException when STS does not give them
     * @throws UnreachableServiceException when STS does not answer
     */
    public AwsCredentials assume(String roleArn, String session) {
        try {
            return taken.get(roleArn, () -> ask(roleArn, session));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UnreachableServiceException.forGood("The call was given up", e);
        }
    }

    private FreshValues.Fresh<AwsCredentials> ask(String roleArn, String session) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("RoleArn", roleArn);
        request.put("RoleSessionName", sessionName(session));
        JsonNode keys =
                client.call(AwsCall.of("sts", "assumeRole", request)).output().path("Credentials");
        return new FreshValues.Fresh<>(
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
