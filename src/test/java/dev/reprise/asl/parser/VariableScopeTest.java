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

    @Test
    void aBodyCannotSetAVariableOfABodyAroundIt() {
        String parallel = """
            {"QueryLanguage": "JSONata", "StartAt": "Begin", "States": {
              "Begin": {"Type": "Pass", "Assign": {"x": 0}, "Next": "Both"},
              "Both": {"Type": "Parallel", "End": true, "Branches": [
                {"StartAt": "Inner", "States": {"Inner": {"Type": "Pass", "Assign": {"x": 1}, "End": true}}}]}
            }}
            """;

        assertThat(problemsOf(parallel))
                .singleElement()
                .asString()
                .startsWith(
                        "/States/Both/Branches/0/States/Inner/Assign/x: The variable 'x' is assigned in an outer scope"
                                + " too");
        assertThat(problemsOf(parallel.replace("\"x\": 1", "\"y\": 1"))).isEmpty();
    }

    /** Neither the order of the states counts, nor how deep the inner one stands, nor the query language. */
    @Test
    void namesAreUniqueDownwards() {
        assertThat(problemsOf("""
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "MaxConcurrency": 1, "Next": "After", "ItemProcessor": {
                "StartAt": "Both", "States": {"Both": {"Type": "Parallel", "End": true, "Branches": [
                  {"StartAt": "Inner", "States": {"Inner": {"Type": "Pass", "Assign": {"x.$": "$"}, "End": true}}}]}}}},
              "After": {"Type": "Choice", "Choices": [{"Variable": "$", "IsNull": true, "Assign": {"x": 1}, "Next": "End"}], "Default": "End"},
              "End": {"Type": "Succeed"}
            }}
            """))
                .singleElement()
                .asString()
                .startsWith(
                        "/States/Each/ItemProcessor/States/Both/Branches/0/States/Inner/Assign/x.$: The variable 'x'");
    }

    @Test
    void bodiesSideBySideMayUseTheSameName() {
        assertThat(problemsOf("""
            {"StartAt": "Both", "States": {"Both": {"Type": "Parallel", "End": true, "Branches": [
              {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"x": 1}, "End": true}}},
              {"StartAt": "B", "States": {"B": {"Type": "Pass", "Assign": {"x": 2}, "End": true}}}]}
            }}
            """)).isEmpty();
    }

    /** Its items are executions of their own. */
    @Test
    void aDistributedMapMaySetWhatIsSetAroundIt() {
        assertThat(problemsOf("""
            {"StartAt": "V", "States": {
              "V": {"Type": "Pass", "Assign": {"x": 1}, "Next": "M"},
              "M": {"Type": "Map", "MaxConcurrency": 1, "End": true,
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"x": 2}, "End": true}}}}
            }}
            """)).isEmpty();
    }

    /** A catcher of the state around sets its variables once the bodies inside have failed. */
    @Test
    void aCatcherMaySetWhatTheBodiesInItsStateSet() {
        String definition = """
            {"QueryLanguage": "JSONata", "StartAt": "Both", "States": {
              "Both": {"Type": "Parallel", "Next": "End", "Branches": [
                {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"x": 1}, "End": true}}}],
                "Catch": [{"ErrorEquals": ["E"], "Assign": {"x": 2}, "Next": "End"}, {"ErrorEquals": ["States.ALL"], "Assign": {"x": 3}, "Next": "End"}]},
              "End": {"Type": "Succeed"}
            }}
            """;

        assertThat(problemsOf(definition)).isEmpty();
        assertThat(problemsOf(definition.replace(
                        "\"Next\": \"End\", \"Branches\"", "\"Assign\": {\"x\": 4}, \"Next\": \"End\", \"Branches\"")))
                .singleElement()
                .asString()
                .startsWith("/States/Both/Branches/0/States/A/Assign/x:");
    }

    private static List<String> problemsOf(String definition) {
        return Definitions.parse("d", definition, new QueryExpressionChecker()).diagnostics().stream()
                .map(Diagnostic::toString)
                .toList();
    }
}
