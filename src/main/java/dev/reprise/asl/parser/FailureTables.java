package dev.reprise.asl.parser;

import static dev.reprise.asl.parser.Field.jsonPath;
import static dev.reprise.asl.parser.Field.jsonata;
import static dev.reprise.asl.parser.Field.optional;
import static dev.reprise.asl.parser.Field.required;
import static dev.reprise.asl.parser.Values.STRING;
import static dev.reprise.asl.parser.Values.wholeNumber;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ExpressionChecker.StatesVariable;

/**
 * The fields of {@code Retry} and {@code Catch}.
 *
 * @see <a href="https://states-language.net/#errors">ASL, Errors</a>
 */
final class FailureTables {

    /** A year: the longest delay that Step Functions takes. */
    private static final long MOST_DELAY_SECONDS = 31_622_400;

    private static final String EVERYTHING = "States.ALL";

    private static final FieldTable RETRIER = FieldTable.of(
            required("ErrorEquals", Values.nonEmptyArrayOf(STRING)),
            optional("IntervalSeconds", wholeNumber(0, Values.MOST_SECONDS)),
            optional("MaxAttempts", wholeNumber(0, Values.MOST_SECONDS)),
            optional("BackoffRate", Values.number(1.0, Double.MAX_VALUE)),
            optional("MaxDelaySeconds", wholeNumber(1, MOST_DELAY_SECONDS)),
            optional("JitterStrategy", Values.oneOf("NONE", "FULL")),
            optional("Comment", STRING));

    private static final FieldTable CATCHER = FieldTable.of(
            required("ErrorEquals", Values.nonEmptyArrayOf(STRING)),
            required("Next", STRING),
            jsonPath("ResultPath", Paths.RESULT_PATH.orNull()),
            jsonata("Output", Jsonata.TEMPLATE.seeing(StatesVariable.ERROR_OUTPUT)),
            optional("Assign", Variables.ASSIGN.seeing(StatesVariable.ERROR_OUTPUT)),
            optional("Comment", STRING));

    static final FieldType RETRY = listOf(RETRIER);

    static final FieldType CATCH = listOf(CATCHER);

    private FailureTables() {}

    private static FieldType listOf(FieldTable element) {
        FieldType list = Values.arrayOf(element);
        return (value, place, checking) -> {
            list.check(value, place, checking);
            checkCatchAll(value, place, checking);
        };
    }

    /** {@code States.ALL} stands alone in its list, and no other element follows: it would never be reached. */
    private static void checkCatchAll(JsonNode list, Place place, Checking checking) {
        for (int i = 0; i < list.size(); i++) {
            JsonNode names = list.path(i).path("ErrorEquals");
            for (int j = 0; j < names.size(); j++) {
                boolean catchesAll = names.path(j).asText().equals(EVERYTHING);
                if (catchesAll && (names.size() > 1 || i < list.size() - 1)) {
                    checking.problems()
                            .error(
                                    place.element(i).member("ErrorEquals").element(j),
                                    "States.ALL must appear alone and at end of list");
                }
            }
        }
    }
}
