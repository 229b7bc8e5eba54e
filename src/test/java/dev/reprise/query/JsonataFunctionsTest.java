package dev.reprise.query;

import static dev.reprise.query.Given.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonataFunctionsTest {

    private static final JsonataQueries QUERIES = new JsonataQueries(QueryLimits.DEFAULT);

    private static JsonNode evaluate(String expression) {
        return QUERIES.value(new Value.Jsonata(expression), "Output")
                .evaluate(Given.input("{'n': 5, 'a': [1, 2, 3, 4, 5]}"));
    }

    private static String causeOf(String expression) {
        try {
            return "gave " + evaluate(expression);
        } catch (EvaluationException e) {
            assertThat(e.error()).isEqualTo("States.QueryEvaluationError");
            return e.causeText()
                    .replace("The JSONata expression '" + expression + "' specified for the field 'Output' ", "");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$partition([1,2,3,4,5], 2)        | [[1,2],[3,4],[5]]",
                "$partition($states.input.a, 9)    | [[1,2,3,4,5]]",
                "$partition([1,2,3], 1.9)          | [[1],[2],[3]]",
                "$partition([], 2)                 | []",
                "$range(0, 10, 2)                  | [0,2,4,6,8,10]",
                "$range(0, 6, 4)                   | [0,4]",
                "$range(3, 1, -1)                  | [3,2,1]",
                "$range(-1.7, 2, 1)                | [-1,0,1,2]",
                "$hash('input', 'SHA-1')           | '140f86aae51ab9e1cda9b4254fe98a74eb54c1a1'",
                "$random(42)                       | 0.7275636800328681",
                "$parse('{\"a\": 1}').a            | 1",
                "$parse('[1, null]')               | [1, null]",
                "$millis()                         | 1795176000123",
                "$now()                            | '2026-11-20T12:00:00.123Z'",
                "$now('[Y0001]-[M01]-[D01]')       | '2026-11-20'",
                "$map(['1', '2'], $parse)          | [1, 2]",
                "['1', '2'] ~> $map($parse) ~> $sum() | 3",
                "$uuid() = $uuid()                 | true",
            })
    void compute(String expression, String expected) {
        assertThat(evaluate(expression)).isEqualTo(json(expected));
    }

    @Test
    void drawTheSameWhereTheEnvironmentDoes() {
        assertThat(evaluate("$random()")).isEqualTo(evaluate("$random()"));
        assertThat(evaluate("$shuffle([1..20])")).isEqualTo(evaluate("$shuffle([1..20])"));
        assertThat(evaluate("$uuid()").textValue())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$eval('1+1')         | threw an error during evaluation. T1006: Attempted to invoke a non-function",
                "$nosuch(1)           | threw an error during evaluation. T1006: Attempted to invoke a non-function",
                "$abs('a')            | threw an error during evaluation. T0410: Argument 1 of function \"abs\" does not match function signature",
                "$sum(['a'])          | threw an error during evaluation. T0412: Argument 1 of function \"sum\" must be an array of \"numbers\"",
                "'a' + 1              | threw an error during evaluation. T2001: The left side of the \"+\" operator must evaluate to a number",
                "1 + 'a'              | threw an error during evaluation. T2002: The right side of the \"+\" operator must evaluate to a number",
                "1 > 'a'              | threw an error during evaluation. T2009: The values 1 and \"a\" either side of operator \">\" must be of the same data type",
                "-'a'                 | threw an error during evaluation. D1002: Cannot negate a non-numeric value: \"a\"",
                "$number('x')         | threw an error during evaluation. D3030: Unable to cast value to a number: \"x\"",
                "$error('my reason')  | threw an error during evaluation. D3137: my reason",
                "$assert(false, 'no') | threw an error during evaluation. D3141: no",
                "[1..900000] ~> $count() | threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage",
                "$range(1, 1e12, 1)   | threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage",
                "$parse($doesNotExist) | returned nothing (undefined).",
            })
    void failInAwsWords(String expression, String cause) {
        assertThat(causeOf(expression)).isEqualTo(cause);
    }

    @Test
    void failWhereTheyNestTooDeep() {
        assertThat(causeOf("($f := function($x) { 1 + $f($x) }; $f(1))"))
                .startsWith(
                        "threw an error during evaluation: Stack overflow error: Check for non-terminating recursive function."
                                + " Consider rewriting as tail-recursive. Depth=");
    }

    @Test
    void failWhereTheyTakeTooLong() {
        QueryLimits tight = new QueryLimits(java.time.Duration.ofMillis(50), 500, 1_000_000);
        Expression loop = new JsonataQueries(tight)
                .value(new Value.Jsonata("($f := function($x) { $f($x + 1) }; $f(1))"), "Output");

        assertThatThrownBy(() -> loop.evaluate(Given.input("{}")))
                .isInstanceOf(EvaluationException.class)
                .hasMessageEndingWith(
                        "threw an error during evaluation: Expression evaluation timeout: Check for infinite loop");
    }
}
