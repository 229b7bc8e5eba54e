package dev.reprise.testing.teststate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a request as AWS does: one of the wrong type is refused at once, those that break a constraint
 * all together. Members that nobody asks for are let pass.
 */
final class Members {

    private final JsonNode object;
    private final String path;
    private final List<String> violations;

    private Members(JsonNode object, String path, List<String> violations) {
        this.object = object;
        this.path = path;
        this.violations = violations;
    }

    static Members of(JsonNode body) {
        if (!body.isObject()) {
            throw wrongType("The request", "an object", body);
        }
        return new Members(body, "", new ArrayList<>());
    }

    /** The members of the object of this name; null when it is absent. */
    @Nullable
    Members object(String name) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            throw wrongType("'" + path + name + "'", "an object", value);
        }
        return new Members(value, path + name + ".", violations);
    }

    @Nullable
    String text(String name) {
        return text(name, 0, Integer.MAX_VALUE);
    }

    /** A string of at least and at most so many characters. */
    @Nullable
    String text(String name, int least, int most) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrongType("'" + path + name + "'", "a string", value);
        }
        String text = value.textValue();
        if (text.length() < least) {
            violated(name, "Member must have length greater than or equal to " + least);
        }
        if (text.length() > most) {
            violated(name, "Member must have length less than or equal to " + most);
        }
        return text;
    }

    /** A whole number that is not negative. */
    @Nullable
    Integer count(String name) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrongType("'" + path + name + "'", "an integer", value);
        }
        if (value.intValue() < 0) {
            violated(name, "Member must have value greater than or equal to 0");
            return null;
        }
        return value.intValue();
    }

    boolean flag(String name) {
        JsonNode value = find(name);
        if (value != null && !value.isBoolean()) {
            throw wrongType("'" + path + name + "'", "a boolean", value);
        }
        return value != null && value.booleanValue();
    }

    <E extends Enum<E>> E oneOf(String name, Class<E> values, E otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        for (E value : values.getEnumConstants()) {
            if (value.name().equals(text)) {
                return value;
            }
        }
        String known = Arrays.stream(values.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
        violations.add("Value '" + text + "' at '" + path + name
                + "' failed to satisfy constraint: Member must satisfy enum value set: [" + known + "]");
        return otherwise;
    }

    void missing(String name) {
        violations.add("Value null at '" + path + name + "' failed to satisfy constraint: Member must not be null");
    }

    /** Without the value: most of them are secret. */
    private void violated(String name, String constraint) {
        violations.add("Value at '" + path + name + "' failed to satisfy constraint: " + constraint);
    }

    /** @throws TestStateException {@code ValidationException} when a constraint was not met */
    void check() {
        if (!violations.isEmpty()) {
            throw TestStateException.validation(violations.size() + " validation error"
                    + (violations.size() == 1 ? "" : "s") + " detected: " + String.join("; ", violations));
        }
    }

    private @Nullable JsonNode find(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static TestStateException wrongType(String what, String type, JsonNode value) {
        return new TestStateException(
                TestStateException.Type.SerializationException, what + " must be " + type + ", not " + spoken(value));
    }

    private static String spoken(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case BOOLEAN -> "a boolean";
            case NUMBER -> "the number " + value;
            default -> "null";
        };
    }
}
