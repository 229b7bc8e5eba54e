package dev.reprise.query.jsonpath;

import static dev.reprise.query.Given.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Value;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntrinsicFunctionsTest {

    private static final JsonPathQueries QUERIES = new JsonPathQueries();

    private static final Given GIVEN = Given.input(
            "{'list': [1, 2, 3, 4, 5], 'twice': [1, 2, 2, 1, 3, {'a': []}, {'a': []}], 'name': 'Ann', 'o': {'a': 1,"
                    + " 'b': 2}, 'p': {'b': 3}, 'half': 2.5, 'mixed': ['x', null, true, 2.5, {'k': 'y', 'l': []}], 'weird,"
                    + " name)': 8}");

    private static JsonNode call(String call) {
        return QUERIES.value(new Value.Path(call), "CausePath").evaluate(GIVEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "States.Array()                                     | []",
                "States.Array('a', 1, $.name, null, true, -1.5)     | ['a', 1, 'Ann', null, true, -1.5]",
                "States.ArrayPartition($.list, 2)                   | [[1, 2], [3, 4], [5]]",
                "States.ArrayPartition($.list, 2.5)                 | [[1, 2, 3], [4, 5]]",
                "States.ArrayContains($.list, 5)                    | true",
                "States.ArrayContains($.list, '5')                  | false",
                "States.ArrayRange(1, 9, 2)                         | [1, 3, 5, 7, 9]",
                "States.ArrayRange(3, 1, -1)                        | [3, 2, 1]",
                "States.ArrayRange(3, 1, 1)                         | []",
                "States.ArrayGetItem($.list, 1)                     | 2",
                "States.ArrayLength($.list)                         | 5",
                "States.ArrayUnique($.twice)                        | [1, 2, 3, {'a': []}]",
                "States.Base64Encode('Data to encode')              | 'RGF0YSB0byBlbmNvZGU='",
                "States.Base64Decode('RGVjb2RlZCBkYXRh')            | 'Decoded data'",
                "States.Hash('input data', 'SHA-1')                 | 'aaff4a450a104cd177d28d18d74485e8cae074b7'",
                "States.JsonMerge($.o, $.p, false)                  | {'a': 1, 'b': 3}",
                "States.StringToJson('[1, true]')                   | [1, true]",
                "States.StringToJson(' ')                           | null",
                "States.MathAdd(-1.5, 0)                            | -1",
                "States.MathAdd(-1.51, 0)                           | -2",
                "States.MathAdd(-0.5, 0.5)                          | 1",
                "States.MathAdd($.half, 1)                          | 4",
                "States.MathAdd(9007199254740993, 0)                | 9007199254740993",
                "States.StringSplit('This.is+a,test=string', '.+,=')| ['This', 'is', 'a', 'test', 'string']",
                "States.StringSplit(',,', ',')                      | []",
                "States.Format('Hello {}, {} of {}', $.name, 1, null)| 'Hello Ann, 1 of null'",
                "States.Format('{}{', 1)                            | '1{'",
                "States.Format('\\{\\} {}', 1)                      | '{} 1'",
                "States.Format('{} {}', $.o, $.twice)               | '{a=1, b=2} [1, 2, 2, 1, 3, {a=[]}, {a=[]}]'",
                "States.Format('{}', $.list[?(@ > 9)])              | '[]'",
                "States.Format('{}', $.mixed)                       | '[x, null, true, 2.5, {k=y, l=[]}]'",
                "States.Format('it\\'s')                            | `\"it's\"`",
                "States.Array('\\{ \\\\')                           | [\"{ \\\\\"]",
                "States.ArrayLength(States.StringSplit(States.Format('{},{}', 1, 2), ','))| 2",
                "States.Array($['weird, name)'], $.list[?(@ > 4)])  | [8, [5]]",
                " States.Array( 1 ,2 )                              | [1, 2]",
            })
    void compute(String call, String expected) {
        assertThat(call(call)).isEqualTo(json(expected));
    }

    @Test
    void printJsonWithoutSpace() {
        assertThat(call("States.JsonToString($.o)").textValue()).isEqualTo("{\"a\":1,\"b\":2}");
    }

    @Test
    void drawFromTheEnvironment() {
        assertThat(call("States.UUID()")).isEqualTo(call("States.UUID()"));
        assertThat(call("States.UUID()").textValue())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(call("States.MathRandom(3, 5)").intValue()).isBetween(3, 4);
        assertThat(call("States.MathRandom(0, 1000, 7)")).isEqualTo(call("States.MathRandom(0, 1000, 7)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "States.ArrayPartition($.list, 0)",
                "States.ArrayPartition($.name, 1)",
                "States.ArrayRange(1, 2000, 1)",
                "States.ArrayRange(1, 2, 0)",
                "States.ArrayGetItem($.list, 5)",
                "States.ArrayGetItem($.list, -1)",
                "States.ArrayLength($.name)",
                "States.Base64Decode('*')",
                "States.Hash('a', 'SHA-3')",
                "States.JsonMerge($.o, $.p, true)",
                "States.JsonMerge($.o, $.list, false)",
                "States.StringToJson('{')",
                "States.MathAdd('1', 1)",
                "States.MathRandom(2, 2)",
                "States.Format('{}')",
                "States.Format('', 1)",
                "States.Format(1)",
            })
    void failOnWrongArguments(String call) {
        assertThatThrownBy(() -> call(call)).isInstanceOfSatisfying(EvaluationException.class, e -> {
            assertThat(e.error()).isEqualTo("States.IntrinsicFailure");
            assertThat(e.causeText()).startsWith("The function '" + call + "' had the following error: ");
        });
    }

    @Test
    void reportTheArgumentThatIsNotThere() {
        assertThatThrownBy(() -> QUERIES.value(new Value.Path("States.Format('{}', $.no)"), "CausePath")
                        .evaluate(Given.input("{'a': 1}")))
                .isInstanceOfSatisfying(EvaluationException.class, e -> {
                    assertThat(e.error()).isEqualTo("States.Runtime");
                    assertThat(e.causeText())
                            .isEqualTo("The function 'States.Format('{}', $.no)' had the following error: The JsonPath"
                                    + " argument for the field '$.no' could not be found in the input"
                                    + " '{\"a\":1}'");
                });
    }

    /** Whichever call it is that fails. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "States.Array(1, States.Format('{}', $.no))",
                "States.Array(States.Format('-'), States.ArrayLength(States.StringToJson($.name)))"
            })
    void showTheWholeFieldInWhichTheyFail(String field) {
        assertThatThrownBy(() -> call(field))
                .isInstanceOfSatisfying(
                        EvaluationException.class,
                        e -> assertThat(e.causeText())
                                .startsWith("The function '" + field + "' had the following error: "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "States.",
                "States.Format",
                "States.Format(",
                "States.Format('a'",
                "States.Format('a",
                "States.Format()",
                "States.format('a')",
                "States.Format('a') b",
                "States.Format('a',)",
                "States.Format(a)",
                "States.Format(\"a\")",
                "States.Format('He said, \\\"Hello, {}!\\\"', 'x')",
                "States.ArrayLength(1, 2)",
                "States.ArrayLength($.[)",
                "States.ArrayLength($.a['b)",
            })
    void areRefusedWhenIllFormed(String call) {
        assertThatThrownBy(() -> QUERIES.value(new Value.Path(call), "CausePath"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
