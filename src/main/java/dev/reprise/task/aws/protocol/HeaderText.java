package dev.reprise.task.aws.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.task.aws.model.Shape;
import dev.reprise.task.aws.model.Shape.Scalar;
import dev.reprise.task.aws.model.Shape.TimeFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Values in headers.
 *
 * @see <a href="https://smithy.io/2.0/spec/http-bindings.html#httpheader-serialization-rules">Smithy, Header
 *     serialization rules</a>
 */
final class HeaderText {

    private HeaderText() {}

    static String write(Shape shape, JsonNode value) {
        if (shape instanceof Shape.ListOf list) {
            Values.expectArray(value);
            List<String> parts = new ArrayList<>();
            for (JsonNode each : value) {
                String text = scalar(list.element().shape(), each);
                parts.add(list.element().shape() == Scalar.STRING ? quoted(text) : text);
            }
            return String.join(", ", parts);
        }
        return scalar(shape, value);
    }

    private static String scalar(Shape shape, JsonNode value) {
        String text = ScalarText.write(shape, value, TimeFormat.HTTP);
        return shape == Scalar.JSON_TEXT
                ? Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
                : text;
    }

    private static String quoted(String text) {
        return text.indexOf(',') < 0 && text.indexOf('"') < 0
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** @param values of the lines of that name */
    static JsonNode read(Shape shape, List<String> values) {
        if (shape instanceof Shape.ListOf list) {
            ArrayNode read = JsonNodeFactory.instance.arrayNode();
            Shape element = list.element().shape();
            boolean dated =
                    element instanceof Shape.Time time && (time.format() == null || time.format() == TimeFormat.HTTP);
            for (String value : values) {
                parts(value, dated).forEach(part -> read.add(ScalarText.read(element, part)));
            }
            return read;
        }
        String text = values.getFirst();
        if (shape == Scalar.JSON_TEXT) {
            return TextNode.valueOf(ScalarText.blob(text));
        }
        return ScalarText.read(shape, text);
    }

    /** @param dated whether each part is a date, which has a comma of its own */
    private static List<String> parts(String value, boolean dated) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        int commas = 0;
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (quoted && character == '\\' && i + 1 < value.length()) {
                part.append(value.charAt(++i));
            } else if (character == '"') {
                quoted = !quoted;
            } else if (character == ',' && !quoted && !(dated && commas++ % 2 == 0)) {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(character);
            }
        }
        parts.add(part.toString().strip());
        return parts;
    }
}
