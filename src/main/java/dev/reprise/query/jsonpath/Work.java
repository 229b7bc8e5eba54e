package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.Fuel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** How much fuel the work on a value takes. */
final class Work {

    /** Characters that are worth a unit. */
    private static final int CHARACTERS = 8;

    /** What making an element takes beside looking at it, which also bounds the memory that an evaluation fills. */
    static final int ELEMENT = 4;

    private Work() {}

    /** Reading or writing a text. */
    static long text(String text) {
        return characters(text.length());
    }

    static long characters(long count) {
        return 1 + count / CHARACTERS;
    }

    /** Burns what looking at every part of {@code value} takes, and ends where there is not that much. */
    static void burnWhole(JsonNode value, Fuel fuel) {
        fuel.burn(look(value));
        if (value.isEmpty()) {
            return;
        }
        Deque<Iterator<JsonNode>> open = new ArrayDeque<>();
        open.push(parts(value, fuel));
        while (!open.isEmpty()) {
            Iterator<JsonNode> level = open.element();
            if (!level.hasNext()) {
                open.pop();
                continue;
            }
            JsonNode part = level.next();
            fuel.burn(look(part));
            if (!part.isEmpty()) {
                open.push(parts(part, fuel));
            }
        }
    }

    private static long look(JsonNode value) {
        return value.isTextual() ? text(value.textValue()) : 1;
    }

    private static Iterator<JsonNode> parts(JsonNode container, Fuel fuel) {
        container.fieldNames().forEachRemaining(name -> fuel.burn(text(name)));
        return container.elements();
    }

    /** {@code value} as compact JSON. */
    static String json(JsonNode value, Fuel fuel) {
        burnWhole(value, fuel);
        return value.toString();
    }
}
