package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Diagnostic.StepFunctionsWording;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Paths, intrinsic functions and payload templates of JSONPath states.
 *
 * @see <a href="https://states-language.net/#path">ASL, Paths</a>
 */
final class Paths {

    private static final String INTRINSIC = "States.";
    private static final String TEMPLATE_SUFFIX = ".$";

    /** A path that selects from the input, a variable or the context object. */
    static final FieldType PATH = (value, place, checking) -> {
        if (!value.isTextual()) {
            Values.mustBe("a path", value, place, checking);
        } else {
            report(
                    "Value is not a valid JSONPath",
                    checking.expressions().problemWithPath(value.textValue()),
                    place,
                    checking);
        }
    };

    /** A path that writes, into the state's input. */
    static final FieldType RESULT_PATH = (value, place, checking) -> {
        if (!value.isTextual()) {
            Values.mustBe("a reference path", value, place, checking);
        } else {
            String problem = checking.expressions().problemWithReferencePath(value.textValue());
            report("Value is not a Reference Path", problem, place, checking);
        }
    };

    /** A path that selects one number, string or list, as the fields that end with {@code Path} have. */
    static final FieldType REFERENCE_PATH = (value, place, checking) -> {
        if (!value.isTextual()) {
            Values.mustBe("a reference path", value, place, checking);
        } else {
            String problem = checking.expressions().problemWithPath(value.textValue());
            report("Value is not a Reference Path", problem, place, checking);
        }
    };

    /** A reference path, or an intrinsic function that gives a string. */
    static final FieldType REFERENCE_PATH_OR_INTRINSIC_FUNCTION = (value, place, checking) -> {
        if (value.isTextual() && value.textValue().startsWith(INTRINSIC)) {
            String problem = checking.expressions().problemWithIntrinsicFunction(value.textValue());
            report("Value is not a valid intrinsic function call", problem, place, checking);
        } else {
            REFERENCE_PATH.check(value, place, checking);
        }
    };

    /** Any JSON, in which the fields that end with {@code .$} are computed. */
    static final FieldType PAYLOAD_TEMPLATE = Paths::checkTemplate;

    /** An object in which the fields that end with {@code .$} are computed. */
    static final FieldType OBJECT_TEMPLATE = (value, place, checking) -> {
        if (value.isObject()) {
            checkTemplate(value, place, checking);
        } else {
            Values.mustBe("an object", value, place, checking);
        }
    };

    private Paths() {}

    private static void checkTemplate(JsonNode value, Place place, Checking checking) {
        if (value.isObject()) {
            Set<String> plainNames = new HashSet<>();
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                String name = member.getKey();
                if (!plainNames.add(plainName(name))) {
                    checking.problems()
                            .error(place, "Field '" + plainName(name) + "' is given twice, with and without .$");
                }
                if (isComputed(name)) {
                    checkComputed(name, member.getValue(), place, checking);
                } else {
                    checkTemplate(member.getValue(), place.member(name), checking);
                }
            }
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                checkTemplate(value.get(i), place.element(i), checking);
            }
        }
    }

    private static void checkComputed(String name, JsonNode value, Place place, Checking checking) {
        boolean wrong;
        String detail = null;
        if (!value.isTextual()) {
            wrong = true;
        } else {
            String text = value.textValue();
            detail = text.startsWith("$")
                    ? checking.expressions().problemWithPath(text)
                    : checking.expressions().problemWithIntrinsicFunction(text);
            wrong = detail != null;
        }
        if (wrong) {
            String message = "The value for the field '" + name
                    + "' must be a valid JSONPath or a valid intrinsic function call";
            checking.problems()
                    .error(
                            Problems.SCHEMA,
                            place.member(name),
                            detail == null ? message : message + ": " + detail,
                            null,
                            new StepFunctionsWording(message, place.location()));
        }
    }

    /** Whether a template's field of this name is computed. */
    static boolean isComputed(String name) {
        return name.endsWith(TEMPLATE_SUFFIX);
    }

    /** The name that the field has in the result. */
    static String plainName(String name) {
        return isComputed(name) ? name.substring(0, name.length() - TEMPLATE_SUFFIX.length()) : name;
    }

    private static void report(String message, @Nullable String problem, Place place, Checking checking) {
        if (problem != null) {
            checking.problems().error(place, problem.isEmpty() ? message : message + ": " + problem);
        }
    }
}
