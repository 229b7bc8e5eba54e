package dev.reprise.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionId;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A task token: the name of one attempt of a task, which leads to its execution without a look-up, and a keyed hash
 * (HMAC-SHA-256) of that name, which nobody can make who does not know the execution's secret. It is derived and not
 * stored, so a replay gives the same one.
 */
public final class TaskToken {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int HASH_BYTES = 32;

    private final ExecutionId execution;
    private final EffectId task;
    private final byte[] hash;
    private final byte[] name;

    private TaskToken(ExecutionId execution, EffectId task, byte[] hash, byte[] name) {
        this.execution = execution;
        this.task = task;
        this.hash = hash;
        this.name = name;
    }

    /**
     * The token of a task.
     *
     * @param secret the execution's, in base64
     */
    public static String write(String secret, ExecutionId execution, EffectId task) {
        byte[] name = (execution.workflow() + '\n' + execution.name() + '\n' + task).getBytes(UTF_8);
        byte[] token = Arrays.copyOf(hash(secret, name), HASH_BYTES + name.length);
        System.arraycopy(name, 0, token, HASH_BYTES, name.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** Reads a token, which may still be forged; null when the text is none. */
    public static @Nullable TaskToken read(String text) {
        try {
            byte[] token = Base64.getUrlDecoder().decode(text);
            if (token.length <= HASH_BYTES) {
                return null;
            }
            byte[] name = Arrays.copyOfRange(token, HASH_BYTES, token.length);
            String[] parts = new String(name, UTF_8).split("\n", 3);
            return parts.length < 3
                    ? null
                    : new TaskToken(
                            new ExecutionId(parts[0], parts[1]),
                            EffectId.parse(parts[2]),
                            Arrays.copyOf(token, HASH_BYTES),
                            name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether it was made with this secret. */
    public boolean isGenuine(String secret) {
        return MessageDigest.isEqual(hash, hash(secret, name));
    }

    /** Which execution waits for the task. */
    public ExecutionId execution() {
        return execution;
    }

    /** Which of its tasks, and which attempt. */
    public EffectId task() {
        return task;
    }

    private static byte[] hash(String secret, byte[] name) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), ALGORITHM));
            return mac.doFinal(name);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
