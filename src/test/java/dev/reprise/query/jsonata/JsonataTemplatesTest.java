package dev.reprise.query.jsonata;

import static dev.reprise.query.Given.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Condition;
import dev.reprise.asl.Value;
import dev.reprise.query.CompiledCondition;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import dev.reprise.query.Given;
import dev.reprise.query.QueryLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonataTemplatesTest {

    private static final JsonataQueries QUERIES = new JsonataQueries(QueryLimits.DEFAULT);

    private static final Given ORDER = Given.input(
                    "{'id': 7, 'lines': [{'sku': 'a', 'n': 1}, {'sku': 'b', 'n': 2}], 'none': null, 'half': 0.5,"
                            + " 'one': [1], 'nothing': []}")
            .result("{'ok': true}")
            .context("{'Execution': {'Name': 'run-1'}}")
            .variable("region", "{'name': 'eu', 'zones': [1, 2]}")
            .variable("empty", "null");

    private static JsonNode evaluate(String expression) {
        return QUERIES.template(json("\"{% " + expression.replace("\"", "\\\"") + " %}\""), "Output")
                .evaluate(ORDER);
    }

    private static String causeOf(String expression, String field) {
        try {
            QUERIES.value(new Value.Jsonata(expression), field).evaluate(ORDER);
        } catch (EvaluationException e) {
            assertThat(e.error()).isEqualTo("States.QueryEvaluationError");
            assertThat(e.location()).isEqualTo(field);
            return e.causeText();
        }
        return "no error";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$states.input.id                      | 7",
                "$states.input.id + 1                  | 8",
                "$states.input.half * 2                | 1",
                "$states.input.none                    | null",
                "$states.input.lines.sku               | ['a', 'b']",
                "$states.input.lines[n > 1].sku        | 'b'",
                "$sum($states.input.lines.n)           | 3",
                "$states.input.one                     | [1]",
                "$states.input.nothing                 | []",
                "$states.result.ok                     | true",
                "$states.context.Execution.Name        | 'run-1'",
                "$states.input ~> $keys()              | ['id', 'lines', 'none', 'half', 'one', 'nothing']",
                "$region.zones[0]                      | 1",
                "$region                               | {'name': 'eu', 'zones': [1, 2]}",
                "$empty                                | null",
                "$merge([$region, {'name': 'us'}])     | {'name': 'us', 'zones': [1, 2]}",
                "($x := 2; $x * $x)                    | 4",
                "$type($states.input.none)             | 'null'",
                "{'all': $states.input.lines}          | {'all': [{'sku': 'a', 'n': 1}, {'sku': 'b', 'n': 2}]}",
                "'literal'                             | 'literal'",
                "$count($states.input.nothing)         | 0",
                "$append($states.input.one, 2)         | [1, 2]",
                "$sort($states.input.lines, function($a, $b) { $a.n < $b.n }).sku | ['b', 'a']",
                "$reverse($region.zones)               | [2, 1]",
                "$distinct([1, 1, 2])                  | [1, 2]",
                "$states.input.lines^(>n).sku          | ['b', 'a']",
                "$keys($states)                        | ['input', 'result', 'context']",
            })
    void evaluate(String expression, String expected) {
        assertThat(evaluate(expression)).isEqualTo(json(expected));
    }

    @Test
    void transformsWithoutChangingTheInput() {
        assertThat(evaluate("$states.input.lines ~> |$|{'n': n + 1}|").get(0)).isEqualTo(json("{'sku': 'a', 'n': 2}"));
        assertThat(evaluate("$states.input.lines[0].n")).isEqualTo(json("1"));
    }

    @Test
    void findsExpressionsAnywhereInATemplate() {
        JsonNode template =
                json("{'a': '{% $region.name %}', 'b': [{'c': '{%1+1%}'}, '$region', 3], 'd.$': '$.x', '{% 1 %}': 1}");

        assertThat(QUERIES.template(template, "Arguments").evaluate(ORDER))
                .isEqualTo(json("{'a': 'eu', 'b': [{'c': 2}, '$region', 3], 'd.$': '$.x', '{% 1 %}': 1}"));
    }

    @Test
    void doesNotCopyWhatItOnlyPassesOn() {
        assertThat(evaluate("$states.input")).isSameAs(ORDER.input());
        assertThat(evaluate("{'x': $states.input.lines}").get("x"))
                .isSameAs(ORDER.input().get("lines"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$doesNotExist | Output/a | returned nothing (undefined).",
                "$region.no    | Output   | returned nothing (undefined).",
                "$states.errorOutput.Error | Output | returned nothing (undefined).",
                "$fn := function($x){$x}   | Items | returned an unsupported result type.",
                "/a/           | Output   | returned an unsupported result type.",
                "true          | Items    | returned an unexpected result type. Expected 'array', but was 'boolean'"
                        + " for value: true",
                "null          | Items    | returned an unexpected result type. Expected 'array', but was 'null' for"
                        + " value: null",
                "1             | Choices[1]/Condition | returned an unexpected result type. Expected 'boolean', but"
                        + " was 'number' for value: 1",
                "'a' + 1       | Output | threw an error during evaluation. T2001: The left side of the \"+\" operator"
                        + " must evaluate to a number",
            })
    void saysWhichExpressionFailedAndWhere(String expression, String field, String what) {
        assertThat(causeOf(expression, field))
                .isEqualTo(
                        "The JSONata expression '" + expression + "' specified for the field '" + field + "' " + what);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function($x) { $f($x + 1) }; $f(1))",
                "($f := function($x) { 1 + $f($x + 1) }; $f(1))",
                "$map([1..9000000], function($x) { $x + 1 })",
            })
    void isBounded(String expression) {
        QueryLimits tight = new QueryLimits(100_000, 200, 1000);
        Expression bounded = new JsonataQueries(tight).value(new Value.Jsonata(expression), "Output");

        assertThatThrownBy(() -> bounded.evaluate(ORDER)).isInstanceOf(EvaluationException.class);
    }

    @Test
    void decidesConditions() {
        CompiledCondition condition = QUERIES.condition(
                new Condition.Jsonata(new Value.Jsonata("$region.name = 'eu' and $states.input.id > 5")),
                "Choices[0]/Condition");

        assertThat(condition.holds(ORDER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1 +", "a[1,2)", "\"unterminated", "{\"a\":}", "$x :=", "$match(\"a\", /abc"})
    void refusesWhatDoesNotParse(String expression) {
        assertThatThrownBy(() -> QUERIES.value(new Value.Jsonata(expression), "Output"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
