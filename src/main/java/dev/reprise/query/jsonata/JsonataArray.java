package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * An array that an expression makes, with what the language remembers of it. A <em>sequence</em> is what a path, a
 * predicate or a function like {@code $map} finds: one of no element is undefined,
 * one of a single element is that element unless it is to be kept. It never leaves the engine ({@link Result} makes
 * plain arrays of it), since whether an array is a sequence is no JSON.
 */
@SuppressWarnings({"serial", "unchecked"})
final class JsonataArray extends ArrayNode {

    private final transient List<JsonNode> elements;

    /** Whether it was found, not written. */
    private boolean sequence;

    /** Whether a sequence of one element stays an array. */
    private boolean keepSingleton;

    /** Whether it was written at the beginning or end of a path, which does not flatten it. */
    private boolean constructed;

    private JsonataArray(List<JsonNode> elements, boolean sequence) {
        super(JsonNodeFactory.instance, elements);
        this.elements = elements;
        this.sequence = sequence;
    }

    static JsonataArray sequence() {
        return new JsonataArray(new ArrayList<>(), true);
    }

    static JsonataArray sequence(JsonNode element) {
        JsonataArray sequence = sequence();
        sequence.elements.add(element);
        return sequence;
    }

    /** An array that is written out, or made by a function. */
    static JsonataArray array() {
        return new JsonataArray(new ArrayList<>(), false);
    }

    /** An array of {@code elements}, which it keeps. */
    static JsonataArray array(List<JsonNode> elements) {
        return new JsonataArray(elements, false);
    }

    /** The elements; adding to them adds to the array. */
    List<JsonNode> items() {
        return elements;
    }

    boolean isSequence() {
        return sequence;
    }

    boolean isKept() {
        return keepSingleton;
    }

    JsonataArray kept() {
        keepSingleton = true;
        return this;
    }

    boolean isConstructed() {
        return constructed;
    }

    JsonataArray constructed() {
        constructed = true;
        return this;
    }
}
