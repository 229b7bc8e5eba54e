package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Tells whether a value is larger than a limit, without writing it out. */
public final class JsonSize {

    private JsonSize() {}

    /** Whether {@code value} as compact JSON in UTF-8 takes more than {@code limit} bytes. Stops counting as soon as it knows. */
    static boolean exceeds(JsonNode value, long limit) {
        return count(value, limit) < 0;
    }

    /** How many bytes {@code value} takes as compact JSON in UTF-8. */
    public static long of(JsonNode value) {
        return Long.MAX_VALUE - count(value, Long.MAX_VALUE);
    }

    /** What is left of {@code left} bytes after {@code value}; negative once it does not fit. */
    private static long count(JsonNode value, long left) {
        switch (value.getNodeType()) {
            case STRING -> {
                return left - text(value.textValue());
            }
            case OBJECT -> {
                left -= 1 + Math.max(1, value.size());
                for (Map.Entry<String, JsonNode> member : value.properties()) {
                    if (left < 0) {
                        return left;
                    }
                    left = count(member.getValue(), left - text(member.getKey()) - 1);
                }
                return left;
            }
            case ARRAY -> {
                left -= 1 + Math.max(1, value.size());
                for (int i = 0; i < value.size() && left >= 0; i++) {
                    left = count(value.path(i), left);
                }
                return left;
            }
            default -> {
                return left - value.asText().length();
            }
        }
    }

    /** The bytes of a string with its quotes. */
    private static long text(String text) {
        long bytes = 2;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes += c < 0x20 ? controlBytes(c) : c == '"' || c == '\\' ? 2 : 1;
            } else if (c < 0x800 || Character.isSurrogate(c)) {
                bytes += 2;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }

    private static int controlBytes(char c) {
        return c == '\n' || c == '\r' || c == '\t' || c == '\b' || c == '\f' ? 2 : 6;
    }
}
