package dev.reprise.asl.parser;

import static dev.reprise.asl.parser.Field.jsonata;
import static dev.reprise.asl.parser.Field.optional;
import static dev.reprise.asl.parser.Field.required;
import static dev.reprise.asl.parser.Field.requiredIn;
import static dev.reprise.asl.parser.Values.STRING;
import static dev.reprise.asl.parser.Values.TIMESTAMP;

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

    private static final List<String> SUBJECTS = List.of("And", "Or", "Not", "Variable");

    /** What a rule asks, at any depth. */
    private static final FieldTable CONDITION = condition();

    /** A whole rule, which also says where to go on. */
    static final FieldTable RULE = CONDITION.and(
            requiredIn(QueryLanguage.JSONATA, "Condition", Values.computed(Values.BOOLEAN)),
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
        fields.add(Field.jsonPath("Variable", Paths.CHOICE_PATH));
        for (ComparisonOperator operator : ComparisonOperator.values()) {
            fields.add(Field.jsonPath(operator.name(), operand(operator)));
            if (operator.hasPathForm()) {
                fields.add(Field.jsonPath(operator.name() + "Path", Paths.CHOICE_PATH));
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
        return Hints.comparedWith(name.startsWith("Timestamp") ? TIMESTAMP : STRING);
    }

    /** A JSONPath condition asks one thing: a connective over others, or a comparison of one variable. */
    private static void checkQuestion(JsonNode condition, Place place, Checking checking) {
        if (checking.isJsonata()) {
            return;
        }
        List<String> subjects = SUBJECTS.stream().filter(condition::has).toList();
        List<String> comparisons = comparisons().filter(condition::has).toList();
        if (subjects.size() != 1) {
            String found = subjects.isEmpty() ? "none of them is there" : "these are there: " + subjects;
            checking.problems()
                    .error(
                            place,
                            "The object must have only one of the following fields, [And, Or, Not, Variable,"
                                    + " Condition]",
                            found);
        } else if (subjects.getFirst().equals("Variable")) {
            checkComparison(comparisons, place, checking);
        } else if (!comparisons.isEmpty()) {
            checking.problems()
                    .error(
                            place.member(comparisons.getFirst()),
                            "'" + subjects.getFirst() + "' and '" + comparisons.getFirst() + "' exclude each other");
        }
    }

    private static void checkComparison(List<String> comparisons, Place place, Checking checking) {
        if (comparisons.isEmpty()) {
            checking.problems()
                    .error(
                            Problems.SCHEMA,
                            place,
                            "the rule compares its Variable with nothing",
                            "add a comparison such as StringEquals",
                            new Wording(
                                    "This object should have only one of the following fields: "
                                            + comparisons().toList(),
                                    place));
        } else if (comparisons.size() > 1) {
            checking.problems()
                    .error(
                            Problems.SCHEMA,
                            place,
                            "the rule has more than one comparison: " + comparisons,
                            "combine them with And",
                            new Wording(
                                    "There should only be one of the following fields: "
                                            + comparisons().toList(),
                                    place));
        }
    }

    private static Stream<String> comparisons() {
        return Stream.of(ComparisonOperator.values())
                .flatMap(operator -> operator.hasPathForm()
                        ? Stream.of(operator.name(), operator.name() + "Path")
                        : Stream.of(operator.name()));
    }
}
