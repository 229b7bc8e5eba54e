package dev.reprise.journal.kms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.journal.seal.KeyService;
import dev.reprise.journal.store.DataKeyUnavailableException;
import dev.reprise.task.aws.client.AwsCall;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.ServiceRefusedException;
import dev.reprise.task.aws.client.UnreachableServiceException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Data keys by KMS: {@code GenerateDataKey} makes them, {@code Decrypt} opens them. Thread-safe. */
public final class KmsKeys implements KeyService {

    /** All attempts together: a key is asked for amid an invocation, whose time may be short. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String KEY_SPEC = "AES_256";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<AwsClient> client;
    private final String table;
    private final InstantSource clock;

    /**
     * Keys.
     *
     * @param client asked for when a key is needed first
     * @param table whose keys they are, for messages
     */
    public KmsKeys(Supplier<AwsClient> client, String table, InstantSource clock) {
        this.client = client;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public NewKey make(String keyArn, Map<String, String> context) {
        ObjectNode request = request(keyArn, context);
        request.put("KeySpec", KEY_SPEC);
        JsonNode answer = call("generateDataKey", keyArn, request);
        byte[] wrapped = bytes(answer, "CiphertextBlob", keyArn);
        return new NewKey(key(answer, keyArn), Base64.getEncoder().encodeToString(wrapped));
    }

    @Override
    public SecretKey open(String keyArn, String wrapped, Map<String, String> context) {
        ObjectNode request = request(keyArn, context);
        request.put("CiphertextBlob", Base64.getDecoder().decode(wrapped));
        return key(call("decrypt", keyArn, request), keyArn);
    }

    private SecretKey key(JsonNode answer, String keyArn) {
        return new SecretKeySpec(bytes(answer, "Plaintext", keyArn), "HmacSHA256");
    }

    private static ObjectNode request(String keyArn, Map<String, String> context) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("KeyId", keyArn);
        ObjectNode names = request.putObject("EncryptionContext");
        context.forEach(names::put);
        return request;
    }

    private JsonNode call(String operation, String keyArn, ObjectNode request) {
        AwsCall call =
                AwsCall.of("kms", operation, request).until(clock.instant().plus(PATIENCE));
        try {
            // As it came: in a workflow's values, bytes that happen to be text are text.
            return JSON.readTree(client.get().exchange(call).body());
        } catch (ServiceRefusedException e) {
            throw unavailable(
                    keyArn,
                    e.getMessage() + ". Check that the key is enabled, and that its policy and the role of this process"
                            + " allow kms:GenerateDataKey and kms:Decrypt",
                    e);
        } catch (UnreachableServiceException | IOException e) {
            throw unavailable(keyArn, String.valueOf(e.getMessage()), e);
        }
    }

    private byte[] bytes(JsonNode answer, String member, String keyArn) {
        try {
            byte[] bytes = answer.path(member).binaryValue();
            if (bytes != null && bytes.length > 0) {
                return bytes;
            }
        } catch (IOException e) {
            throw unavailable(keyArn, "its answer's " + member + " is not in base64", e);
        }
        throw unavailable(keyArn, "its answer has no " + member, null);
    }

    private DataKeyUnavailableException unavailable(String keyArn, String detail, @Nullable Exception cause) {
        return new DataKeyUnavailableException(table, keyArn, "KMS: " + detail, cause);
    }
}
