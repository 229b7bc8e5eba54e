package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What is well-formed but hardly meant. Step Functions warns of the same under these codes. */
final class Hints {

    /** Literal JSON, in which a field that ends with {@code .$} is not computed. */
    static final FieldType STATIC = Hints::checkStatic;

    private Hints() {}

    /** Whether a text looks as if it wanted to be evaluated. */
    static boolean looksComputed(String text) {
        return text.startsWith("$.")
                || text.startsWith("$[")
                || text.startsWith("$$.")
                || (text.startsWith("States.") && text.endsWith(")"));
    }

    /** A literal that a choice rule compares with. */
    static FieldType comparedWith(FieldType type) {
        return (value, place, checking) -> {
            type.check(value, place, checking);
            if (value.isTextual() && looksComputed(value.textValue())) {
                checking.problems()
                        .warning(
                                "NO_PATH",
                                place,
                                "the value looks like a path, but is compared as it stands",
                                "to compare with what the path selects, use the operator that ends with Path");
            }
        };
    }

    private static void checkStatic(JsonNode value, Place place, Checking checking) {
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            if (PayloadTemplates.isComputed(member.getKey())) {
                checking.problems()
                        .warning(
                                "PASS_RESULT_IS_STATIC",
                                place.member(member.getKey()),
                                "Result is passed on as it stands: the field is not computed",
                                "use Parameters");
            }
        }
    }
}
