package dev.reprise.journal.codec;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name of a content-addressed value: the SHA-256 of its JSON text, in hexadecimal. */
public final class ContentHash {

    private ContentHash() {}

    /** Of all that {@code json} holds. */
    public static String of(ByteSink json) {
        return of(json.buffer(), json.size());
    }

    /** Of the first {@code length} bytes of {@code json}. */
    public static String of(byte[] json, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(json, 0, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
