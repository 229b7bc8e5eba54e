package dev.reprise.query.jsonata.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A value as an error's text shows it: JSON, cut off where it is long. */
final class ShownValue {

    private static final int LONGEST = 1_000;

    private final StringBuilder out = new StringBuilder();

    private ShownValue() {}

    static String of(JsonNode value) {
        ShownValue shown = new ShownValue();
        shown.write(value, 0);
        return shown.out.length() <= LONGEST ? shown.out.toString() : shown.out.substring(0, LONGEST) + "...";
    }

    private void write(JsonNode value, int depth) {
        if (out.length() > LONGEST) {
            return;
        }
        Meter.checkDepth(depth);
        switch (value) {
            case ObjectNode object -> object(object, depth);
            case ArrayNode array -> array(array, depth);
            default -> scalar(value);
        }
    }

    private void scalar(JsonNode value) {
        if (value.isTextual()) {
            QuotedText.append(out, value.textValue(), LONGEST);
        } else if (value.isNumber()) {
            double number = value.doubleValue();
            out.append(Double.isFinite(number) ? NumberText.shown(number) : "null");
        } else {
            // Functions are among values, and have no text.
            out.append(value.isPojo() ? "\"\"" : value.asText());
        }
    }

    private void object(ObjectNode object, int depth) {
        out.append('{');
        String separator = "";
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            out.append(separator);
            separator = ",";
            QuotedText.append(out, member.getKey(), LONGEST);
            out.append(':');
            write(member.getValue(), depth + 1);
        }
        out.append('}');
    }

    private void array(ArrayNode array, int depth) {
        out.append('[');
        String separator = "";
        for (JsonNode element : array) {
            out.append(separator);
            separator = ",";
            write(element, depth + 1);
        }
        out.append(']');
    }
}
