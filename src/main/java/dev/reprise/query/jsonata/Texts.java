package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.query.jsonata.base.JsonataException;
import dev.reprise.query.jsonata.base.Meter;
import dev.reprise.query.jsonata.base.NumberText;
import dev.reprise.query.jsonata.base.QuotedText;
import java.util.Map;

/** Values as text, as {@code $string} and {@code &} have them: texts as they are, functions empty, the rest as JSON. */
final class Texts {

    private final StringBuilder out = new StringBuilder();
    private final boolean indented;
    private final Evaluation evaluation;

    private Texts(boolean indented, Evaluation evaluation) {
        this.indented = indented;
        this.evaluation = evaluation;
    }

    /** @param indented whether JSON is spread over lines, indented by two blanks */
    static String of(JsonNode value, boolean indented, Evaluation evaluation) {
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.isNumber()) {
            evaluation.burnDigits(value);
            return number(value, "D3001");
        }
        if (value instanceof FunctionValue) {
            return "";
        }
        Texts texts = new Texts(indented, evaluation);
        texts.write(value, 0);
        return texts.out.toString();
    }

    private static String number(JsonNode value, String whenInfinite) {
        if (value.isInt() || value.isLong()) {
            return value.asText();
        }
        double number = value.doubleValue();
        if (!Double.isFinite(number)) {
            throw JsonataException.of(whenInfinite).value(value);
        }
        return NumberText.shown(number);
    }

    private void write(JsonNode value, int depth) {
        Meter.checkDepth(depth);
        evaluation.checkText(out.length());
        evaluation.burn(1);
        switch (value) {
            case ObjectNode object -> object(object, depth);
            case ArrayNode array -> array(array, depth);
            case FunctionValue function -> out.append("\"\"");
            default -> {
                if (value.isTextual()) {
                    quote(value.textValue());
                } else if (value.isNumber()) {
                    evaluation.burnDigits(value);
                    out.append(number(value, "D1001"));
                } else {
                    out.append(value.asText());
                }
            }
        }
    }

    private void object(ObjectNode object, int depth) {
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            line(depth + 1);
            quote(member.getKey());
            out.append(indented ? ": " : ":");
            write(member.getValue(), depth + 1);
        }
        if (!first) {
            line(depth);
        }
        out.append('}');
    }

    private void array(ArrayNode array, int depth) {
        out.append('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            line(depth + 1);
            write(array.get(i), depth + 1);
        }
        if (!array.isEmpty()) {
            line(depth);
        }
        out.append(']');
    }

    private void line(int depth) {
        if (indented) {
            out.append('\n').repeat("  ", depth);
        }
    }

    private void quote(String text) {
        evaluation.checkText((double) out.length() + text.length());
        evaluation.burnText(2L * text.length());
        QuotedText.append(out, text, text.length());
    }
}
