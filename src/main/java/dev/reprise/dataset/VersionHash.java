package dev.reprise.dataset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One version of many objects: it changes when any of them does, or when they are others. */
final class VersionHash {

    private final MessageDigest seen;

    VersionHash() {
        try {
            this.seen = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Takes in what names one more object, and its version; none of these holds a zero character. */
    void add(String... parts) {
        for (String part : parts) {
            seen.update((part + '\0').getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A hash of all that was added, to which no more is added. */
    String text() {
        return HexFormat.of().formatHex(seen.digest());
    }
}
