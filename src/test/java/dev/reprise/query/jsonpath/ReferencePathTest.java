package dev.reprise.query.jsonpath;

import static dev.reprise.query.Given.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.EvaluationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencePathTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$            | {'a': 1}             | 9",
                "$.b          | {'a': 1}             | {'a': 1, 'b': 9}",
                "$.a          | {'a': 1}             | {'a': 9}",
                "$.b.c        | {'a': 1}             | {'a': 1, 'b': {'c': 9}}",
                "$['b']['c']  | {'b': {'d': 1}}      | {'b': {'d': 1, 'c': 9}}",
                "$.a[1]       | {'a': [1, 2, 3]}     | {'a': [1, 9, 3]}",
                "$.a[0].b     | {'a': [{}]}          | {'a': [{'b': 9}]}",
            })
    void writesAtThePath(String path, String target, String expected) {
        assertThat(ReferencePath.parse(path).write(json(target), json("9"))).isEqualTo(json(expected));
    }

    @Test
    void leavesTheTargetAsItWasAndSharesWhatIsNotOnTheWay() {
        JsonNode target = json("{'a': {'x': 1}, 'b': {}}");

        JsonNode written = ReferencePath.parse("$.a.y").write(target, json("2"));

        assertThat(target).isEqualTo(json("{'a': {'x': 1}, 'b': {}}"));
        assertThat(written.get("b")).isSameAs(target.get("b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$.a    | [1]        | step \"a\"",
                "$.a    | 'text'     | ReferencePath $.a",
                "$.a.b  | 7          | ReferencePath $.a.b",
                "$.a.b  | {'a': 1}   | step \"b\"",
                "$.a[0] | {}         | step \"0\"",
                "$.a[1] | {'a': [1]} | step \"1\""
            })
    void cannotLeadThroughWhatIsNoObject(String path, String target, String what) {
        JsonNode value = json(target);

        assertThatThrownBy(() -> ReferencePath.parse(path).write(value, json("9")))
                .isInstanceOfSatisfying(EvaluationException.class, e -> {
                    assertThat(e.error()).isEqualTo("States.ReferencePathConflict");
                    assertThat(e.causeText()).isEqualTo("Unable to apply " + what + " to input " + value);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "$.a[*]",
                "$..a",
                "$.a[-1]",
                "$.a[0:1]",
                "$.a[?(@.b)]",
                "$.a.length()",
                "$$.a",
                "$name.a",
                "$.",
                "$.a["
            })
    void namesExactlyOnePlaceInTheInput(String text) {
        assertThatThrownBy(() -> ReferencePath.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
