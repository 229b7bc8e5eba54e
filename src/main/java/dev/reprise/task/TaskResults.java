package dev.reprise.task;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a task gave into JSON that is the same whether it stays in memory or comes back from the journal: no node
 * that its text would not give again, such as bytes, a float, or a long that fits an int.
 */
final class TaskResults {

    /** As deep as Jackson reads back by default. */
    private static final int DEEPEST = 1000;

    /** What is no number in JSON is refused, not written as a text. */
    private static final JsonMapper PLAIN =
            JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

    private final ObjectMapper mapper;

    TaskResults(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** @throws IllegalArgumentException when it cannot be written as JSON */
    JsonNode toJson(@Nullable Object result) {
        if (result == null) {
            return NullNode.instance;
        }
        JsonNode node = result instanceof JsonNode json ? json : mapper.valueToTree(result);
        return isPlain(node, 0) ? node : reread(node);
    }

    private static boolean isPlain(JsonNode node, int depth) {
        return switch (node.getNodeType()) {
            case OBJECT, ARRAY -> {
                if (depth >= DEEPEST) {
                    throw new IllegalArgumentException("nested more than " + DEEPEST + " levels deep");
                }
                for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
                    if (!isPlain(children.next(), depth + 1)) {
                        yield false;
                    }
                }
                yield true;
            }
            case NUMBER -> isPlainNumber(node);
            case STRING, BOOLEAN, NULL -> true;
            case BINARY, POJO, MISSING -> false;
        };
    }

    private static boolean isPlainNumber(JsonNode node) {
        return switch (node.numberType()) {
            case INT -> !node.isShort();
            case LONG -> !node.canConvertToInt();
            case BIG_INTEGER -> !node.canConvertToLong();
            case DOUBLE -> isFinite(node.doubleValue());
            case FLOAT -> !isFinite(node.doubleValue());
            case BIG_DECIMAL -> false;
        };
    }

    private static boolean isFinite(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(number + " is no number in JSON");
        }
        return true;
    }

    private static JsonNode reread(JsonNode node) {
        try {
            return PLAIN.readTree(PLAIN.writeValueAsBytes(node));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("Reading a value that is in memory did I/O", e);
        }
    }
}
