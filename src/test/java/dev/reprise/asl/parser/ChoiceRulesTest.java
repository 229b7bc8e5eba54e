package dev.reprise.asl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Choice's rules ask, at any depth. */
class ChoiceRulesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"Variable": "$.a", "IsNull": true}                                          | : These fields are required: [Next]
            {"Variable": "$.a", "Next": "E"}                                             | : the rule compares its Variable with nothing (add a comparison such as StringEquals)
            {"StringEquals": "a", "Next": "E"}                                           | : The object must have only one of the following fields, [And, Or, Not, Variable, Condition] (none of them is there)
            {"Variable": "$.a", "IsNull": true, "IsString": true, "Next": "E"}           | : the rule has more than one comparison: [IsNull, IsString] (combine them with And)
            {"And": [{"Variable": "$.a", "IsNull": true}], "Variable": "$.b", "Next": "E"} | : The object must have only one of the following fields, [And, Or, Not, Variable, Condition] (these are there: [And, Variable])
            {"Or": [], "Next": "E"}                                                      | /Or: Value cannot be empty
            {"Not": {"Variable": "$.a", "IsNull": true, "Next": "E"}, "Next": "E"}       | /Not/Next: Field 'Next' is not supported
            {"And": [{"Or": [{"Variable": "$.a", "NumericEquals": "1"}]}], "Next": "E"}  | /And/0/Or/0/NumericEquals: Value must be a number, was the string '1'
            {"Variable": "States.ArrayLength($.a)", "NumericEquals": 0, "Next": "E"}     | /Variable: Value is not a Reference Path: Reference path didn't start with '$'
            {"Variable": "$.a", "StringEqual": "x", "Next": "E"}                         | /StringEqual: Field 'StringEqual' is not supported (did you mean 'StringEquals'?)
            {"Variable": "$.a", "TimestampEquals": "today", "Next": "E"}                 | /TimestampEquals: String does not match RFC3339 timestamp (write it as in 2026-03-14T01:59:00Z)
            {"Condition": "{% true %}", "Next": "E"}                                     | /Condition: The QueryLanguage is set to 'JSONPath', but field 'Condition' is only supported for the 'JSONata' QueryLanguage
            """)
    void aRuleThatIsWrong(String rule, String problem) {
        assertThat(problems("JSONPath", rule)).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"Variable": "$.a", "NumericEquals": 1, "Next": "E"}                        | : These fields are required: [Condition]
            {"Condition": "true", "Next": "E"}                                          | /Condition: Value must be true or false, was the string 'true'
            """)
    void aJsonataRuleThatIsWrong(String rule, String problem) {
        assertThat(problems("JSONata", rule)).contains(problem);
    }

    @Test
    void comparingWithTextThatLooksLikeAPathIsDoubtful() {
        assertThat(problems("JSONPath", "{\"Variable\": \"$.a\", \"StringEquals\": \"$.b\", \"Next\": \"E\"}"))
                .containsExactly(
                        "/StringEquals: warning: the value looks like a path, but is compared as it stands (to compare with what the path selects, use the operator that ends with Path)");
    }

    private static List<String> problems(String language, String rule) {
        return Checked.machine("{\"QueryLanguage\": \"" + language
                        + "\", \"StartAt\": \"C\", \"States\": {\"C\": {\"Type\": \"Choice\", \"Default\": \"E\", \"Choices\": ["
                        + rule
                        + "]}, \"E\": {\"Type\": \"Succeed\"}}}")
                .stream()
                .map(line -> line.replace("/States/C/Choices/0", ""))
                .toList();
    }
}
