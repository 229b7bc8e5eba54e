package dev.reprise.asl.parser;

import static dev.reprise.asl.parser.Field.jsonPath;
import static dev.reprise.asl.parser.Field.jsonata;
import static dev.reprise.asl.parser.Field.optional;
import static dev.reprise.asl.parser.Field.required;
import static dev.reprise.asl.parser.Values.STRING;
import static dev.reprise.asl.parser.Values.TIMESTAMP;
import static dev.reprise.asl.parser.Values.computed;
import static dev.reprise.asl.parser.Values.wholeNumber;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.ExpressionChecker.StatesVariable;
import java.util.Map;

/**
 * The fields of the eight state types.
 *
 * @see <a href="https://states-language.net/#state-type-table">ASL, state types</a>
 */
final class StateTables {

    private static final FieldType SECONDS = computed(wholeNumber(1, Values.MOST_SECONDS));

    /** What every state may have. */
    private static final FieldTable STATE =
            FieldTable.of(required("Type", STRING), optional("Comment", STRING), optional("QueryLanguage", STRING));

    /** A state that goes on to another, or ends. */
    private static final FieldTable LEADING =
            STATE.and(optional("Next", STRING), optional("End", Values.BOOLEAN)).also(Transitions.NEXT_OR_END);

    /** Input and output of a state that does no work. */
    private static final Field[] IN_AND_OUT = {
        jsonPath("InputPath", Paths.PATH.orNull()),
        jsonPath("OutputPath", Paths.PATH.orNull()),
        jsonata("Output", Jsonata.TEMPLATE)
    };

    /** Input and output of a state that does work, and what happens when the work fails. */
    private static final FieldTable WORKING = LEADING.and(
            jsonPath("InputPath", Paths.PATH.orNull()),
            jsonPath("OutputPath", Paths.PATH.orNull()),
            jsonPath("ResultSelector", PayloadTemplates.OBJECT),
            jsonPath("ResultPath", Paths.RESULT_PATH.orNull()),
            jsonata("Output", Jsonata.TEMPLATE.seeing(StatesVariable.RESULT)),
            optional("Assign", Variables.ASSIGN.seeing(StatesVariable.RESULT)),
            optional("Retry", FailureTables.RETRY),
            optional("Catch", FailureTables.CATCH));

    private static final FieldTable PASS = LEADING.and(IN_AND_OUT)
            .and(
                    jsonPath("Result", Hints.STATIC),
                    jsonPath("Parameters", PayloadTemplates.TEMPLATE),
                    jsonPath("ResultPath", Paths.RESULT_PATH.orNull()),
                    optional("Assign", Variables.ASSIGN));

    private static final FieldTable TASK = WORKING.and(
                    required("Resource", Resources.TASK),
                    jsonPath("Parameters", PayloadTemplates.TEMPLATE),
                    jsonata("Arguments", Jsonata.TEMPLATE),
                    optional("TimeoutSeconds", SECONDS),
                    jsonPath("TimeoutSecondsPath", Paths.REFERENCE_PATH),
                    optional("HeartbeatSeconds", SECONDS),
                    jsonPath("HeartbeatSecondsPath", Paths.REFERENCE_PATH),
                    optional("Credentials", TaskRules::checkCredentials),
                    optional("Reprise", RepriseTables.TASK))
            .atMostOneOf("TimeoutSeconds", "TimeoutSecondsPath")
            .atMostOneOf("HeartbeatSeconds", "HeartbeatSecondsPath")
            .also(TaskRules::checkTask);

    private static final FieldTable CHOICE = STATE.and(IN_AND_OUT)
            .and(
                    required("Choices", Values.nonEmptyArrayOf(ChoiceTables.RULE)),
                    optional("Default", STRING),
                    optional("Assign", Variables.ASSIGN));

    private static final FieldTable WAIT = LEADING.and(IN_AND_OUT)
            .and(
                    optional("Seconds", computed(wholeNumber(0, Values.MOST_SECONDS))),
                    jsonPath("SecondsPath", Paths.REFERENCE_PATH),
                    optional("Timestamp", computed(TIMESTAMP)),
                    jsonPath("TimestampPath", Paths.REFERENCE_PATH),
                    optional("Assign", Variables.ASSIGN))
            .exactlyOneOf("SecondsPath", "Seconds", "TimestampPath", "Timestamp");

    private static final FieldTable SUCCEED = STATE.and(IN_AND_OUT);

    private static final FieldTable FAIL = STATE.and(
                    optional("Error", Values.COMPUTED_STRING),
                    jsonPath("ErrorPath", Paths.PATH_OR_INTRINSIC_FUNCTION),
                    optional("Cause", Values.COMPUTED_STRING),
                    jsonPath("CausePath", Paths.PATH_OR_INTRINSIC_FUNCTION))
            .atMostOneOf("Error", "ErrorPath")
            .atMostOneOf("Cause", "CausePath");

    private static final FieldTable PARALLEL = WORKING.and(
                    required("Branches", Values.nonEmptyArrayOf(BodyTables.BRANCH)),
                    jsonPath("Parameters", PayloadTemplates.TEMPLATE),
                    jsonata("Arguments", Jsonata.TEMPLATE),
                    optional("Reprise", CompletionTables.PARALLEL))
            .also(CompletionTables::checkParallel);

    private static final Map<String, FieldTable> BY_TYPE = Map.of(
            "Pass", PASS,
            "Task", TASK,
            "Choice", CHOICE,
            "Wait", WAIT,
            "Succeed", SUCCEED,
            "Fail", FAIL,
            "Parallel", PARALLEL,
            "Map", MapTables.map(WORKING));

    private static final FieldType TYPE =
            Values.oneOf("Pass", "Task", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map");

    private StateTables() {}

    /** Checks one state by the table of its type. */
    static void check(JsonNode value, Place place, Checking checking) {
        if (!(value instanceof ObjectNode state)) {
            Values.mustBe("an object", "Object", value, place, checking);
            return;
        }
        FieldTable table = BY_TYPE.get(state.path("Type").asText());
        if (table != null) {
            table.check(state, place, checking.in(QueryLanguages.ofState(state, place, checking)));
        } else if (state.has("Type")) {
            TYPE.check(state.get("Type"), place.member("Type"), checking);
        } else {
            checking.problems().error(place, "These fields are required: [Type]");
        }
    }
}
