package dev.reprise.asl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.asl.Diagnostic;
import dev.reprise.query.check.QueryExpressionChecker;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A variable that nobody sets is most likely misspelt. */
class VariableScopeTest {

    @Test
    void aPathOrCallReadsVariables() {
        assertThat(problemsOf("""
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Assign": {"count.$": "$.n"}, "Next": "B"},
              "B": {"Type": "Pass", "InputPath": "$count", "Parameters": {
                "a.$": "$conut.x",
                "b.$": "States.MathAdd($count, $states)",
                "c.$": "States.Format('{}', $other)"
              }, "End": true}
            }}
            """))
                .containsExactly(
                        "/States/B/Parameters/a.$: warning: no state in scope sets the variable 'conut' (did you mean"
                                + " 'count'?)",
                        "/States/B/Parameters/b.$: warning: no state in scope sets the variable 'states'",
                        "/States/B/Parameters/c.$: warning: no state in scope sets the variable 'other'");
    }

    @Test
    void aJsonataExpressionReadsWhatItDoesNotBindItself() {
        assertThat(problemsOf("""
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% ($x := 1; $x + $y + $sum([1, 2]) + $states.input.a) %}", "End": true}
            }}
            """))
                .containsExactly("/States/A/Output: warning: no state in scope sets the variable 'y'");
    }

    @Test
    void aBodySeesTheVariablesAroundItButNotThoseInside() {
        assertThat(problemsOf("""
            {"QueryLanguage": "JSONata", "StartAt": "P", "States": {
              "P": {"Type": "Parallel", "Assign": {"outer": 1}, "Output": "{% $inner %}", "End": true, "Branches": [
                {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"inner": "{% $outer %}"}, "End": true}}}
              ]}
            }}
            """))
                .containsExactly("/States/P/Output: warning: no state in scope sets the variable 'inner'");
    }

    @Test
    void aDistributedMapsItemsRunApart() {
        assertThat(problemsOf("""
            {"QueryLanguage": "JSONata", "StartAt": "M", "States": {
              "M": {"Type": "Map", "MaxConcurrency": 1, "Assign": {"outer": 1}, "ItemSelector": "{% $outer %}", "End": true,
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "A", "States": {"A": {"Type": "Pass", "Output": "{% $outer %}", "End": true}}}}
            }}
            """))
                .containsExactly("/States/M/ItemProcessor/States/A/Output: warning: no state in scope sets the variable"
                        + " 'outer'");
    }

    private static List<String> problemsOf(String definition) {
        return Definitions.parse("d", definition, new QueryExpressionChecker()).diagnostics().stream()
                .map(Diagnostic::toString)
                .toList();
    }
}
