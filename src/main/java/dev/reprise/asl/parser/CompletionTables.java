package dev.reprise.asl.parser;

import static dev.reprise.asl.parser.Field.jsonPath;
import static dev.reprise.asl.parser.Field.optional;
import static dev.reprise.asl.parser.Values.STRING;
import static dev.reprise.asl.parser.Values.computed;
import static dev.reprise.asl.parser.Values.wholeNumber;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ExpressionChecker.StatesVariable;

/** The fields of a Map's or Parallel's {@code Reprise} block, and what they have to keep with the state around them. */
final class CompletionTables {

    private static final String BLOCK = "Reprise";
    private static final String[] TOLERANCES = {"ToleratedFailureCount", "ToleratedFailurePercentage"};

    private static final FieldTable COMMON = FieldTable.of(
                    optional("MinSuccessful", computed(wholeNumber(1, Integer.MAX_VALUE))),
                    jsonPath("MinSuccessfulPath", Paths.REFERENCE_PATH),
                    optional("ToleratedFailureCount", computed(wholeNumber(0, Integer.MAX_VALUE))),
                    jsonPath("ToleratedFailureCountPath", Paths.REFERENCE_PATH),
                    optional("ToleratedFailurePercentage", computed(Values.number(0.0, 100.0))),
                    jsonPath("ToleratedFailurePercentagePath", Paths.REFERENCE_PATH),
                    optional("CaptureErrors", Values.BOOLEAN),
                    optional("Result", Values.oneOf("VALUES", "BATCH")),
                    jsonPath("ItemNamePath", Paths.PATH_OR_INTRINSIC_FUNCTION),
                    optional("Nesting", Values.oneOf("NESTED", "FLAT")),
                    optional("Summary", Templates.ANY.seeing(StatesVariable.RESULT)))
            .atMostOneOf("MinSuccessful", "MinSuccessfulPath")
            .atMostOneOf("ToleratedFailureCount", "ToleratedFailureCountPath")
            .atMostOneOf("ToleratedFailurePercentage", "ToleratedFailurePercentagePath")
            .atMostOneOf("ItemName", "ItemNamePath");

    static final FieldTable PARALLEL = COMMON.and(
                    optional("MaxConcurrency", computed(wholeNumber(0, Integer.MAX_VALUE))),
                    jsonPath("MaxConcurrencyPath", Paths.REFERENCE_PATH),
                    optional("ItemName", computed(Values.arrayOf(STRING))))
            .atMostOneOf("MaxConcurrency", "MaxConcurrencyPath");

    static final FieldTable MAP = COMMON.and(
            optional("MaxConcurrency", CompletionTables::refuseMaxConcurrency),
            jsonPath("MaxConcurrencyPath", CompletionTables::refuseMaxConcurrency),
            optional("ItemName", Values.COMPUTED_STRING));

    private CompletionTables() {}

    private static void refuseMaxConcurrency(JsonNode value, Place place, Checking checking) {
        checking.problems().error(place, "a Map has a MaxConcurrency of its own", "move it out of the Reprise block");
    }

    /** A Parallel cannot need more successes than it has branches, nor name others than it has. */
    static void checkParallel(JsonNode parallel, Place place, Checking checking) {
        JsonNode branches = parallel.path("Branches");
        checkMinSuccessful(parallel, branches, "branches", place, checking);
        checkTolerances(parallel, place, checking);
        JsonNode names = parallel.path(BLOCK).path("ItemName");
        if (names.isArray() && branches.isArray() && names.size() != branches.size()) {
            checking.problems()
                    .error(
                            place.member(BLOCK).member("ItemName"),
                            "ItemName has " + names.size() + " names for " + branches.size() + " branches",
                            "give each branch one, in their order");
        }
    }

    /**
     * A Map says once what it tolerates, and cannot need more successes than it has items, where these are written
     * down.
     */
    static void checkMap(JsonNode map, Place place, Checking checking) {
        checkMinSuccessful(map, map.path("Items"), "items", place, checking);
        checkTolerances(map, place, checking);
        for (String tolerance : TOLERANCES) {
            if (has(map, tolerance) && has(map.path(BLOCK), tolerance)) {
                checking.problems()
                        .error(
                                place.member(BLOCK).member(tolerance),
                                tolerance + " is given twice",
                                "keep the Map's own field, which Step Functions knows too");
            }
        }
        if (map.path(BLOCK).path("Result").asText().equals("BATCH") && map.has("ResultWriter")) {
            checking.problems()
                    .error(
                            place.member(BLOCK).member("Result"),
                            "BATCH keeps every result in the output, and ResultWriter takes them out of it",
                            "remove one of them");
        }
    }

    private static boolean has(JsonNode object, String field) {
        return object.has(field) || object.has(field + "Path");
    }

    private static void checkMinSuccessful(
            JsonNode state, JsonNode items, String word, Place place, Checking checking) {
        JsonNode least = state.path(BLOCK).path("MinSuccessful");
        if (least.isIntegralNumber() && items.isArray() && least.longValue() > items.size()) {
            checking.problems()
                    .error(
                            place.member(BLOCK).member("MinSuccessful"),
                            "MinSuccessful is " + least + ", but there are only " + items.size() + " " + word,
                            items.isEmpty() ? null : "ask for at most " + items.size());
        }
    }

    private static void checkTolerances(JsonNode state, Place place, Checking checking) {
        if (!state.path(BLOCK).path("CaptureErrors").asBoolean()) {
            return;
        }
        for (String tolerance : TOLERANCES) {
            if (has(state, tolerance) || has(state.path(BLOCK), tolerance)) {
                checking.problems()
                        .warning(
                                "TOLERANCE_NEVER_EXCEEDED",
                                place.member(BLOCK).member("CaptureErrors"),
                                "CaptureErrors lets every failure pass, so " + tolerance + " is never exceeded",
                                "remove one of them");
            }
        }
    }
}
