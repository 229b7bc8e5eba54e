package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as text, as {@code $string} and {@code &} have them: texts as they are, functions empty, the rest as JSON. */
final class Texts {

    private final StringBuilder out = new StringBuilder();
    private final boolean indented;
    private final @Nullable Evaluation evaluation;
    private final int longest;

    private Texts(boolean indented, @Nullable Evaluation evaluation, int longest) {
        this.indented = indented;
        this.evaluation = evaluation;
        this.longest = longest;
    }

    /** @param indented whether JSON is spread over lines, indented by two blanks */
    static String of(JsonNode value, boolean indented, Evaluation evaluation) {
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.isNumber()) {
            evaluation.burnDigits(value);
            return number(value);
        }
        if (value instanceof FunctionValue) {
            return "";
        }
        Texts texts = new Texts(indented, evaluation, Integer.MAX_VALUE);
        texts.write(value, 0);
        return texts.out.toString();
    }

    /** A value for an error's text, of which no more than {@code longest} characters are written. */
    static String shown(JsonNode value, int longest) {
        if (value.isNumber() && !Double.isFinite(value.doubleValue())) {
            return "null";
        }
        Texts texts = new Texts(false, null, longest);
        texts.write(value, 0);
        return texts.out.length() <= longest ? texts.out.toString() : texts.out.substring(0, longest) + "...";
    }

    private static String number(JsonNode value) {
        double number = value.doubleValue();
        if (!Double.isFinite(number)) {
            throw JsonataException.of("D3001").value(value);
        }
        return NumberText.rounded(number);
    }

    /** A number within a text; for an error's text, what JSON has in its place. */
    private String within(double number) {
        if (Double.isFinite(number)) {
            return NumberText.rounded(number);
        }
        if (evaluation != null) {
            throw JsonataException.of("D1001");
        }
        return "null";
    }

    private void write(JsonNode value, int depth) {
        if (out.length() > longest) {
            return;
        }
        Values.checkDepth(depth);
        if (evaluation != null) {
            evaluation.checkText(out.length());
            evaluation.burn(1);
        }
        switch (value) {
            case ObjectNode object -> object(object, depth);
            case ArrayNode array -> array(array, depth);
            case FunctionValue function -> out.append("\"\"");
            default -> {
                if (value.isTextual()) {
                    quote(value.textValue());
                } else if (value.isNumber()) {
                    if (evaluation != null) {
                        evaluation.burnDigits(value);
                    }
                    out.append(within(value.doubleValue()));
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
        if (evaluation != null) {
            evaluation.checkText((double) out.length() + text.length());
            evaluation.burnText(2L * text.length());
        }
        out.append('"');
        int end = Math.min(text.length(), longest);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00").append(c < 16 ? "0" : "").append(Integer.toHexString(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
