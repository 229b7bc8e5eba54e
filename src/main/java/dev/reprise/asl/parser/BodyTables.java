package dev.reprise.asl.parser;

import static dev.reprise.asl.parser.Field.optional;
import static dev.reprise.asl.parser.Field.required;
import static dev.reprise.asl.parser.Values.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The fields of what holds states: the machine, a Parallel's branch, a Map's processor. */
final class BodyTables {

    private static final int LONGEST_NAME = 80;

    private static final FieldTable BODY = FieldTable.of(
            required("States", BodyTables::checkStates), required("StartAt", STRING), optional("Comment", STRING));

    static final FieldType MACHINE = noted(BODY.and(
            optional("Version", Values.oneOf("1.0")),
            optional("TimeoutSeconds", Values.wholeNumber(0, Values.MOST_SECONDS)),
            optional("QueryLanguage", QueryLanguages.NAME),
            optional("Reprise", RepriseTables.MACHINE)));

    static final FieldType BRANCH = noted(BODY);

    private static final FieldTable PROCESSOR_CONFIG = FieldTable.of(
            optional("Mode", Values.oneOf("INLINE", "DISTRIBUTED")),
            optional("ExecutionType", Values.oneOf("STANDARD", "EXPRESS")));

    static final FieldType ITEM_PROCESSOR = noted(BODY.and(optional("ProcessorConfig", PROCESSOR_CONFIG)));

    private BodyTables() {}

    /** A body's transitions are followed later, when the fields of the whole document are known. */
    private static FieldType noted(FieldTable table) {
        return (value, place, checking) -> {
            checking.document().bodies().add(value, place);
            table.check(value, place, checking.within(checking.scope().inner()));
        };
    }

    private static void checkStates(JsonNode value, Place place, Checking checking) {
        if (!(value instanceof ObjectNode states)) {
            Values.mustBe("an object", "Object", value, place, checking);
            return;
        }
        if (states.isEmpty()) {
            checking.problems().error(place, "Value cannot be empty");
        }
        for (Map.Entry<String, JsonNode> state : states.properties()) {
            Place at = place.member(state.getKey());
            checkName(state.getKey(), at, checking);
            StateTables.check(state.getValue(), at, checking);
        }
    }

    private static void checkName(String name, Place place, Checking checking) {
        int length = name.codePointCount(0, name.length());
        if (length < 1 || length > LONGEST_NAME) {
            String message = length < 1
                    ? "A state's name has 1 to " + LONGEST_NAME + " characters, this one has none"
                    : tooLong("State", name, LONGEST_NAME);
            checking.problems().error("INVALID_STATE_NAME", place, message, null);
        }
    }

    /** What AWS says of a name that is too long. */
    static String tooLong(String what, String name, int longest) {
        return "Invalid " + what + " name: " + what + " '" + name + "' exceeds the " + longest
                + "-character limit allowed by the service";
    }
}
