package dev.reprise.journal.codec;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Reads what {@link TreeWriter} wrote. It needs no stack, however deep the tree is. */
public final class TreeReader {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private TreeReader() {}

    /** Reads the whole text. */
    public static JsonNode read(ByteSink json) throws IOException {
        return read(json.buffer(), 0, json.size());
    }

    /** Reads the whole text. */
    public static JsonNode read(byte[] json, int offset, int length) throws IOException {
        try (JsonParser parser = Json.FACTORY.createParser(json, offset, length)) {
            parser.nextToken();
            JsonNode tree = read(parser);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "text after the end of the value");
            }
            return tree;
        }
    }

    /** Reads the value whose first token is the parser's current one, and leaves the parser at its last. */
    public static JsonNode read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return container(parser, NODES.objectNode());
        }
        if (token == JsonToken.START_ARRAY) {
            return container(parser, NODES.arrayNode());
        }
        return scalar(parser, token);
    }

    private static JsonNode container(JsonParser parser, ContainerNode<?> root) throws IOException {
        // The containers around the innermost open one.
        Deque<ContainerNode<?>> around = new ArrayDeque<>();
        ContainerNode<?> innermost = root;
        while (true) {
            String name = null;
            JsonToken token = parser.nextToken();
            if (token == JsonToken.FIELD_NAME) {
                name = parser.currentName();
                token = parser.nextToken();
            }
            if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                if (around.isEmpty()) {
                    return root;
                }
                innermost = around.pop();
            } else if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                ContainerNode<?> child = token == JsonToken.START_OBJECT ? NODES.objectNode() : NODES.arrayNode();
                add(innermost, name, child);
                around.push(innermost);
                innermost = child;
            } else {
                add(innermost, name, scalar(parser, token));
            }
        }
    }

    private static void add(ContainerNode<?> container, @Nullable String name, JsonNode value) {
        if (container instanceof ObjectNode object && name != null) {
            object.set(name, value);
        } else {
            ((ArrayNode) container).add(value);
        }
    }

    private static JsonNode scalar(JsonParser parser, @Nullable JsonToken token) throws IOException {
        if (token == null) {
            throw new JsonParseException(parser, "the text ends too early");
        }
        return switch (token) {
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT -> NODES.numberNode(parser.getIntValue());
                    case LONG -> NODES.numberNode(parser.getLongValue());
                    default -> NODES.numberNode(parser.getBigIntegerValue());
                };
            case VALUE_NUMBER_FLOAT ->
                hasPoint(parser)
                        ? NODES.numberNode(parser.getDoubleValue())
                        : DecimalNode.valueOf(parser.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new JsonParseException(parser, "a value was expected, not " + token);
        };
    }

    private static boolean hasPoint(JsonParser parser) throws IOException {
        char[] text = parser.getTextCharacters();
        int end = parser.getTextOffset() + parser.getTextLength();
        for (int i = parser.getTextOffset(); i < end; i++) {
            if (text[i] == '.') {
                return true;
            }
        }
        return false;
    }
}
