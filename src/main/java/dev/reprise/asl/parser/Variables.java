package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Assign} may set.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html">AWS, Passing data between
 *     states with variables</a>
 */
final class Variables {

    private static final int LONGEST_NAME = 80;

    /** The name under which expressions find input, result, error and context. */
    private static final String RESERVED = "states";

    /** An object whose members become variables. */
    static final FieldType ASSIGN = Variables::check;

    private Variables() {}

    private static void check(JsonNode value, Place place, Checking checking) {
        if (!value.isObject()) {
            Values.mustBe("an object", "Object", value, place, checking);
            return;
        }
        for (String field : (Iterable<String>) value::fieldNames) {
            String name = checking.isJsonata() ? field : PayloadTemplates.plainName(field);
            checkName(name, place.member(field), checking);
            checking.scope().assign(name);
        }
        Templates.ANY.check(value, place, checking);
    }

    private static void checkName(String name, Place place, Checking checking) {
        if (name.equals(RESERVED)) {
            checking.problems()
                    .error(
                            "RESERVED_VARIABLE_NAME",
                            place,
                            "Cannot assign to reserved variable '$states'.",
                            "choose another name");
        } else if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
            invalid(name, "the variable name is longer than " + LONGEST_NAME + " characters.", null, place, checking);
        } else if (!isName(name)) {
            invalid(
                    name,
                    "the variable name contains invalid characters.",
                    "a name begins with a letter and goes on with letters, digits and _",
                    place,
                    checking);
        }
    }

    private static void invalid(String name, String why, @Nullable String suggestion, Place place, Checking checking) {
        String message = "Invalid variable name '" + name + "': " + why;
        checking.problems().error("INVALID_VARIABLE_NAME", place, message, suggestion);
    }

    /** An identifier in the sense of Unicode: ID_Start, then ID_Continue. */
    private static boolean isName(String name) {
        return !name.isEmpty()
                && Character.isUnicodeIdentifierStart(name.codePointAt(0))
                && name.codePoints().allMatch(Character::isUnicodeIdentifierPart);
    }
}
