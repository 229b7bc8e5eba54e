package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;
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

    /** From a state to a catcher's {@code Assign}: {@code /Catch/0/Assign}. */
    private static final int CATCHER_DEPTH = 3;

    /** An object whose members become variables. */
    static final FieldType ASSIGN = (value, place, checking) ->
            check(value, place, checking, (name, at) -> checking.scope().assign(name, at));

    /** The same in a catcher. */
    static final FieldType ASSIGN_WHEN_CAUGHT = (value, place, checking) -> check(
            value,
            place,
            checking,
            (name, at) -> checking.scope().assignWhenCaught(name, at, place.above(CATCHER_DEPTH)));

    private Variables() {}

    private static void check(
            JsonNode value, Place place, Checking checking, BiConsumer<? super String, ? super Place> assign) {
        if (!value.isObject()) {
            Values.mustBe("an object", "Object", value, place, checking);
            return;
        }
        for (String field : (Iterable<String>) value::fieldNames) {
            String name = checking.isJsonata() ? field : PayloadTemplates.plainName(field);
            checkName(name, place.member(field), checking);
            assign.accept(name, place.member(field));
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
