package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.Fuel;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/**
 * A value as Java writes maps and lists: <code>{a=x, b=[1, 2]}</code>. It is how {@code States.Format} on AWS writes
 * objects and arrays, and how its error texts show the value that a step did not fit.
 */
final class JavaText {

    private final StringBuilder out;
    private final Fuel fuel;
    private final Deque<Level> open = new ArrayDeque<>();

    private JavaText(StringBuilder out, Fuel fuel) {
        this.out = out;
        this.fuel = fuel;
    }

    /** An object or an array that is being written. */
    private static final class Level {
        private final JsonNode container;
        private final Iterator<Map.Entry<String, JsonNode>> members;
        private final Iterator<JsonNode> elements;
        private boolean begun;

        Level(JsonNode container) {
            this.container = container;
            this.members = container.properties().iterator();
            this.elements = container.isArray() ? container.elements() : Collections.emptyIterator();
        }
    }

    static String of(JsonNode value, Fuel fuel) {
        if (value.isTextual()) {
            return value.textValue();
        }
        StringBuilder out = new StringBuilder();
        append(value, out, fuel);
        return out.toString();
    }

    /** Strings come without quotes, at any depth. */
    static void append(JsonNode value, StringBuilder out, Fuel fuel) {
        JavaText text = new JavaText(out, fuel);
        text.write(value);
        while (!text.open.isEmpty()) {
            text.goOn(text.open.element());
        }
    }

    private void goOn(Level level) {
        boolean object = level.container.isObject();
        if (!(object ? level.members.hasNext() : level.elements.hasNext())) {
            open.pop();
            out.append(object ? '}' : ']');
            return;
        }
        if (level.begun) {
            out.append(", ");
        }
        level.begun = true;
        if (object) {
            Map.Entry<String, JsonNode> member = level.members.next();
            write(member.getKey());
            out.append('=');
            write(member.getValue());
        } else {
            write(level.elements.next());
        }
    }

    private void write(JsonNode value) {
        if (value.isContainerNode()) {
            fuel.burn(1);
            out.append(value.isObject() ? '{' : '[');
            open.push(new Level(value));
        } else {
            write(value.asText());
        }
    }

    private void write(String text) {
        fuel.burn(Work.text(text));
        out.append(text);
    }
}
