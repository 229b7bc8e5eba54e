package dev.reprise.execution;

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

    /** The one met last comes first. */
    private final @Nullable Known[] known = new Known[4];

    private long work;
    /** The deepest level met since this was last set back. */
    private int deepest;
    /** How many bytes of the value were known. */
    private long bytesKnown;

    /** What is left of the limit; negative once the value does not fit. */
    private long left;

    public JsonSize() {}

    /** How many bytes {@code value} takes as compact JSON in UTF-8. Its depth is not bounded. */
    public static long of(JsonNode value) {
        JsonSize size = new JsonSize();
        size.left = Long.MAX_VALUE;
        size.measure(value, 0, Integer.MAX_VALUE);
        return Long.MAX_VALUE - size.left;
    }

    /**
     * Whether {@code value} takes more than {@code limit} bytes, or has more levels than {@value #DEEPEST}. Stops
     * looking as soon as it knows.
     */
    public boolean exceeds(JsonNode value, long limit) {
        return bytes(value, limit) > limit;
    }

    /**
     * How many bytes {@code value} takes as compact JSON in UTF-8; more than {@code limit} when it takes more, or has
     * more levels than {@value #DEEPEST}.
     */
    public long bytes(JsonNode value, long limit) {
        left = limit;
        deepest = 0;
        bytesKnown = 0;
        measure(value, 0, DEEPEST);
        return left < 0 ? limit + 1 : limit - left;
    }

    /** The work done since this was last asked: values looked at, and their text. */
    public long takeWork() {
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
        long knownBefore = bytesKnown;
        deepest = depth;
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
        // To look at little more than what is known already costs less than a place.
        if (left >= 0 && bytes - (bytesKnown - knownBefore) >= LARGE) {
            putFirst(new Known(value, bytes, deepest - depth), known.length - 1);
        }
        deepest = Math.max(deepest, deepestBefore);
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean isKnown(JsonNode value, int depth, int most) {
        for (int i = 0; i < known.length; i++) {
            Known candidate = known[i];
            if (candidate != null && candidate.value() == value) {
                left = depth + candidate.height() > most ? -1 : left - candidate.bytes();
                deepest = Math.max(deepest, depth + candidate.height());
                bytesKnown += candidate.bytes();
                putFirst(candidate, i);
                return true;
            }
        }
        return false;
    }

    /** Puts it before the others, in place of the one at {@code last}. */
    private void putFirst(Known first, int last) {
        System.arraycopy(known, 0, known, 1, last);
        known[0] = first;
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
