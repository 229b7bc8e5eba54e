package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells how large values are, without writing them out. Used by one thread at a time.
 *
 * <p>The large values that it met last it knows again, wherever they stand: what holds the same large value over and
 * over, as the inputs of a Map's items may, is measured in work that the value itself takes no part in. So values must
 * not be changed once they were measured.
 */
public final class JsonSize {

    /** More levels no payload has: whatever works on JSON level by level has stack for these. */
    static final int DEEPEST = 1_000;

    /** From so many bytes on a value is remembered. */
    private static final int LARGE = 4_096;

    /** So many characters are counted as the work of looking at one value. */
    private static final int CHARACTERS = 32;

    /** A value that was measured. */
    private record Known(JsonNode value, long bytes, int height) {}

    private final @Nullable Known[] known = new Known[4];
    private int knownNext;

    private long work;
    /** The deepest level met, and the largest value known, since this was last set back. */
    private int deepest;

    private long largestKnown;

    /** What is left of the limit; negative once the value does not fit. */
    private long left;

    JsonSize() {}

    /** How many bytes {@code value} takes as compact JSON in UTF-8. Its depth is not bounded. */
    public static long of(JsonNode value) {
        JsonSize size = new JsonSize();
        size.left = Long.MAX_VALUE;
        size.measure(value, 0, Integer.MAX_VALUE);
        return Long.MAX_VALUE - size.left;
    }

    /** Whether {@code value} takes more than {@code limit} bytes, or has more levels than {@value #DEEPEST}. Stops looking as soon as it knows. */
    boolean exceeds(JsonNode value, long limit) {
        return bytes(value, limit) > limit;
    }

    /** How many bytes {@code value} takes as compact JSON in UTF-8; more than {@code limit} when it takes more, or has more levels than {@value #DEEPEST}. */
    long bytes(JsonNode value, long limit) {
        left = limit;
        deepest = 0;
        largestKnown = 0;
        measure(value, 0, DEEPEST);
        return left < 0 ? limit + 1 : limit - left;
    }

    /** The work done since this was last asked: values looked at, and their text. */
    long takeWork() {
        long taken = work;
        work = 0;
        return taken;
    }

    private void measure(JsonNode value, int depth, int most) {
        work++;
        switch (value.getNodeType()) {
            case STRING -> left -= text(value.textValue());
            case OBJECT, ARRAY -> container(value, depth + 1, most);
            case NUMBER, BOOLEAN, NULL, BINARY, POJO, MISSING ->
                left -= value.asText().length();
        }
    }

    private void container(JsonNode value, int depth, int most) {
        if (depth > most) {
            left = -1;
        }
        if (left < 0 || isKnown(value, depth, most)) {
            return;
        }
        long before = left;
        int deepestBefore = deepest;
        long largestBefore = largestKnown;
        deepest = depth;
        largestKnown = 0;
        left -= 1 + Math.max(1, value.size());
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                if (left < 0) {
                    return;
                }
                left -= text(member.getKey()) + 1;
                measure(member.getValue(), depth, most);
            }
        } else {
            for (int i = 0; i < value.size() && left >= 0; i++) {
                measure(value.path(i), depth, most);
            }
        }
        long bytes = before - left;
        // What is little larger than a value that is known is not worth a place beside it.
        if (left >= 0 && bytes >= LARGE && bytes >= 2 * largestKnown) {
            known[knownNext] = new Known(value, bytes, deepest - depth);
            knownNext = (knownNext + 1) % known.length;
            largestKnown = bytes;
        }
        deepest = Math.max(deepest, deepestBefore);
        largestKnown = Math.max(largestKnown, largestBefore);
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean isKnown(JsonNode value, int depth, int most) {
        for (Known candidate : known) {
            if (candidate != null && candidate.value() == value) {
                left = depth + candidate.height() > most ? -1 : left - candidate.bytes();
                deepest = Math.max(deepest, depth + candidate.height());
                largestKnown = Math.max(largestKnown, candidate.bytes());
                return true;
            }
        }
        return false;
    }

    /** The bytes of a string with its quotes. */
    private long text(String text) {
        work += text.length() / CHARACTERS;
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
