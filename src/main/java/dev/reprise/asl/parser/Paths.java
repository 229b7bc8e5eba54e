package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The paths of JSONPath states.
 *
 * @see <a href="https://states-language.net/#path">ASL, Paths</a>
 */
final class Paths {

    private static final String NO_PATH = "Value must be a valid JSONPath.";
    private static final String NO_REFERENCE_PATH = "Value is not a Reference Path";

    /** A path that selects from the input, a variable or the context object. */
    static final FieldType PATH = (value, place, checking) -> {
        if (isPath(value, place, checking)) {
            report(NO_PATH, checking.expressions().problemWithPath(value.textValue()), place, checking);
        }
    };

    /** A path that writes, into the state's input. */
    static final FieldType RESULT_PATH = (value, place, checking) -> {
        if (isPath(value, place, checking)) {
            String problem = checking.expressions().problemWithReferencePath(value.textValue());
            report(NO_REFERENCE_PATH, problem, place, checking);
        }
    };

    /** A path to one value of the input or a variable, as the fields that end with {@code Path} have. */
    static final FieldType REFERENCE_PATH = (value, place, checking) -> {
        if (isPath(value, place, checking)) {
            boolean toContext = value.textValue().startsWith("$$");
            report(NO_REFERENCE_PATH, toContext ? "" : problemWithReference(value, checking), place, checking);
        }
    };

    /** A path to one value of the input, a variable or the context object. */
    static final FieldType REFERENCE_PATH_OR_CONTEXT = (value, place, checking) -> {
        if (isPath(value, place, checking)) {
            report(NO_REFERENCE_PATH, problemWithReference(value, checking), place, checking);
        }
    };

    /** The same in a choice rule, where Step Functions says otherwise what is wrong. */
    static final FieldType CHOICE_PATH = (value, place, checking) -> {
        if (!value.isTextual()) {
            Values.mustBe("a reference path", "String", value, place, checking);
        } else if (!value.textValue().startsWith("$")) {
            report(NO_REFERENCE_PATH, "Reference path didn't start with '$'", place, checking);
        } else {
            report(NO_REFERENCE_PATH, problemWithReference(value, checking), place, checking);
        }
    };

    /** A path, or an intrinsic function that gives a string. */
    static final FieldType PATH_OR_INTRINSIC_FUNCTION = (value, place, checking) -> {
        if (value.isTextual() && value.textValue().startsWith("States.")) {
            String problem = checking.expressions().problemWithIntrinsicFunction(value.textValue());
            report("Value must be a valid intrinsic function call", problem, place, checking);
        } else {
            PATH.check(value, place, checking);
        }
    };

    private Paths() {}

    private static boolean isPath(JsonNode value, Place place, Checking checking) {
        if (!value.isTextual()) {
            Values.mustBe("a path", "String", value, place, checking);
            return false;
        }
        if (!value.textValue().startsWith("$")) {
            checking.problems().error(place, NO_PATH);
            return false;
        }
        return true;
    }

    /** A reference into a variable or the context object looks like one into the input, once the root is taken off. */
    private static @Nullable String problemWithReference(JsonNode value, Checking checking) {
        String path = value.textValue();
        int root = 1;
        while (root < path.length() && path.charAt(root) != '.' && path.charAt(root) != '[') {
            root++;
        }
        String problem = checking.expressions().problemWithPath(path);
        return problem != null ? problem : checking.expressions().problemWithReferencePath("$" + path.substring(root));
    }

    private static void report(String message, @Nullable String problem, Place place, Checking checking) {
        if (problem != null) {
            String separator = message.endsWith(".") ? " " : ": ";
            checking.problems().error(place, problem.isEmpty() ? message : message + separator + problem);
        }
    }
}
