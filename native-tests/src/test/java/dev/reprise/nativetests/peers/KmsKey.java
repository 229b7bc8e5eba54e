package dev.reprise.nativetests.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** KMS with one key: makes data keys, and opens what it made in the same context. */
public final class KmsKey extends JsonService {

    private static final int KEY_BYTES = 32;

    private record DataKey(String plaintext, JsonNode context) {}

    private final String arn;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, DataKey> made = new ConcurrentHashMap<>();
    private final List<String> operations = new CopyOnWriteArrayList<>();

    /** @param arn the key's */
    public KmsKey(String arn) {
        this.arn = arn;
    }

    /** What it was asked, in this order, such as {@code Decrypt}. */
    public List<String> operations() {
        return List.copyOf(operations);
    }

    @Override
    ObjectNode answer(String operation, JsonNode request) {
        operations.add(operation);
        if (!request.path("KeyId").asText().equals(arn)) {
            return refused("NotFoundException", "there is no such key: " + request);
        }
        JsonNode context = request.path("EncryptionContext");
        ObjectNode answer = JSON.createObjectNode().put("KeyId", arn);
        if (operation.equals("GenerateDataKey")) {
            DataKey key = new DataKey(randomBytes(), context);
            String wrapped = randomBytes();
            made.put(wrapped, key);
            return answer.put("Plaintext", key.plaintext()).put("CiphertextBlob", wrapped);
        }
        DataKey key = made.get(request.path("CiphertextBlob").asText());
        return key != null && key.context().equals(context)
                ? answer.put("Plaintext", key.plaintext())
                : refused("InvalidCiphertextException", operation + " of " + request);
    }

    /** In base64. */
    private String randomBytes() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
