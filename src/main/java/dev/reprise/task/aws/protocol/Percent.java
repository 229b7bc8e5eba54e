package dev.reprise.task.aws.protocol;

import java.nio.charset.StandardCharsets;

/** Percent signs for what a path or a form cannot hold (RFC 3986). */
final class Percent {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

    private Percent() {}

    /** @param slashes whether slashes stay what they are */
    static String encode(String text, boolean slashes) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xFF);
            if (UNRESERVED.indexOf(character) >= 0 || (slashes && character == '/')) {
                encoded.append(character);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(character >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(character & 0xF, 16)));
            }
        }
        return encoded.toString();
    }
}
