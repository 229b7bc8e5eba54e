package dev.reprise.asl.parser;

import static dev.reprise.asl.parser.Field.jsonPath;
import static dev.reprise.asl.parser.Field.optional;
import static dev.reprise.asl.parser.Values.computed;
import static dev.reprise.asl.parser.Values.wholeNumber;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Period;

/** The fields of the {@code Reprise} blocks: what only this engine has. */
final class RepriseTables {

    static final FieldTable MACHINE = FieldTable.of(
            optional("Durability", Values.oneOf("JOURNALED", "NONE")),
            optional("Retention", RepriseTables::checkPeriod));

    static final FieldTable TASK =
            FieldTable.of(optional("Semantics", Values.oneOf("AT_LEAST_ONCE_PER_RETRY", "AT_MOST_ONCE_PER_RETRY")));

    private static final FieldTable COMPLETION = FieldTable.of(
                    optional("MinSuccessful", computed(wholeNumber(1, Integer.MAX_VALUE))),
                    jsonPath("MinSuccessfulPath", Paths.REFERENCE_PATH),
                    optional("ToleratedFailureCount", computed(wholeNumber(0, Integer.MAX_VALUE))),
                    jsonPath("ToleratedFailureCountPath", Paths.REFERENCE_PATH),
                    optional("ToleratedFailurePercentage", computed(Values.number(0.0, 100.0))),
                    jsonPath("ToleratedFailurePercentagePath", Paths.REFERENCE_PATH),
                    optional("CaptureErrors", Values.BOOLEAN),
                    optional("Result", Values.oneOf("VALUES", "BATCH")),
                    optional("ItemName", Values.COMPUTED_STRING),
                    jsonPath("ItemNamePath", Paths.PATH_OR_INTRINSIC_FUNCTION),
                    optional("Nesting", Values.oneOf("NESTED", "FLAT")),
                    optional("Summary", computed(Values.ANY)),
                    jsonPath("SummaryPath", Paths.PATH_OR_INTRINSIC_FUNCTION))
            .atMostOneOf("MinSuccessful", "MinSuccessfulPath")
            .atMostOneOf("ToleratedFailureCount", "ToleratedFailureCountPath")
            .atMostOneOf("ToleratedFailurePercentage", "ToleratedFailurePercentagePath")
            .atMostOneOf("ItemName", "ItemNamePath")
            .atMostOneOf("Summary", "SummaryPath")
            .also(RepriseTables::checkTolerances);

    static final FieldTable PARALLEL = COMPLETION;

    static final FieldTable MAP = COMPLETION;

    private RepriseTables() {}

    /** A Parallel cannot need more successes than it has branches. */
    static void checkParallel(JsonNode parallel, Place place, Checking checking) {
        checkMinSuccessful(parallel, parallel.path("Branches"), "branches", place, checking);
    }

    /** A Map says once what it tolerates, and cannot need more successes than it has items, where these are written down. */
    static void checkMap(JsonNode map, Place place, Checking checking) {
        checkMinSuccessful(map, map.path("Items"), "items", place, checking);
        for (String tolerance : new String[] {"ToleratedFailureCount", "ToleratedFailurePercentage"}) {
            if (has(map, tolerance) && has(map.path("Reprise"), tolerance)) {
                checking.problems()
                        .error(
                                place.member("Reprise").member(tolerance),
                                tolerance + " is given twice",
                                "keep the Map's own field, which Step Functions knows too");
            }
        }
    }

    private static boolean has(JsonNode object, String field) {
        return object.has(field) || object.has(field + "Path");
    }

    private static void checkMinSuccessful(
            JsonNode state, JsonNode items, String word, Place place, Checking checking) {
        JsonNode least = state.path("Reprise").path("MinSuccessful");
        if (least.isIntegralNumber() && items.isArray() && least.longValue() > items.size()) {
            checking.problems()
                    .error(
                            place.member("Reprise").member("MinSuccessful"),
                            "MinSuccessful is " + least + ", but there are only " + items.size() + " " + word);
        }
    }

    private static void checkTolerances(JsonNode block, Place place, Checking checking) {
        boolean captures = block.path("CaptureErrors").asBoolean();
        if (captures && (has(block, "ToleratedFailureCount") || has(block, "ToleratedFailurePercentage"))) {
            checking.problems()
                    .warning(
                            "TOLERANCE_NEVER_EXCEEDED",
                            place.member("CaptureErrors"),
                            "With CaptureErrors a failed item counts as a result, so the tolerated failures are never exceeded",
                            "remove one of them");
        }
    }

    private static void checkPeriod(JsonNode value, Place place, Checking checking) {
        if (!value.isTextual() || !isPeriod(value.textValue())) {
            checking.problems()
                    .error(
                            place,
                            "Retention must be a positive ISO-8601 period of days, weeks, months or years",
                            "write it as in P14D");
        }
    }

    private static boolean isPeriod(String text) {
        try {
            Period period = Period.parse(text);
            return !period.isNegative() && !period.isZero();
        } catch (DateTimeException e) {
            return false;
        }
    }
}
