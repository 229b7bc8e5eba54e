package dev.reprise.query.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.asl.StateMachine;
import dev.reprise.asl.parser.Definitions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VariableReferencesTest {

    private static Map<String, ? extends Set<String>> references(String definition) {
        StateMachine machine = Objects.requireNonNull(
                Definitions.parse("test.asl.json", definition.replace('\'', '"'), new QueryExpressionChecker())
                        .machine());
        return VariableReferences.of(machine);
    }

    @Test
    void areReadFromPathsTemplatesAndIntrinsicFunctions() {
        assertThat(references("""
            {'StartAt': 'A', 'States': {
              'A': {'Type': 'Pass', 'Assign': {'x': 1, 'y': 2, 'list': [1]}, 'Next': 'B'},
              'B': {'Type': 'Pass', 'Result': {'no.$': '$literal'}, 'InputPath': '$x', 'OutputPath': '$y.deep',
                    'Parameters': {'plain': '$list', 'deep': [{'n.$': 'States.MathAdd($x, $.n)'}]}, 'Next': 'C'},
              'C': {'Type': 'Choice', 'Choices': [{'And': [
                      {'Variable': '$x', 'NumericEqualsPath': '$y'}, {'Variable': '$.a', 'IsPresent': true}],
                      'Next': 'D'}]},
              'D': {'Type': 'Succeed'}}}
            """)).isEqualTo(Map.of("B", Set.of("x", "y"), "C", Set.of("x", "y")));
    }

    @Test
    void belongToTheStateInsideAMapThatReadsThem() {
        assertThat(references("""
            {'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'ItemsPath': '$list', 'ItemProcessor': {
               'StartAt': 'Inner', 'States': {
                 'Inner': {'Type': 'Pass', 'Parameters': {'q.$': '$question'}, 'End': true}}}, 'End': true}}}
            """)).isEqualTo(Map.of("M", Set.of("list"), "Inner", Set.of("question")));
    }

    @Test
    void areReadFromJsonata() {
        assertThat(references("""
            {'QueryLanguage': 'JSONata', 'StartAt': 'A', 'States': {
              'A': {'Type': 'Pass', 'Output': {'sum': '{% $sum($numbers) + ($own := 1; $own) %}', 'text': '$plain'}, 'End': true}}}
            """)).isEqualTo(Map.of("A", Set.of("numbers")));
    }
}
