package dev.reprise.task.aws.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.task.aws.model.Shape;
import dev.reprise.task.aws.model.Shape.Scalar;
import dev.reprise.task.aws.model.Shape.TimeFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Pattern;

/** Values without parts, as the text that headers, paths, forms and XML have of them. */
final class ScalarText {

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");

    private ScalarText() {}

    /**
     * A workflow's value as text.
     *
     * @param usual the form of a time whose model gives none
     * @throws InvalidRequestException when the value is not of that shape
     */
    static String write(Shape shape, JsonNode value, TimeFormat usual) {
        if (shape instanceof Shape.Time time) {
            return Times.text(Times.ofWorkflow(value), Objects.requireNonNullElse(time.format(), usual));
        }
        if (!(shape instanceof Scalar scalar)) {
            throw new InvalidRequestException("can't be sent");
        }
        return switch (scalar) {
            case STRING, ANYTHING, JSON_TEXT -> value.isTextual() ? value.textValue() : value.toString();
            case INTEGER, DECIMAL -> Numbers.ofWorkflow(scalar, value).asText();
            case BOOLEAN -> Boolean.toString(Numbers.flagOfWorkflow(value));
            case BLOB -> Base64.getEncoder().encodeToString(Blobs.ofWorkflow(value));
            case EVENTS -> throw new InvalidRequestException("can't be sent");
        };
    }

    /** A service's text as a workflow's value. What is not of that shape stays the text that it is. */
    static JsonNode read(Shape shape, String text) {
        if (shape instanceof Shape.Time) {
            return TextNode.valueOf(Times.toWorkflow(text));
        }
        if (!(shape instanceof Scalar scalar)) {
            return TextNode.valueOf(text);
        }
        return switch (scalar) {
            case STRING, JSON_TEXT, ANYTHING, EVENTS -> TextNode.valueOf(text);
            case INTEGER, DECIMAL -> number(scalar, text);
            case BOOLEAN ->
                text.equals("true") || text.equals("false")
                        ? JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text))
                        : TextNode.valueOf(text);
            case BLOB -> TextNode.valueOf(blob(text));
        };
    }

    private static JsonNode number(Scalar scalar, String text) {
        try {
            String plain = text.strip();
            if (scalar == Scalar.INTEGER || WHOLE.matcher(plain).matches()) {
                return Numbers.plain(new BigInteger(plain));
            }
            double value = new BigDecimal(plain).doubleValue();
            return Double.isFinite(value) ? JsonNodeFactory.instance.numberNode(value) : TextNode.valueOf(text);
        } catch (NumberFormatException e) {
            return TextNode.valueOf(text);
        }
    }

    static String blob(String base64) {
        try {
            return Blobs.toWorkflow(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return base64;
        }
    }
}
