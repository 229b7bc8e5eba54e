package dev.reprise.journal.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes a tree so that {@link TreeReader} gives an equal one: a run that was resumed must compute with the very values
 * that the first one had. It needs no stack, however deep the tree is.
 *
 * <p>A few nodes have no JSON of their own (a float, a long that fits an int, bytes, NaN, half a character): they are
 * written as their nearest kin, and the writer says so.
 */
public final class TreeWriter {

    private final JsonGenerator out;
    private Fidelity fidelity = Fidelity.EXACT;

    private TreeWriter(JsonGenerator out) {
        this.out = out;
    }

    /**
     * Writes a tree as JSON.
     *
     * @return how near a reader gets to the tree
     * @throws IllegalArgumentException when there is something in the tree that is no JSON
     */
    public static Fidelity write(JsonGenerator out, JsonNode tree) throws IOException {
        TreeWriter writer = new TreeWriter(out);
        if (tree.isContainerNode()) {
            writer.container(tree);
        } else {
            writer.scalar(tree);
        }
        return writer.fidelity;
    }

    /** Writes text, mended if need be. */
    static Fidelity writeText(JsonGenerator out, String text) throws IOException {
        String whole = Surrogates.whole(text);
        out.writeString(whole);
        return whole.equals(text) ? Fidelity.EXACT : Fidelity.LOSSY;
    }

    private void atMost(Fidelity bound) {
        fidelity = fidelity.and(bound);
    }

    private void exactIf(boolean kept, Fidelity otherwise) {
        if (!kept) {
            atMost(otherwise);
        }
    }

    private void container(JsonNode root) throws IOException {
        // Iterators over the elements, or over the fields, of the containers around the current place.
        Deque<Iterator<?>> open = new ArrayDeque<>();
        open.push(begin(root));
        while (!open.isEmpty()) {
            Iterator<?> innermost = open.element();
            if (!innermost.hasNext()) {
                open.pop();
                end();
                continue;
            }
            Object next = innermost.next();
            JsonNode value;
            if (next instanceof Map.Entry<?, ?> field) {
                name((String) field.getKey());
                value = (JsonNode) field.getValue();
            } else {
                value = (JsonNode) next;
            }
            if (value.isContainerNode()) {
                open.push(begin(value));
            } else {
                scalar(value);
            }
        }
    }

    private Iterator<?> begin(JsonNode container) throws IOException {
        if (container.isObject()) {
            out.writeStartObject();
            return container.properties().iterator();
        }
        out.writeStartArray();
        return container.elements();
    }

    private void end() throws IOException {
        if (out.getOutputContext().inObject()) {
            out.writeEndObject();
        } else {
            out.writeEndArray();
        }
    }

    private void name(String name) throws IOException {
        String whole = Surrogates.whole(name);
        exactIf(whole.equals(name), Fidelity.LOSSY);
        out.writeFieldName(whole);
    }

    private void scalar(JsonNode value) throws IOException {
        switch (value.getNodeType()) {
            case STRING -> atMost(writeText(out, value.textValue()));
            case NUMBER -> number(value);
            case BOOLEAN -> out.writeBoolean(value.booleanValue());
            case NULL -> out.writeNull();
            case MISSING -> {
                atMost(Fidelity.LOSSY);
                out.writeNull();
            }
            case BINARY -> {
                atMost(Fidelity.LOSSY);
                out.writeString(value.asText());
            }
            default -> throw new IllegalArgumentException("No JSON: " + describe(value));
        }
    }

    private void number(JsonNode number) throws IOException {
        switch (number.numberType()) {
            case INT -> {
                exactIf(number.isInt(), Fidelity.SAME_VALUES);
                out.writeNumber(number.intValue());
            }
            case LONG -> {
                exactIf(!number.canConvertToInt(), Fidelity.SAME_VALUES);
                out.writeNumber(number.longValue());
            }
            case BIG_INTEGER -> {
                exactIf(!number.canConvertToLong(), Fidelity.SAME_VALUES);
                out.writeNumber(number.bigIntegerValue());
            }
            case BIG_DECIMAL -> decimal(number.decimalValue());
            case FLOAT, DOUBLE -> floating(number);
        }
    }

    /** Never with a point, and always with an exponent: so a reader can tell it from a double, and keeps its scale. */
    private void decimal(BigDecimal number) throws IOException {
        out.writeNumber(number.unscaledValue() + "E" + -(long) number.scale());
    }

    private void floating(JsonNode number) throws IOException {
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            atMost(Fidelity.LOSSY);
            out.writeString(Double.toString(value));
        } else if (number.isFloat()) {
            // Its own digits, as every other writer of JSON gives them: 1.1, not 1.100000023841858.
            atMost(Fidelity.LOSSY);
            out.writeNumber(number.floatValue());
        } else {
            out.writeNumber(value);
        }
    }

    private static String describe(JsonNode value) {
        Object content = value instanceof POJONode pojo ? pojo.getPojo() : value;
        return "an object of " + (content == null ? "null" : content.getClass().getName());
    }
}
