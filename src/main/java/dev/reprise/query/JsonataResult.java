package dev.reprise.query;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what the engine computed into JSON, and stops when it becomes too large: an expression of a few characters can describe any size. */
final class JsonataResult {

    private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;

    /** What a number, a boolean or a null takes, about. */
    private static final int SCALAR = 4;

    private long budget;

    JsonataResult(long bytes) {
        budget = bytes;
    }

    JsonNode node(@Nullable Object value) {
        return switch (value) {
            case null -> NullNode.getInstance();
            case String text -> {
                spend(text.length() + 2L);
                yield TextNode.valueOf(text);
            }
            case Boolean bool -> spent(BooleanNode.valueOf(bool));
            case Number number -> spent(number(number));
            case JsonataValues.ObjectView view -> shared(view);
            case JsonataValues.ArrayView view -> shared(view);
            case Map<?, ?> map -> {
                ObjectNode object = FACTORY.objectNode();
                map.forEach((name, member) -> {
                    spend(String.valueOf(name).length() + 4L);
                    object.set(String.valueOf(name), node(member));
                });
                yield object;
            }
            case List<?> list -> {
                ArrayNode array = FACTORY.arrayNode();
                for (Object element : list) {
                    spend(1);
                    array.add(node(element));
                }
                yield array;
            }
            default -> {
                if (value == Jsonata.NULL_VALUE) {
                    yield spent(NullNode.getInstance());
                }
                throw new JsonataValues.NotJson();
            }
        };
    }

    /** JSON has no infinite numbers; AWS writes them as strings. */
    private static JsonNode number(Number value) {
        return switch (value) {
            case Integer number -> FACTORY.numberNode(number);
            case Long number -> Numbers.node(number);
            case BigInteger number -> FACTORY.numberNode(number);
            case BigDecimal number -> FACTORY.numberNode(number);
            default -> {
                double number = value.doubleValue();
                yield Double.isFinite(number) ? FACTORY.numberNode(number) : TextNode.valueOf(String.valueOf(number));
            }
        };
    }

    private JsonNode spent(JsonNode scalar) {
        spend(SCALAR);
        return scalar;
    }

    private JsonNode shared(Object view) {
        JsonNode node = JsonataValues.viewed(view);
        if (node == null) {
            throw new IllegalStateException("Not a view: " + view);
        }
        measure(node);
        return node;
    }

    private void measure(JsonNode node) {
        switch (node) {
            case ObjectNode object ->
                object.properties().forEach(member -> {
                    spend(member.getKey().length() + 4L);
                    measure(member.getValue());
                });
            case ArrayNode array ->
                array.forEach(element -> {
                    spend(1);
                    measure(element);
                });
            case TextNode text -> spend(text.textValue().length() + 2L);
            default -> spend(SCALAR);
        }
    }

    private void spend(long bytes) {
        budget -= bytes;
        if (budget < 0) {
            throw JsonataBounds.tooLarge();
        }
    }
}
