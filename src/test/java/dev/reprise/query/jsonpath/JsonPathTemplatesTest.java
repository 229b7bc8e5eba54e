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

class JsonPathTemplatesTest {

    private static final JsonPathQueries QUERIES = new JsonPathQueries();

    private static final Given ORDER = Given.input(
                    "{'id': 7, 'lines': [{'sku': 'a', 'n': 1}, {'sku': 'b', 'n': 2}], 'none': null, 'dash-ed': {'x y':"
                            + " 3}}")
            .context("{'Execution': {'Name': 'run-1'}}")
            .variable("region", "{'name': 'eu', 'zones': [1, 2]}");

    private static final Given LISTS =
            Given.input("{'list': [1, 2], 'o': {'a': 1}}").variable("v", "{'list': []}");

    private static JsonNode template(String json, Given given) {
        return QUERIES.template(json(json), "Parameters").evaluate(given);
    }

    private static JsonNode path(String path, String field, Given given) {
        return QUERIES.value(new Value.Path(path), field).evaluate(given);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$.id                          | 7",
                "$.none                        | null",
                "$.lines[1].sku                | 'b'",
                "$.lines[(@.length-1)].n       | 2",
                "$.lines[-1:].n                | [2]",
                "$['lines'][0]['sku']          | 'a'",
                "$['dash-ed']['x y']           | 3",
                "$.dash-ed['x y']              | 3",
                "$.lines[*].n                  | [1, 2]",
                "$.lines[0:1]                  | [{'sku': 'a', 'n': 1}]",
                "$.lines[?(@.n > 1)].sku       | ['b']",
                "$..sku                        | ['a', 'b']",
                "$$.Execution.Name             | 'run-1'",
                "$region                       | {'name': 'eu', 'zones': [1, 2]}",
                "$region.name                  | 'eu'",
                "$region.zones[*]              | [1, 2]",
                "$.lines[5:]                   | []",
                "$.nowhere[*].sku              | []",
                "$.nowhere.items[*]            | []",
            })
    void selects(String path, String expected) {
        assertThat(path(path, "InputPath", ORDER)).isEqualTo(json(expected));
        assertThat(template("{\"v.$\": \"" + path + "\"}", ORDER).get("v")).isEqualTo(json(expected));
    }

    @Test
    void computesWhatIsMarkedAndKeepsTheRest() {
        JsonNode value = template(
                "{'plain': '$.id', 'deep': [{'id.$': '$.id'}, 'x'], 'all.$': '$$', 'n': 1, 'sum.$':"
                        + " 'States.MathAdd($.id, 1)'}",
                ORDER);

        assertThat(value)
                .isEqualTo(json("{'plain': '$.id', 'deep': [{'id': 7}, 'x'], 'all': {'Execution': {'Name': 'run-1'}},"
                        + " 'n': 1, 'sum': 8}"));
    }

    @Test
    void sharesWhatIsConstant() {
        JsonNode template = json("{'a': {'b': 1}}");

        assertThat(QUERIES.template(template, "Parameters").evaluate(ORDER)).isSameAs(template);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$.list[2]", "$.list[(@.length-3)]", "$v.list[9]"})
    void anElementThatItsArrayDoesNotHaveIsNullInATemplate(String path) {
        assertThat(template("{'a.$': '" + path + "'}", LISTS)).isEqualTo(json("{'a': null}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$.list[2].b", "$.none[0]", "$.o[0]", "$none[0]"})
    void whatIsNotThereAtAllIsNotNull(String path) {
        assertThatThrownBy(() -> template("{'a.$': '" + path + "'}", LISTS))
                .isInstanceOfSatisfying(
                        EvaluationException.class,
                        e -> assertThat(e.causeText())
                                .startsWith("The JSONPath '" + path
                                        + "' specified for the field 'a.$' could not be found in"));
    }

    @Test
    void anElementThatItsArrayDoesNotHaveIsMissingInACall() {
        assertThatThrownBy(() -> template("{'a.$': 'States.Array($.list[2])'}", LISTS))
                .isInstanceOfSatisfying(
                        EvaluationException.class,
                        e -> assertThat(e.causeText())
                                .contains("The JsonPath argument for the field '$.list[2]' could not be found"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$.items       | {'a': {'b': [1]}} | step \"items\"",
                "$.a.items     | {'a': {'b': [1]}} | step \"items\"",
                "$.no.items    | {'a': {'b': [1]}} | step \"no\"",
                "$.a.b[3]      | {'a': {'b': [1]}} | step \"3\"",
                "$.items       | 'text'            | ReferencePath $.items",
            })
    void itemsThatAreNotThereAreAPathThatCannotBeFollowed(String path, String input, String what) {
        assertThatThrownBy(() -> path(path, "ItemsPath", Given.input(input)))
                .isInstanceOfSatisfying(EvaluationException.class, e -> {
                    assertThat(e.error()).isEqualTo("States.ReferencePathConflict");
                    assertThat(e.causeText()).isEqualTo("Unable to apply " + what + " to input " + json(input));
                });
    }

    @Test
    void reportsWhatATemplateDoesNotFindByItsMember() {
        assertThatThrownBy(() -> template("{'a': {'missing.$': '$.nope.deep'}}", Given.input("{'other': 1}")))
                .isInstanceOfSatisfying(EvaluationException.class, e -> {
                    assertThat(e.error()).isEqualTo("States.Runtime");
                    assertThat(e.causeText())
                            .isEqualTo(
                                    "The JSONPath '$.nope.deep' specified for the field 'missing.$' could not be found"
                                            + " in the input '{\"other\":1}'");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "InputPath          | $.no      | Invalid path '$.no' : No results for path: $['no']",
                "TimeoutSecondsPath | $.no.such | Invalid path '$.no.such' : Missing property in path $['no']",
                "InputPath          | $$.no     | Invalid path '$$.no' : No results for path: $['no']",
                "CausePath          | $.no      | The JSONPath '$.no' specified for the field 'CausePath' could not be"
                        + " found in the input '{\"a\":[1]}'",
                "ItemsPath          | $v        | Invalid path '$v' : No results for path: $['v']",
                "ItemsPath          | $v.a      | Invalid path '$v.a' : Missing property in path $['v']",
                "ErrorPath          | $v.a      | The JSONPath '$v.a' specified for the field 'ErrorPath' could not be"
                        + " found in the input '{\"a\":[1]}'",
                "SecondsPath        | $.no      | The SecondsPath parameter does not reference an input value: $.no",
                "OutputPath         | $.a[3]    | Invalid path '$.a[3]' : Index out of bounds when evaluating path"
                        + " $['a'][3]",
            })
    void reportsWhatAFieldDoesNotFind(String field, String path, String cause) {
        assertThatThrownBy(() -> path(path, field, Given.input("{'a': [1]}")))
                .isInstanceOfSatisfying(EvaluationException.class, e -> {
                    assertThat(e.error()).isEqualTo("States.Runtime");
                    assertThat(e.causeText()).isEqualTo(cause);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "$.", "$.a[", "$.a[?(", "$.a[", "$.x y"})
    void refusesWhatIsNoPath(String path) {
        assertThatThrownBy(() -> QUERIES.value(new Value.Path(path), "InputPath"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAMarkedMemberThatIsNoString() {
        assertThatThrownBy(() -> QUERIES.template(json("{'a.$': 1}"), "Parameters"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
