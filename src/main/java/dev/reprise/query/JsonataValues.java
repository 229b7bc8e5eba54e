package dev.reprise.query;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Between Jackson's nodes and what the JSONata engine computes with. Nodes go in as read-only views, so nothing is copied that the expression does not look at, and a view that comes out gives
 * its node back.
 */
final class JsonataValues {

    private JsonataValues() {}

    /** {@code node} as the engine sees it. */
    static Object view(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> new ObjectView((ObjectNode) node);
            case ARRAY -> new ArrayView((ArrayNode) node);
            case STRING -> node.textValue();
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            default -> Jsonata.NULL_VALUE;
        };
    }

    /** An object's members. */
    static final class ObjectView extends AbstractMap<String, Object> {
        private final ObjectNode node;

        private ObjectView(ObjectNode node) {
            this.node = node;
        }

        @Override
        public @Nullable Object get(@Nullable Object name) {
            JsonNode value = node.get(String.valueOf(name));
            return value == null ? null : view(value);
        }

        @Override
        public boolean containsKey(@Nullable Object name) {
            return node.has(String.valueOf(name));
        }

        @Override
        public int size() {
            return node.size();
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Map.Entry<String, Object>> iterator() {
                    Iterator<Map.Entry<String, JsonNode>> members =
                            node.properties().iterator();
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return members.hasNext();
                        }

                        @Override
                        public Map.Entry<String, Object> next() {
                            Map.Entry<String, JsonNode> member = members.next();
                            return Map.entry(member.getKey(), view(member.getValue()));
                        }
                    };
                }

                @Override
                public int size() {
                    return node.size();
                }
            };
        }
    }

    /** An array's elements. */
    static final class ArrayView extends AbstractList<Object> implements RandomAccess {
        private final ArrayNode node;

        private ArrayView(ArrayNode node) {
            this.node = node;
        }

        @Override
        public Object get(int index) {
            JsonNode element = node.get(index);
            if (element == null) {
                throw new IndexOutOfBoundsException(index);
            }
            return view(element);
        }

        @Override
        public int size() {
            return node.size();
        }
    }

    /** A value that JSON cannot express: a function or a regular expression. */
    static final class NotJson extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotJson() {
            super(null, null, false, false);
        }
    }

    /**
     * A computed value as JSON, of any size.
     *
     * @throws NotJson when there is a function in it
     */
    static JsonNode node(@Nullable Object value) {
        return new JsonataResult(Long.MAX_VALUE).node(value);
    }

    /**
     * A computed value as JSON.
     *
     * @param bytes how large it may be as text
     * @throws NotJson when there is a function in it
     * @throws com.dashjoin.jsonata.JException when it is larger
     */
    static JsonNode node(@Nullable Object value, int bytes) {
        // What is only passed on is not larger than it was.
        return switch (value) {
            case ObjectView view -> view.node;
            case ArrayView view -> view.node;
            case null, default -> new JsonataResult(bytes).node(value);
        };
    }

    /** The node behind a view; null when {@code value} is no view. */
    static @Nullable JsonNode viewed(Object value) {
        return switch (value) {
            case ObjectView view -> view.node;
            case ArrayView view -> view.node;
            default -> null;
        };
    }
}
