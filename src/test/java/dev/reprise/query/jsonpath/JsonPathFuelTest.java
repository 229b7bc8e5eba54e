package dev.reprise.query.jsonpath;

import static dev.reprise.query.Given.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.Value;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import dev.reprise.query.Fuel;
import dev.reprise.query.Given;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What paths and functions take is counted, the same on every machine. */
class JsonPathFuelTest {

    private static final String ITEMS =
            "{'items': [{'id': 1, 'tags': ['a', 'b']}, {'id': 2, 'tags': []}, {'id': 3, 'tags': ['a']}], 'text':"
                    + " 'a,b,,c', 'o': {'x': {'y': 1}}}";

    private static Expression expression(String text) {
        return new JsonPathQueries().value(new Value.Path(text), "InputPath");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "$                                                              ; 1",
                "$.items[0].tags[1]                                             ; 5",
                "$.items[*].id                                                  ; 17",
                "$.items[*].tags[*]                                             ; 20",
                "$.items[1:].id                                                 ; 12",
                "$.items[?(@.id > 1)].id                                        ; 27",
                "$.items[?(@.id == 1 || @.id == 3)]                             ; 35",
                "$.items[?(@.id =~ /[12]/)].id                                  ; 32",
                "$..id                                                          ; 43",
                "$..*                                                           ; 106",
                "$..*..*                                                        ; 224",
                "$..[?(@.id)]                                                   ; 84",
                "$.items[(@.length-1)].id                                       ; 4",
                "$['text', 'o']                                                 ; 3",
                "States.Format('{} and {}', $.text, $.o)                        ; 16",
                "States.StringSplit($.text, ',')                                ; 22",
                "States.ArrayRange(0, 99, 1)                                    ; 504",
                "States.ArrayUnique($.items)                                    ; 37",
                "States.ArrayContains($.items, $.items[2])                      ; 26",
                "States.JsonToString($)                                         ; 32",
                "States.JsonMerge($.o, $.items[0], false)                       ; 24",
                "States.StringToJson('[1, 2, 3]')                               ; 11",
                "States.Hash($.text, 'SHA-256')                                 ; 6",
                "States.Base64Encode($.text)                                    ; 5",
                "States.Array($.items[*], States.ArrayLength($.items))          ; 31",
            })
    void isTheSameEverywhere(String text, long fuel) {
        Given given = Given.input(ITEMS);
        expression(text).evaluate(given);
        assertThat(given.fuel().spent()).isEqualTo(fuel);
    }

    private static Given nested(int depth) {
        return Given.input("{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$..*..*..*..*", "$..*..*..*..*..*..*..*..*..*..*", "States.JsonToString($..*..*..*)",
                "States.Format('{}', $..*..*..*)", "States.StringToJson($..*..*..*)", "States.ArrayUnique($..*..*..*)"
            })
    @Timeout(120)
    void anExpressionThatMultipliesItsInputFailsTheState(String text) {
        Expression expression = expression(text);

        assertThatThrownBy(() -> expression.evaluate(nested(200)))
                .isInstanceOfSatisfying(EvaluationException.class, e -> {
                    assertThat(e.error()).isEqualTo("States.Runtime");
                    assertThat(e.causeText())
                            .isEqualTo("The JSONPath expression of the field 'InputPath' takes more work than the"
                                    + " 20000000 steps that one may take. Let it select less.");
                });
    }

    /** Each level of {@code {"a": {"a": …}}} has one of two hashes: the half of all levels is compared with each. */
    @Test
    void whatHasTheSameHashIsComparedWhole() {
        Expression unique = expression("States.ArrayUnique($..*)");
        Given shallow = nested(40);
        Given deep = nested(80);

        unique.evaluate(shallow);
        unique.evaluate(deep);

        // Twice the levels: four times the comparisons, each of twice the values.
        assertThat(deep.fuel().spent())
                .isBetween(6 * shallow.fuel().spent(), 9 * shallow.fuel().spent());
    }

    @Test
    void theNextEvaluationMayTakeAsMuchAgain() {
        Given given = nested(200);
        Expression bomb = expression("$..*..*..*..*");
        Expression plain = expression("$.a.a");

        assertThatThrownBy(() -> bomb.evaluate(given)).isInstanceOf(EvaluationException.class);

        assertThat(plain.evaluate(given).isObject()).isTrue();
    }

    @Test
    void neitherDeepValuesNorLongPathsAreTooDeep() {
        JsonNode deep = json("1");
        for (int i = 0; i < 20_000; i++) {
            deep = wrap(deep);
        }
        Given given = new Given(
                deep, null, null, Given.input("{}").context(), Given.input("{}").variables(), new Fuel());

        assertThat(expression("$..[5:]").evaluate(given)).isEqualTo(json("[]"));
        assertThat(expression("$" + "[0]".repeat(20_000)).evaluate(given)).isEqualTo(json("1"));
        assertThat(expression("$" + "[*]".repeat(20_000)).evaluate(given)).isEqualTo(json("[1]"));
        assertThat(expression("States.Format('{}', $)").evaluate(given).textValue())
                .endsWith("1" + "]".repeat(20_000));
    }

    private static JsonNode wrap(JsonNode value) {
        return JsonNodeFactory.instance.arrayNode().add(value);
    }

    @Test
    void aPathIsReadInTimeThatGrowsWithItsLength() {
        String names = "'a',".repeat(100_000);
        String criteria = "@.a == 1 && ".repeat(30_000);

        assertTimeout(Duration.ofSeconds(60), () -> {
            expression("$[" + names + "'a']");
            expression("$[?(" + criteria + "@.b)]");
            expression("$" + "[0]".repeat(100_000));
            expression("$" + ".a".repeat(100_000));
        });
    }
}
