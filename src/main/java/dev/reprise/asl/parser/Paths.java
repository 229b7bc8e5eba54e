package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ExpressionChecker.Language;
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
            report(NO_PATH, problemWithPath(value.textValue(), place, checking), place, checking);
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
            String problem = toContext ? "" : problemWithReference(value.textValue(), place, checking);
            report(NO_REFERENCE_PATH, problem, place, checking);
        }
    };

    /** A path to one value of the input, a variable or the context object. */
    static final FieldType REFERENCE_PATH_OR_CONTEXT = (value, place, checking) -> {
        if (isPath(value, place, checking)) {
            report(NO_REFERENCE_PATH, problemWithReference(value.textValue(), place, checking), place, checking);
        }
    };

    /** The same in a choice rule, where Step Functions says otherwise what is wrong. */
    static final FieldType CHOICE_PATH = (value, place, checking) -> {
        if (!value.isTextual()) {
            Values.mustBe("a reference path", "String", value, place, checking);
        } else if (!value.textValue().startsWith("$")) {
            checking.problems().error(place, NO_REFERENCE_PATH + ": Reference path didn't start with '$'");
        } else {
            report(NO_REFERENCE_PATH, problemWithReference(value.textValue(), place, checking), place, checking);
        }
    };

    /** A path, or an intrinsic function that gives a string. */
    static final FieldType PATH_OR_INTRINSIC_FUNCTION = (value, place, checking) -> {
        if (value.isTextual() && value.textValue().startsWith("States.")) {
            String problem = problemWithIntrinsicFunction(value.textValue(), place, checking);
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

    /** What is wrong with a path; when nothing is, the variable that it begins with counts as read. */
    static @Nullable String problemWithPath(String path, Place place, Checking checking) {
        String problem = checking.expressions().problemWithPath(path);
        if (problem == null && path.length() > 1 && Character.isUnicodeIdentifierStart(path.charAt(1))) {
            checking.scope().read(checking.expressions().variables(Language.PATH, path), place);
        }
        return problem;
    }

    /** What is wrong with a call; when nothing is, the variables in its arguments count as read. */
    static @Nullable String problemWithIntrinsicFunction(String call, Place place, Checking checking) {
        String problem = checking.expressions().problemWithIntrinsicFunction(call);
        if (problem == null && call.indexOf('$') >= 0) {
            checking.scope().read(checking.expressions().variables(Language.INTRINSIC_FUNCTION, call), place);
        }
        return problem;
    }

    /** A reference into a variable or the context object looks like one into the input, once the root is taken off. */
    private static @Nullable String problemWithReference(String path, Place place, Checking checking) {
        int root = 1;
        while (root < path.length() && path.charAt(root) != '.' && path.charAt(root) != '[') {
            root++;
        }
        String problem = problemWithPath(path, place, checking);
        return problem != null ? problem : checking.expressions().problemWithReferencePath("$" + path.substring(root));
    }

    /** Says what is wrong in Step Functions' words, and adds ours as a suggestion. */
    private static void report(String message, @Nullable String problem, Place place, Checking checking) {
        if (problem != null) {
            checking.problems().error(place, message, problem.isEmpty() ? null : problem);
        }
    }
}
