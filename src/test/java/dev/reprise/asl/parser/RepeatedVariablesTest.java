package dev.reprise.asl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.asl.Diagnostic;
import dev.reprise.query.check.QueryExpressionChecker;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body may not set what is set on a way to the state around it. */
class RepeatedVariablesTest {

    private static final String INNER =
            "'StartAt': 'Inner', 'States': {'Inner': {'Type': 'Pass', 'Assign': {'total': 1}, 'End': true}}";
    private static final String BOTH = "'Type': 'Parallel', 'Branches': [{" + INNER + "}]";
    private static final String DONE = "'Done': {'Type': 'Succeed'}";
    private static final String SET = "'Assign': {'total': 0}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Begin': {'Type': 'Pass', " + SET + ", 'Next': 'Both'}, 'Both': {" + BOTH + ", 'End': true}",
                "'Begin': {'Type': 'Pass', " + SET
                        + ", 'Next': 'Further'}, 'Further': {'Type': 'Pass', 'Next': 'Both'}," + " 'Both': {" + BOTH
                        + ", 'End': true}",
                "'Begin': {'Type': 'Choice', 'Choices': [{'Condition': '{% true %}', " + SET
                        + ", 'Next': 'Both'}], 'Default': 'Both'}, 'Both': {" + BOTH + ", 'End': true}",
                "'Begin': {'Type': 'Choice', 'Choices': [{'Condition': '{% true %}', 'Next': 'Done'}], " + SET
                        + ", 'Default': 'Both'}, " + DONE + ", 'Both': {" + BOTH + ", 'End': true}",
                "'Begin': {'Type': 'Task', 'Resource': 'task:Try', 'Next': 'Both', 'Catch': [{'ErrorEquals':"
                        + " ['States.ALL'], "
                        + SET + ", 'Next': 'Both'}]}, 'Both': {" + BOTH + ", 'End': true}",
                "'Begin': {" + BOTH + ", " + SET + ", 'Next': 'Again'}, 'Again': {'Type': 'Choice', 'Choices':"
                        + " [{'Condition': '{% true %}', 'Next': 'Begin'}], 'Default': 'Done'}, " + DONE,
                "'Begin': {'Type': 'Pass', " + SET + ", 'Next': 'Each'}, 'Each': {'Type': 'Map', 'MaxConcurrency': 1,"
                        + " 'ItemProcessor': {" + INNER + "}, 'End': true}",
                "'Begin': {'Type': 'Pass', " + SET + ", 'Next': 'Each'}, 'Each': {'Type': 'Map', 'MaxConcurrency': 1,"
                        + " 'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'}, "
                        + INNER + "}, 'End': true}",
                "'Begin': {'Type': 'Pass', " + SET + ", 'Next': 'Outer'}, 'Outer': {'Type': 'Parallel', 'Branches':"
                        + " [{'StartAt': 'Both', 'States': {'Both': {" + BOTH + ", 'End': true}}}], 'End': true}",
                "'Begin': {'Type': 'Parallel', 'Branches': [{'StartAt': 'First', 'States': {'First': {'Type': 'Pass', "
                        + SET + ", 'Next': 'Both'}, 'Both': {" + BOTH + ", 'End': true}}}], 'End': true}"
            })
    void whatIsSetOnTheWayIsRefusedInside(String states) {
        assertThat(problemsOf(states))
                .singleElement()
                .asString()
                .contains("/States/Inner/Assign/total: Duplicate Variable name: total");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Begin': {" + BOTH + ", 'Next': 'After'}, 'After': {'Type': 'Pass', " + SET + ", 'End': true}",
                "'Begin': {" + BOTH + ", " + SET + ", 'End': true}",
                "'Begin': {" + BOTH + ", 'Catch': [{'ErrorEquals': ['States.ALL'], " + SET
                        + ", 'Next': 'Done'}], 'End': true}, " + DONE,
                "'Begin': {'Type': 'Task', 'Resource': 'task:Try', " + SET
                        + ", 'Next': 'Done', 'Catch': [{'ErrorEquals':" + " ['States.ALL'], 'Next': 'Both'}]}, " + DONE
                        + ", 'Both': {" + BOTH + ", 'End': true}",
                "'Begin': {'Type': 'Choice', 'Choices': [{'Condition': '{% true %}', " + SET
                        + ", 'Next': 'Done'}], 'Default': 'Both'}, " + DONE + ", 'Both': {" + BOTH + ", 'End': true}",
                "'Begin': {'Type': 'Choice', 'Choices': [{'Condition': '{% true %}', 'Next': 'Both'}], " + SET
                        + ", 'Default': 'Done'}, " + DONE + ", 'Both': {" + BOTH + ", 'End': true}",
                "'Begin': {'Type': 'Parallel', 'Branches': [{" + INNER + "}, {'StartAt': 'Other', 'States': {'Other':"
                        + " {'Type': 'Pass', " + SET + ", 'End': true}}}], 'End': true}"
            })
    void whatIsSetAfterwardsOrBesideMayHaveTheSameName(String states) {
        assertThat(problemsOf(states)).isEmpty();
    }

    @Test
    void namesThatPathsSetAreToldWithoutTheirSuffix() {
        assertThat(problemsOfMachine("""
            {'StartAt': 'Begin', 'States': {
              'Begin': {'Type': 'Pass', 'Assign': {'total.$': '$'}, 'Next': 'Both'}, 'Both': {%s, 'End': true}}}\
            """.formatted(BOTH)))
                .singleElement()
                .asString()
                .contains("Duplicate Variable name: total");
    }

    private static List<String> problemsOf(String states) {
        return problemsOfMachine("{'QueryLanguage': 'JSONata', 'StartAt': 'Begin', 'States': {" + states + "}}");
    }

    private static List<String> problemsOfMachine(String definition) {
        return Definitions.parse("d", definition.replace('\'', '"'), new QueryExpressionChecker())
                .diagnostics()
                .stream()
                .map(Diagnostic::toString)
                .toList();
    }
}
