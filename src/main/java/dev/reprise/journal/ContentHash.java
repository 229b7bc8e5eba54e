package dev.reprise.journal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name of a content-addressed value: the SHA-256 of its JSON text, in hexadecimal. */
final class ContentHash {

    private ContentHash() {}

    /** Of all that {@code json} holds. */
    static String of(ByteSink json) {
        return of(json.buffer(), json.size());
    }

    /** Of the first {@code length} bytes of {@code json}. */
    static String of(byte[] json, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(json, 0, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
