package dev.reprise.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reprise.execution.ExecutionId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Names of executions, made of what AWS calls the events that start them: the same of the same. */
final class EventName {

    /** Bytes of a hash, twice as many digits: nobody finds two texts that share them. */
    private static final int HASH = 16;

    /** Characters that tell people what it is about. */
    private static final int SHOWN = ExecutionId.MAX_NAME_LENGTH - 2 * HASH - 1;

    private EventName() {}

    /** An id as it is, where it can be a name. */
    static String of(String id) {
        return isName(id) ? id : readable(id) + hash(List.of(id));
    }

    /** The end of an object's key, and a hash of all that tells one event from another. */
    static String ofObject(String key, List<String> parts) {
        return readable(key.substring(key.lastIndexOf('/') + 1)) + hash(parts);
    }

    private static boolean isName(String text) {
        try {
            ExecutionId unused = new ExecutionId("any", text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String readable(String text) {
        String allowed = text.replaceAll("[^A-Za-z0-9._-]+", "-");
        return allowed.isEmpty() ? "" : allowed.substring(0, Math.min(SHOWN, allowed.length())) + "-";
    }

    private static String hash(List<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(UTF_8);
                digest.update((bytes.length + ":").getBytes(UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
