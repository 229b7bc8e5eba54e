package dev.reprise.query.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.asl.ExpressionChecker.Language;
import dev.reprise.asl.ExpressionChecker.StatesVariable;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryExpressionCheckerTest {

    private static final QueryExpressionChecker CHECKER = new QueryExpressionChecker();

    private static String problems(String expression, StatesVariable visible) {
        return String.join(
                " & ",
                CHECKER.problemsWithJsonata(expression, visible).stream()
                        .map(problem -> problem.code().replaceAll("_.*", "") + " " + problem.message())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a[1,2)            | INVALID Expected \"]\", got \",\"",
                "\"unterminated    | INVALID String literal must be terminated by a matching quote",
                "1 +               | INVALID Unexpected end of expression",
                "{\"a\":}          | INVALID The symbol \"}\" cannot be used as a unary operator",
                "$x :=             | INVALID Unexpected end of expression",
                "$match(\"a\", /abc | INVALID No terminating / in regular expression",
                "phone             | UNSUPPORTED Reference to 'phone' at the top level is not supported.",
                "phone.number      | UNSUPPORTED Reference to 'phone' at the top level is not supported.",
                "a + $b + c        | UNSUPPORTED Reference to 'a' at the top level is not supported. & UNSUPPORTED"
                        + " Reference to 'c' at the top level is not supported.",
                "$sum(items)       | UNSUPPORTED Reference to 'items' at the top level is not supported.",
                "$                 | UNSUPPORTED Reference to '$' at the top level is not supported.",
                "$states.input.a[b = $$.c] | UNSUPPORTED Reference to '$$' at the top level is not supported.",
                "$states.errorOutput.Error | UNSUPPORTED Field '$states.errorOutput' does not exist.",
                "$states.result    | UNSUPPORTED Field '$states.result' does not exist.",
            })
    void refusesWhatCannotRun(String expression, String problem) {
        assertThat(problems(expression, StatesVariable.INPUT)).isEqualTo(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$states.input.items[price > 5].name",
                "$states.input.items^(>price, name).{'n': name, 'first': $}",
                "$states.input.items{category: $sum(price)}",
                "$map($states.input.items, function($v, $i) { $v.price * $i })",
                "$states.input ~> |items|{'price': price + 1}, ['name']|",
                "($x := $states.input.a; $f := function($n) { $n <= 1 ? 1 : $n * $f($n - 1) }; $f($x))",
                "$states.input.a.(b + c)",
                "$states.input.items@$i.tags#$n[$n > 1].{'i': $i.id}",
                "$states.context.Execution.Id",
                "$filter($states.input.list, λ($x){$x > 1 and $x in [1..5]})",
                "$contains('a/b', /a\\/b/i) ? 'yes' : 'no'",
                "1.5e3 - -2 % 3 & 'text'",
                "$substring(?, 0, 5)",
                "/* note */ true",
                "$states.input.a[0][-1][[1..2]]",
                "$states.input.*[0].**.name",
                "$states.input.a.%.b",
            })
    void acceptsWhatCan(String expression) {
        assertThat(problems(expression, StatesVariable.INPUT)).isEmpty();
    }

    @Test
    void knowsWhereResultAndErrorOutputAre() {
        assertThat(problems("$states.result.a", StatesVariable.RESULT)).isEmpty();
        assertThat(problems("$states.errorOutput.Cause", StatesVariable.ERROR_OUTPUT))
                .isEmpty();
        assertThat(problems("$states.result.a", StatesVariable.ERROR_OUTPUT)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "JSONATA            | $a + $states.input.b + $sum([$c])          | a,c",
                "JSONATA            | ($a := 1; $a + $b)                         | b",
                "JSONATA            | (($a := 1); $a)                            | a",
                "JSONATA            | function($x) { $x + $y }                   | y",
                "JSONATA            | $map($list, $string)                       | list",
                "JSONATA            | $count($count.a)                           | ``",
                "JSONATA            | 'no $var here' & \"nor $there\" & $this    | this",
                "PATH               | $name.a[0]                                 | name",
                "PATH               | $.a                                        | ``",
                "PATH               | $$.Execution.Id                            | ``",
                "INTRINSIC_FUNCTION | States.Format('{} $x', $a, States.Array($b, $.c)) | a,b",
            })
    void findsVariables(Language language, String expression, String names) {
        assertThat(CHECKER.variables(language, expression))
                .isEqualTo(names.isEmpty() ? Set.of() : Set.of(names.split(",")));
    }

    @Test
    void saysWhatIsWrongWithPaths() {
        assertThat(CHECKER.problemWithPath("$.a[0]")).isNull();
        assertThat(CHECKER.problemWithPath("$.a[")).contains("'$.a['");
        assertThat(CHECKER.problemWithReferencePath("$.a[*]")).contains("'$.a[*]' is not a reference path");
        assertThat(CHECKER.problemWithIntrinsicFunction("States.Format('{}', $.a)"))
                .isNull();
        assertThat(CHECKER.problemWithIntrinsicFunction("States.Nothing()")).contains("there is no intrinsic function");
    }
}
