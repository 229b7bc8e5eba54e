package dev.reprise.query.jsonata;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Percent encoding, as JavaScript has it.
 *
 * @see <a href="https://tc39.es/ecma262/#sec-uri-handling-functions">ECMAScript, URI handling functions</a>
 */
final class Urls {

    /** What is never encoded. */
    static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()";

    /** What separates the parts of a URL. */
    static final String RESERVED = ";/?:@&=+$,#";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Urls() {}

    /** {@code text} in which only {@code kept} stands for itself; null when it has half a character. */
    static @Nullable String encode(String text, String kept) {
        StringBuilder encoded = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                return null;
            }
            at += Character.charCount(c);
            if (c < 128 && kept.indexOf(c) >= 0) {
                encoded.append((char) c);
            } else {
                for (byte part : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append(HEX.toHexDigits(part));
                }
            }
        }
        return encoded.toString();
    }

    /**
     * {@code text} with its characters in place of their codes; null when a code is none. It reads forms, as Java and
     * AWS do: a plus is a blank, and octets that make no character are one that says so.
     */
    static @Nullable String decodeComponent(String text) {
        StringBuilder decoded = new StringBuilder();
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '%') {
                int octet = octet(text, at);
                if (octet < 0) {
                    return null;
                }
                octets.write(octet);
                at += 2;
            } else {
                decoded.append(octets.toString(StandardCharsets.UTF_8)).append(c == '+' ? ' ' : c);
                octets.reset();
            }
        }
        return decoded.append(octets.toString(StandardCharsets.UTF_8)).toString();
    }

    /**
     * {@code text} with its characters in place of their codes, but for those of {@code kept}; null when a code is
     * malformed.
     */
    static @Nullable String decode(String text, String kept) {
        StringBuilder decoded = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) != '%') {
                decoded.append(text.charAt(at++));
                continue;
            }
            int first = octet(text, at);
            int length = first < 0
                    ? 0
                    : first < 0x80 ? 1 : first < 0xc0 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf8 ? 4 : 0;
            String character = length == 0 ? null : character(text, at, length);
            if (character == null) {
                return null;
            }
            decoded.append(kept.contains(character) ? text.substring(at, at + 3 * length) : character);
            at += 3 * length;
        }
        return decoded.toString();
    }

    private static @Nullable String character(String text, int from, int length) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(length);
        for (int i = 0; i < length; i++) {
            int octet = octet(text, from + 3 * i);
            if (octet < 0) {
                return null;
            }
            bytes.write(octet);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static int octet(String text, int at) {
        if (at + 2 >= text.length() || text.charAt(at) != '%') {
            return -1;
        }
        int high = Character.digit(text.charAt(at + 1), 16);
        int low = Character.digit(text.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : 16 * high + low;
    }
}
