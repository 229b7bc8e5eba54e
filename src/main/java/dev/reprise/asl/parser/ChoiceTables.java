package dev.reprise.asl.parser;

import static dev.reprise.asl.parser.Field.jsonata;
import static dev.reprise.asl.parser.Field.optional;
import static dev.reprise.asl.parser.Field.required;
import static dev.reprise.asl.parser.Values.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ComparisonOperator;
import dev.reprise.asl.QueryLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The fields of {@code Choices}.
 *
 * @see <a href="https://states-language.net/#choice-state">ASL, Choice state</a>
 */
final class ChoiceTables {

    private static final List<String> CONNECTIVES = List.of("And", "Or", "Not");

    /** What a rule asks, at any depth. */
    private static final FieldTable CONDITION = condition();

    /** A whole rule, which also says where to go on. */
    static final FieldTable RULE = CONDITION.and(
            new Field("Condition", Values.computed(Values.BOOLEAN), QueryLanguage.JSONATA, true),
            required("Next", STRING),
            jsonata("Output", Jsonata.TEMPLATE),
            optional("Assign", Variables.ASSIGN));

    private ChoiceTables() {}

    private static FieldTable condition() {
        List<Field> fields = new ArrayList<>();
        // A condition holds conditions, so these look the table up when they are used.
        FieldType nested = (value, place, checking) -> CONDITION.check(value, place, checking);
        fields.add(Field.jsonPath("And", Values.nonEmptyArrayOf(nested)));
        fields.add(Field.jsonPath("Or", Values.nonEmptyArrayOf(nested)));
        fields.add(Field.jsonPath("Not", nested));
        fields.add(Field.jsonPath("Variable", Paths.REFERENCE_PATH));
        for (ComparisonOperator operator : ComparisonOperator.values()) {
            fields.add(Field.jsonPath(operator.name(), operand(operator)));
            if (operator.hasPathForm()) {
                fields.add(Field.jsonPath(operator.name() + "Path", Paths.REFERENCE_PATH));
            }
        }
        fields.add(optional("Comment", STRING));
        return FieldTable.of(fields.toArray(Field[]::new)).also(ChoiceTables::checkQuestion);
    }

    private static FieldType operand(ComparisonOperator operator) {
        String name = operator.name();
        if (name.startsWith("Is") || name.startsWith("Boolean")) {
            return Values.BOOLEAN;
        }
        if (name.startsWith("Numeric")) {
            return Values.NUMBER;
        }
        return name.startsWith("Timestamp") ? Timestamps.TIMESTAMP : STRING;
    }

    /** A JSONPath condition asks one thing: a connective over others, or a comparison of one variable. */
    private static void checkQuestion(JsonNode condition, Place place, Checking checking) {
        if (checking.isJsonata()) {
            return;
        }
        List<String> asked = Stream.concat(CONNECTIVES.stream(), comparisons())
                .filter(condition::has)
                .toList();
        if (asked.isEmpty()) {
            checking.problems().error(place, "A choice rule needs And, Or, Not, or a comparison such as StringEquals");
        } else if (asked.size() > 1) {
            checking.problems().error(place, "There should only be one of the following fields: " + asked);
        } else if (CONNECTIVES.contains(asked.getFirst())) {
            if (condition.has("Variable")) {
                checking.problems()
                        .error(
                                place.member("Variable"),
                                "Field 'Variable' is not supported beside '" + asked.getFirst() + "'");
            }
        } else if (!condition.has("Variable")) {
            checking.problems().error(place, "These fields are required: [Variable]");
        }
    }

    private static Stream<String> comparisons() {
        return Stream.of(ComparisonOperator.values())
                .flatMap(operator -> operator.hasPathForm()
                        ? Stream.of(operator.name(), operator.name() + "Path")
                        : Stream.of(operator.name()));
    }
}
