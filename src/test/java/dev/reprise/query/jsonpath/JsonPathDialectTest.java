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

/** The dialect of AWS Step Functions, which is that of json-path 2.0.0. */
class JsonPathDialectTest {

    private static final Given PETS = Given.input(
            "{'pets': [{'kind': 'cat', 'age': 3, 'tag': {'n': 1}}, {'kind': 'dog', 'age': 7, 'tag': null}, {'kind':"
                    + " '/x/cat/y', 'old': true}], 'min': 5, 'kind': 'dog', 'names': ['a', 'b', 'c'], 'none': null,"
                    + " 'deep': {'deep': {'n': 1}}, 'grid': [[1, 2], [3]]}");

    private static JsonNode path(String path) {
        return new JsonPathQueries().value(new Value.Path(path), "InputPath").evaluate(PETS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "$.pets[?(@.kind==cat)].age                      ; [3]",
                "$.pets[?(@.kind == 'cat')].age                  ; [3]",
                "$.pets[?(@.kind==/x/cat/y)].old                 ; [true]",
                "$.pets[?(@.kind == \"cat\")].age                ; []",
                "$.pets[?(@.kind == $.kind)].age                 ; [7]",
                "$.pets[?(@.age > $.min)].kind                   ; ['dog']",
                "$.pets[?(@.age == '3')].kind                    ; ['cat']",
                "$.pets[?(@.age > 1 && @.age < 5)].kind          ; ['cat']",
                "$.pets[?(@.age > 5 || @.kind == cat)].age       ; [3, 7]",
                "$.pets[?(@.old == true)].kind                   ; ['/x/cat/y']",
                "$.pets[?(@.kind =~ /.*c.t/)].age                ; [3]",
                "$.pets[?(@.kind =~ /DOG/i)].age                 ; [7]",
                "$.pets[?(@.age =~ /[0-5]/)].kind                ; ['cat']",
                "$.pets[?(@.tag)].kind                           ; ['cat']",
                "$.pets[?(!@.tag)].kind                          ; ['dog', '/x/cat/y']",
                "$.pets[?(@.tag == null)].kind                   ; ['dog']",
                "$.pets[?(@.tag != 'x')].kind                    ; ['dog']",
                "$.pets[?(@.nowhere)]                            ; []",
                "$..[?(@.age)].age                               ; [3, 7]",
                "$.pets[(@.length-1)].old                        ; true",
                "$.names[( @.size() - 2 )]                       ; 'b'",
                "$.names[-2:]                                    ; ['b', 'c']",
                "$.names[:-1]                                    ; ['a', 'b']",
                "$.names[1:9]                                    ; ['b', 'c']",
                "$.names[2, 0]                                   ; ['c', 'a']",
                "$.pets[*].age                                   ; [3, 7]",
                "$.grid[*][*]                                    ; [1, 2, 3]",
                "$.grid.[0].[1]                                  ; 2",
                "$['min', 'kind', 'nowhere']                     ; {'min': 5, 'kind': 'dog'}",
                "$.pets[*].['kind', 'age']                       ; [{'kind': 'cat', 'age': 3}, {'kind': 'dog', 'age':"
                        + " 7}, {'kind': '/x/cat/y'}]",
                "$..n                                            ; [1, 1]",
                "$.nowhere.at.all[*].n                           ; []",
                "$.none                                          ; null",
            })
    void selects(String path, String expected) {
        assertThat(path(path)).isEqualTo(json(expected));
    }

    @Test
    void takesNoNoteOfBlanksBehindAPath() {
        assertThat(path("$.min ")).isEqualTo(json("5"));
        assertThat(path("$.names[0] \n")).isEqualTo(json("'a'"));
    }

    @Test
    void takesANameInBracketsAsItStands() {
        Given given = Given.input("{\"say \\\\\\\"hi\\\"\": 1, \"a.b\": 2, \"it\\\\\": 3}");

        assertThat(new JsonPathQueries()
                        .value(new Value.Path("$['say \\\"hi\"']"), "InputPath")
                        .evaluate(given))
                .isEqualTo(json("1"));
        assertThat(new JsonPathQueries()
                        .value(new Value.Path("$['a.b']"), "InputPath")
                        .evaluate(given))
                .isEqualTo(json("2"));
        assertThat(new JsonPathQueries()
                        .value(new Value.Path("$['it\\'s']"), "InputPath")
                        .evaluate(given))
                .isEqualTo(json("3"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$.names.length        | Property ['length'] not found in path $['names']",
                "$.names.length()      | Property ['length()'] not found in path $['names']",
                "$.names.sum()         | Property ['sum()'] not found in path $['names']",
                "$.nosuch()            | No results for path: $['nosuch()']",
                "$.deep.deep.x         | No results for path: $['deep']['deep']['x']",
                "$.deep.x.y            | Missing property in path $['deep']['x']",
                "$.names[-1]           | Index out of bounds when evaluating path $['names'][-1]",
                "$.names[3]            | Index out of bounds when evaluating path $['names'][3]",
                "$.none[0]             | The path $['none'] is null",
                "$.none.x              | Property ['x'] not found in path $['none']",
                "$.deep[0].n           | Filter: [0]['n'] can only be applied to arrays. Current context is:"
                        + " {deep={n=1}}",
                "$.min[?(@.a)]         | Filter: [?] can not be applied to primitives. Current context is: 5",
                "$.pets[1:].age        | No results for path: $['pets'][2]['age']",
                "$.pets[?(@.age>abc)]  | A number cannot be compared with 'abc'",
            })
    void says(String path, String cause) {
        assertThatThrownBy(() -> path(path)).isInstanceOfSatisfying(EvaluationException.class, e -> {
            assertThat(e.error()).isEqualTo("States.Runtime");
            assertThat(e.causeText()).isEqualTo("Invalid path '" + path + "' : " + cause);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.b",
                "$a b",
                "$.a..",
                "$.",
                "$.a. b",
                "$[]",
                "$[",
                "$['a",
                "$['a'",
                "$[\"a\"]",
                "$[\"a1\"]",
                "$[a]",
                "$[1.5]",
                "$[?]",
                "$[?()]",
                "$[?(@.a]",
                "$[?(@.a &&)]",
                "$[?(@.a && && @.b)]",
                "$[?(@..a == 1)]",
                "$[?(@.a[*])]",
                "$[?(@.a == !@.b)]",
                "$[?('a')]",
                "$[?(@.a =~ /(/)]",
                "$[?(@.a =~ /(a)\\1/)]",
                "$[?(@.a == ')]",
                "$[?(@[?(@.b)])]",
                "$[(@.length)]",
                "$[(@.length+1)]",
                "$[99999999999]",
                "$.a[0]$"
            })
    void refuses(String path) {
        assertThatThrownBy(() -> path(path)).isInstanceOf(IllegalArgumentException.class);
    }
}
