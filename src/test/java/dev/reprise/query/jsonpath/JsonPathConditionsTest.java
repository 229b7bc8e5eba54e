package dev.reprise.query.jsonpath;

import static dev.reprise.query.Given.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.asl.ComparisonOperator;
import dev.reprise.asl.Condition;
import dev.reprise.asl.Value;
import dev.reprise.query.CompiledCondition;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Given;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JsonPathConditionsTest {

    private static final JsonPathQueries QUERIES = new JsonPathQueries();

    private static Condition.Comparison literal(ComparisonOperator operator, String operand) {
        return new Condition.Comparison("$.v", operator, new Value.Literal(json(operand)));
    }

    private static boolean holds(Condition condition, String value) {
        return QUERIES.condition(condition, "Choices[0]")
                .holds(Given.input("{\"v\": " + value.replace('\'', '"') + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BooleanEquals              | true   | true   | true",
                "BooleanEquals              | true   | 'true' | false",
                "NumericEquals              | 1      | 1.0    | true",
                "NumericEquals              | 1      | '1'    | false",
                "NumericEquals              | 9007199254740993 | 9007199254740992 | false",
                "NumericGreaterThan         | 1      | 1.5    | true",
                "NumericGreaterThanEquals   | 1      | 1      | true",
                "NumericLessThan            | 0      | -0.5   | true",
                "NumericLessThanEquals      | 0      | 1      | false",
                "NumericLessThanEquals      | 0      | null   | false",
                "StringEquals               | 'a'    | 'a'    | true",
                "StringEquals               | 'a'    | ['a']  | false",
                "StringGreaterThan          | 'A'    | 'AB'   | true",
                "StringGreaterThanEquals    | 'B'    | 'A'    | false",
                "StringLessThan             | 'a'    | 'Z'    | true",
                "StringLessThanEquals       | ''     | ''     | true",
                "StringMatches              | 'log-*.txt' | 'log-1.txt' | true",
                "StringMatches              | 'log-*.txt' | 'log-.tx'   | false",
                "StringMatches              | '*'    | ''     | true",
                "StringMatches              | '*a*b' | 'aab aabb' | true",
                "StringMatches              | 'a.c'  | 'abc'  | false",
                "StringMatches              | '*'    | 1      | false",
                "TimestampEquals            | '2016-08-18T17:33:00Z' | '2016-08-18T18:33:00.0+01:00' | true",
                "TimestampLessThan          | '2016-08-18T17:33:00Z' | '2016-08-18T17:32:59.999Z'    | true",
                "TimestampGreaterThan       | '2016-08-18T17:33:00Z' | '2016-08-18T17:33:00'         | false",
                "TimestampGreaterThanEquals | '2016-08-18T17:33:00Z' | '2016-08-18T17:33:00Z'        | true",
                "TimestampLessThanEquals    | '2016-08-18T17:33:00Z' | 'soon' | false",
                "IsBoolean                  | true   | false  | true",
                "IsNull                     | true   | null   | true",
                "IsNull                     | false  | 0      | true",
                "IsNumeric                  | true   | 1.1    | true",
                "IsNumeric                  | true   | '1'    | false",
                "IsString                   | true   | ''     | true",
                "IsPresent                  | true   | null   | true",
                "IsPresent                  | false  | null   | false",
                "IsTimestamp                | true   | '2012-10-09T19:00:55Z'      | true",
                "IsTimestamp                | true   | '2012-10-09T19:00:55+01:00' | true",
                "IsTimestamp                | true   | '2012-10-09T19:00:55'       | false",
                "IsTimestamp                | true   | '2012-10-09t19:00:55Z'      | false",
                "IsTimestamp                | true   | '2012-02-30T19:00:55Z'      | false",
                "IsTimestamp                | true   | '2012-10-09'                | false",
                "IsTimestamp                | false  | 1      | true",
            })
    void compare(ComparisonOperator operator, String operand, String value, boolean expected) {
        assertThat(holds(literal(operator, operand), value)).isEqualTo(expected);
    }

    @Test
    void matchAnEscapedAsteriskOnlyWithItself() {
        Condition pattern = literal(ComparisonOperator.StringMatches, "\"a\\\\*\\\\\\\\*\"");

        assertThat(holds(pattern, "\"a*\\\\xyz\"")).isTrue();
        assertThat(holds(pattern, "\"ab\\\\\"")).isFalse();
    }

    @Test
    void compareWithWhatAPathSelects() {
        CompiledCondition condition = QUERIES.condition(
                new Condition.Comparison(
                        "$guess", ComparisonOperator.StringEquals, new Value.Path("$$.Execution.Name")),
                "Choices[0]");

        Given given = Given.input("{}").variable("guess", "'x'");
        assertThat(condition.holds(given.context("{'Execution': {'Name': 'x'}}")))
                .isTrue();
        assertThat(condition.holds(given.context("{'Execution': {'Name': 1}}"))).isFalse();
    }

    @Test
    void combine() {
        Condition positive = literal(ComparisonOperator.NumericGreaterThan, "0");
        Condition small = literal(ComparisonOperator.NumericLessThan, "10");

        assertThat(holds(new Condition.And(List.of(positive, small)), "5")).isTrue();
        assertThat(holds(new Condition.And(List.of(positive, small)), "15")).isFalse();
        assertThat(holds(new Condition.Or(List.of(positive, small)), "15")).isTrue();
        assertThat(holds(new Condition.Not(small), "5")).isFalse();
    }

    @Test
    void askOnlyWhatTheyMust() {
        Condition absent = literal(ComparisonOperator.IsPresent, "false");
        Condition failing =
                new Condition.Comparison("$.no", ComparisonOperator.IsString, new Value.Literal(json("true")));

        assertThat(holds(new Condition.Or(List.of(literal(ComparisonOperator.IsPresent, "true"), failing)), "1"))
                .isTrue();
        assertThat(holds(new Condition.And(List.of(absent, failing)), "1")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IsPresent")
    void failWhenTheVariableSelectsNothing(ComparisonOperator operator) {
        CompiledCondition condition = QUERIES.condition(literal(operator, "true"), "Choices[0]");

        assertThatThrownBy(() -> condition.holds(Given.input("{}")))
                .isInstanceOfSatisfying(EvaluationException.class, e -> {
                    assertThat(e.error()).isEqualTo("States.Runtime");
                    assertThat(e.causeText())
                            .isEqualTo("Invalid path '$.v': The choice state's condition path references an invalid"
                                    + " value.");
                });
    }

    @Test
    void seeThatNothingIsPresent() {
        Condition deep =
                new Condition.Comparison("$.a.b[0]", ComparisonOperator.IsPresent, new Value.Literal(json("false")));

        assertThat(QUERIES.condition(deep, "Choices[0]").holds(Given.input("{}")))
                .isTrue();
        assertThat(QUERIES.condition(deep, "Choices[0]").holds(Given.input("{'a': {'b': [0]}}")))
                .isFalse();
    }
}
