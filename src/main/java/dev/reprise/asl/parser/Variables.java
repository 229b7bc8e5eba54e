package dev.reprise.asl.parser;

import java.util.regex.Pattern;

/**
 * What {@code Assign} may set.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html">AWS, Passing data between states with variables</a>
 */
final class Variables {

    private static final int LONGEST_NAME = 80;

    private static final Pattern NAME =
            Pattern.compile("[\\p{IsAlphabetic}\\p{Nl}_][\\p{IsAlphabetic}\\p{M}\\p{Nd}\\p{Nl}\\p{Pc}]*");

    /** The name under which expressions find input, result, error and context. */
    private static final String RESERVED = "states";

    /** An object whose members become variables. */
    static final FieldType ASSIGN = (value, place, checking) -> {
        if (!value.isObject()) {
            Values.mustBe("an object", value, place, checking);
            return;
        }
        for (String field : (Iterable<String>) value::fieldNames) {
            checkName(checking.isJsonata() ? field : Paths.plainName(field), place.member(field), checking);
        }
        Templates.ANY.check(value, place, checking);
    };

    private Variables() {}

    private static void checkName(String name, Place place, Checking checking) {
        if (name.equals(RESERVED)) {
            checking.problems().error(place, "'states' is a reserved variable name", "choose another name");
        } else if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
            checking.problems().error(place, "A variable's name has at most " + LONGEST_NAME + " characters");
        } else if (!NAME.matcher(name).matches()) {
            checking.problems()
                    .error(
                            place,
                            "'" + name + "' is no name for a variable",
                            "a name begins with a letter or _ and goes on with letters, digits and _");
        }
    }
}
