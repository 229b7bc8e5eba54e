package dev.reprise.testing.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of one object, and notes what is wrong with them: those of the wrong type, and those that it does
 * not know.
 */
final class MemberReader {

    private static final BigDecimal MILLIS = BigDecimal.valueOf(1_000);

    private final ObjectNode object;
    private final String pointer;
    private final List<String> problems;
    private final Set<String> known = new LinkedHashSet<>();

    private MemberReader(ObjectNode object, String pointer, List<String> problems) {
        this.object = object;
        this.pointer = pointer;
        this.problems = problems;
    }

    /** Of a value that must be an object; else it is noted, and read as an empty one. */
    static MemberReader of(JsonNode value, String pointer, List<String> problems) {
        if (value instanceof ObjectNode object) {
            return new MemberReader(object, pointer, problems);
        }
        problems.add(pointer + ": an object is expected, not " + value);
        return new MemberReader(JsonNodeFactory.instance.objectNode(), pointer, problems);
    }

    String pointer() {
        return pointer;
    }

    String pointer(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    void problem(String name, String problem) {
        problems.add(pointer(name) + ": " + problem);
    }

    void problem(String problem) {
        problems.add((pointer.isEmpty() ? "/" : pointer) + ": " + problem);
    }

    boolean has(String name) {
        return object.has(name);
    }

    /** Null when it is absent. */
    @Nullable
    JsonNode value(String name) {
        known.add(name);
        return object.get(name);
    }

    @Nullable
    String text(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            problem(name, "a text is expected, not " + value);
            return null;
        }
        return value.textValue();
    }

    boolean flag(String name) {
        JsonNode value = value(name);
        if (value != null && !value.isBoolean()) {
            problem(name, "true or false is expected, not " + value);
        }
        return value != null && value.booleanValue();
    }

    @Nullable
    Integer count(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < 0) {
            problem(name, "a whole number from 0 on is expected, not " + value);
            return null;
        }
        return value.intValue();
    }

    /** A number of seconds, with fractions down to milliseconds. */
    @Nullable
    Duration seconds(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() || value.decimalValue().signum() < 0) {
            problem(name, "a number of seconds from 0 on is expected, not " + value);
            return null;
        }
        return Duration.ofMillis(value.decimalValue().multiply(MILLIS).longValue());
    }

    @Nullable
    Instant time(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            problem(name, "a time such as 2026-01-01T00:00:00Z is expected, not '" + text + "'");
            return null;
        }
    }

    @Nullable
    List<String> texts(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        boolean wrong = !value.isArray();
        for (JsonNode each : value) {
            wrong |= !each.isTextual();
            texts.add(each.asText());
        }
        if (wrong) {
            problem(name, "a list of texts is expected, not " + value);
        }
        return texts;
    }

    /** Null when it is absent. */
    @Nullable
    MemberReader object(String name) {
        JsonNode value = value(name);
        return value == null ? null : of(value, pointer(name), problems);
    }

    /** The names of all members, all of which are known from now on. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        known.addAll(names);
        return names;
    }

    /** Notes the members that nobody asked for. */
    void refuseOthers() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name) && !name.startsWith("$")) {
                problem(name, "there is no such member here. Known are " + String.join(", ", new TreeSet<>(known)));
            }
        });
    }
}
