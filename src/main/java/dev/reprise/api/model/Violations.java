package dev.reprise.api.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds a request against its shape, as AWS does: a value of another type is refused at once, constraints that are not
 * met are told all together.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html">AWS, Common
 *     Errors</a>
 */
public final class Violations {

    private final List<String> found = new ArrayList<>();

    private Violations() {}

    /** A value of a type that its member cannot have. */
    public static final class WrongTypeException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WrongTypeException(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * What is wrong with a request, in AWS's words; null when nothing is.
     *
     * @throws WrongTypeException when a value is of another type than its member
     */
    public static @Nullable String in(JsonNode request, Shape.Structure shape) {
        Violations violations = new Violations();
        violations.structure(request, shape, "");
        int count = violations.found.size();
        return count == 0
                ? null
                : count + " validation error" + (count == 1 ? "" : "s") + " detected: "
                        + String.join("; ", violations.found);
    }

    private void structure(JsonNode value, Shape.Structure shape, String path) {
        require(value.isObject(), value, path, "an object");
        for (Shape.Member member : shape.members().values()) {
            String place = path.isEmpty() ? member.name() : path + "." + member.name();
            JsonNode child = value.get(member.name());
            if (child == null || child.isNull()) {
                if (member.required()) {
                    violated("Value null at '" + place + "'", "Member must not be null");
                }
            } else {
                value(child, member.shape(), place);
            }
        }
    }

    private void value(JsonNode value, Shape shape, String path) {
        switch (shape) {
            case Shape.Text text -> text(value, text, path);
            case Shape.OneOf(List<String> words) -> {
                require(value.isTextual(), value, path, "a string");
                if (!words.contains(value.textValue())) {
                    violated(
                            shown(value, path),
                            "Member must satisfy enum value set: [" + String.join(", ", words) + "]");
                }
            }
            case Shape.Numeric numeric -> number(value, numeric, path);
            case Shape.Flag flag -> require(value.isBoolean(), value, path, "a boolean");
            case Shape.Time time -> require(value.isNumber(), value, path, "a timestamp");
            case Shape.Many(Shape of, int least, int most) -> {
                require(value.isArray(), value, path, "a list");
                bounds(value.size(), least, most, "Value '" + value + "' at '" + path + "'", "length");
                for (int i = 0; i < value.size(); i++) {
                    value(value.path(i), of, path + "." + (i + 1) + ".member");
                }
            }
            case Shape.Named(Shape of) -> {
                require(value.isObject(), value, path, "a map");
                for (Map.Entry<String, JsonNode> each : value.properties()) {
                    value(each.getValue(), of, path + "." + each.getKey());
                }
            }
            case Shape.Structure structure -> structure(value, structure, path);
        }
    }

    private void text(JsonNode value, Shape.Text shape, String path) {
        require(value.isTextual(), value, path, "a string");
        String text = value.textValue();
        String subject = shape.secret() ? "Value at '" + path + "'" : shown(value, path);
        bounds(text.codePointCount(0, text.length()), shape.least(), shape.most(), subject, "length");
        if (shape.pattern() != null && !shape.pattern().matcher(text).matches()) {
            violated(subject, "Member must satisfy regular expression pattern: " + shape.pattern());
        }
    }

    private void number(JsonNode value, Shape.Numeric shape, String path) {
        require(value.isNumber(), value, path, "a number");
        BigDecimal number = value.decimalValue();
        require(!shape.whole() || number.stripTrailingZeros().scale() <= 0, value, path, "a whole number");
        if (number.compareTo(BigDecimal.valueOf(shape.least())) < 0) {
            violated(shown(value, path), "Member must have value greater than or equal to " + shape.least());
        }
        if (number.compareTo(BigDecimal.valueOf(shape.most())) > 0) {
            violated(shown(value, path), "Member must have value less than or equal to " + shape.most());
        }
    }

    private void bounds(long actual, int least, int most, String subject, String what) {
        if (actual < least) {
            violated(subject, "Member must have " + what + " greater than or equal to " + least);
        }
        if (actual > most) {
            violated(subject, "Member must have " + what + " less than or equal to " + most);
        }
    }

    private static String shown(JsonNode value, String path) {
        return "Value '" + value.asText() + "' at '" + path + "'";
    }

    private void violated(String subject, String constraint) {
        found.add(subject + " failed to satisfy constraint: " + constraint);
    }

    private static void require(boolean holds, JsonNode value, String path, String type) {
        if (!holds) {
            String what = path.isEmpty() ? "The request" : "'" + path + "'";
            throw new WrongTypeException(what + " must be " + type + ", not " + spoken(value));
        }
    }

    private static String spoken(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case BOOLEAN -> "a boolean";
            case NUMBER -> "the number " + value;
            case NULL, MISSING, BINARY, POJO -> "null";
        };
    }
}
