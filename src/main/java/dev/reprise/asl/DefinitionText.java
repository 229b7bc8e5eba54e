package dev.reprise.asl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A definition as it was written, and its identity: an execution keeps to the text that it began with, however the file
 * changes.
 *
 * @param text the whole file
 * @param sha256 the SHA-256 of the text in UTF-8: 64 hexadecimal digits in lower case
 */
public record DefinitionText(String text, String sha256) {

    /** The text with its hash. */
    public static DefinitionText of(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new DefinitionText(text, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
