package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The templates of JSONPath states: JSON in which the fields whose names end with {@code .$} are computed.
 *
 * @see <a href="https://states-language.net/#payload-template">ASL, Payload Template</a>
 */
final class PayloadTemplates {

    private static final String SUFFIX = ".$";

    /** Any JSON with computed fields. */
    static final FieldType TEMPLATE = PayloadTemplates::check;

    /** An object with computed fields. */
    static final FieldType OBJECT = (value, place, checking) -> {
        if (value.isObject()) {
            check(value, place, checking);
        } else {
            Values.mustBe("an object", "Object", value, place, checking);
        }
    };

    private PayloadTemplates() {}

    private static void check(JsonNode value, Place place, Checking checking) {
        if (value.isObject()) {
            checkObject(value, place, checking);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(value.get(i), place.element(i), checking);
            }
        }
    }

    private static void checkObject(JsonNode object, Place place, Checking checking) {
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey();
            if (!names.add(plainName(name))) {
                checking.problems()
                        .error(
                                place.member(name),
                                "Field '" + plainName(name) + "' is given twice, with and without .$",
                                "remove one of the two");
            }
            if (isComputed(name)) {
                checkComputed(name, member.getValue(), place, checking);
            } else {
                check(member.getValue(), place.member(name), checking);
                hint(name, member.getValue(), place, checking);
            }
        }
    }

    private static void checkComputed(String name, JsonNode value, Place place, Checking checking) {
        String detail = value.isTextual()
                ? problemWith(value.textValue(), place.member(name), checking)
                : "it must be a string";
        if (detail != null) {
            String message = "The value for the field '" + name
                    + "' must be a valid JSONPath or a valid intrinsic function call";
            checking.problems()
                    .error(Problems.SCHEMA, place.member(name), message, detail, new Wording(message, place));
        }
    }

    private static @Nullable String problemWith(String text, Place place, Checking checking) {
        return text.startsWith("$")
                ? Paths.problemWithPath(text, place, checking)
                : Paths.problemWithIntrinsicFunction(text, place, checking);
    }

    private static void hint(String name, JsonNode value, Place place, Checking checking) {
        if (value.isTextual() && Hints.looksComputed(value.textValue())) {
            checking.problems()
                    .warning(
                            "NO_DOLLAR",
                            place.member(name),
                            "the value looks like a path or an intrinsic function, but is passed on as it stands",
                            "to have it computed, name the field '" + name + ".$'");
        }
    }

    /** Whether a field of this name is computed. */
    static boolean isComputed(String name) {
        return name.endsWith(SUFFIX);
    }

    /** The name that the field has in the result. */
    static String plainName(String name) {
        return isComputed(name) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }
}
