package dev.reprise.query;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** What {@code States.Hash} and {@code $hash} compute. */
public final class Digests {

    private static final Set<String> ALGORITHMS = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    private Digests() {}

    /**
     * The digest of the text in UTF-8, in hexadecimal digits.
     *
     * @param algorithm one of those that AWS has: MD5, SHA-1, SHA-256, SHA-384, SHA-512
     * @throws IllegalArgumentException when it is another; its message is AWS's
     */
    public static String hexadecimal(String data, String algorithm) {
        if (!ALGORITHMS.contains(algorithm)) {
            throw new IllegalArgumentException(
                    "The algorithm must be one of MD5, SHA-1, SHA-256, SHA-384 and SHA-512 but was: " + algorithm);
        }
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(data.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The JDK lacks " + algorithm, e);
        }
    }
}
