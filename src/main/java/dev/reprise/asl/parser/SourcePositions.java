package dev.reprise.asl.parser;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.reprise.asl.SourcePosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds where in a text values stand. The text is read once more for it, and only when something is wrong with it: a
 * definition without problems keeps no positions.
 */
public final class SourcePositions {

    /** A value that is sought, or holds one. */
    private static final class Sought {
        private final Map<String, Sought> inside = new HashMap<>();
        private @Nullable SourcePosition position;
    }

    /** A container that is being read. */
    private static final class Open {
        private final boolean array;
        private final Sought sought;
        private int next;

        Open(boolean array, Sought sought) {
            this.array = array;
            this.sought = sought;
        }
    }

    private final Sought root = new Sought();
    private final Deque<Open> open = new ArrayDeque<>();

    private SourcePositions() {}

    /**
     * Where the values stand: a member of an object at its name, an element of an array at its beginning. What is not
     * there stands at the nearest value around it.
     *
     * @param pointers JSON pointers (RFC 6901)
     */
    public static Map<String, SourcePosition> find(String text, DefinitionFormat format, Collection<String> pointers) {
        SourcePositions positions = new SourcePositions();
        pointers.forEach(positions::seek);
        try (JsonParser parser = JsonText.parser(text, format)) {
            positions.read(parser);
        } catch (JsonProcessingException e) {
            // What stands behind the mistake is not found; the mistake itself is reported by whoever reads the text.
        } catch (IOException e) {
            throw new UncheckedIOException("A string cannot fail to be read", e);
        }
        Map<String, SourcePosition> found = new LinkedHashMap<>();
        pointers.forEach(pointer -> found.put(pointer, positions.nearest(pointer)));
        return found;
    }

    private static String[] keys(String pointer) {
        return pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1);
    }

    private static String unescaped(String key) {
        return key.replace("~1", "/").replace("~0", "~");
    }

    private void seek(String pointer) {
        Sought at = root;
        for (String key : keys(pointer)) {
            at = at.inside.computeIfAbsent(unescaped(key), unused -> new Sought());
        }
    }

    private SourcePosition nearest(String pointer) {
        Sought at = root;
        SourcePosition nearest = SourcePosition.START;
        for (String key : keys(pointer)) {
            at = at.inside.get(unescaped(key));
            if (at == null || at.position == null) {
                return nearest;
            }
            nearest = at.position;
        }
        return nearest;
    }

    private void read(JsonParser parser) throws IOException {
        Sought value = root;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            Open container = open.peek();
            if (token.isStructEnd()) {
                open.pop();
                continue;
            }
            if (token == JsonToken.FIELD_NAME) {
                value = container == null ? null : container.sought.inside.get(parser.currentName());
                note(value, parser);
                continue;
            }
            if (container != null && container.array) {
                value = container.sought.inside.get(Integer.toString(container.next++));
                note(value, parser);
            }
            if (token.isStructStart()) {
                if (value == null || value.inside.isEmpty()) {
                    parser.skipChildren();
                } else {
                    open.push(new Open(token == JsonToken.START_ARRAY, value));
                }
            }
        }
    }

    private static void note(@Nullable Sought value, JsonParser parser) {
        if (value != null) {
            value.position = SourcePosition.of(parser.currentTokenLocation());
        }
    }
}
