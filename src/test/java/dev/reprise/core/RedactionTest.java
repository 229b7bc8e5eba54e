package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.asl.RedactedPath;
import dev.reprise.asl.StateMachine;
import dev.reprise.execution.StatesError;
import dev.reprise.runtime.TestPrograms;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        $.card.number    | {"card":{"number":"1","kind":"V"},"n":1}  | {"card":{"number":"***","kind":"V"},"n":1}
        $.card           | {"card":{"number":"1"}}                   | {"card":"***"}
        $.card.number    | {"card":[{"number":"1"}]}                 | {"card":[{"number":"1"}]}
        $.cards[*].pin   | {"cards":[{"pin":1},{"pin":null},2]}      | {"cards":[{"pin":"***"},{"pin":"***"},2]}
        $[*]             | [1,{"a":2}]                               | ["***","***"]
        $[*].a           | {"x":{"a":1},"y":{"b":2}}                 | {"x":{"a":"***"},"y":{"b":2}}
        $['a b']         | {"a b":1,"a":2}                           | {"a b":"***","a":2}
        $                | {"a":1}                                   | "***"
        $.a.b            | "text"                                    | "text"
        $.a              | {}                                        | {}
        """)
    void whatAPathLeadsToIsHidden(String path, String value, String shown) {
        JsonNode given = json(value);

        assertThat(redaction(path, "{}").value(given)).hasToString(shown);
        assertThat(given).isEqualTo(json(value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"other":"4242-4242"}                | {"other":"***"}
        ["card 4242-4242, and 4242-4242."]   | ["card ***, and ***."]
        {"4242-4242":1}                      | {"***":1}
        [987654, 9876543, "no. 987654"]      | ["***",9876543,"no. ***"]
        ["{\\"card\\":\\"say \\\\\\"hi\\\\\\"\\"}"] | ["{\\"card\\":\\"***\\"}"]
        ["123", 123, true]                   | ["123",123,true]
        """)
    void whatItLeadsToInTheInputIsHiddenWhereverItTurnsUp(String value, String shown) {
        Redaction redaction =
                redaction("$.secrets[*]", "{\"secrets\": [\"4242-4242\", 987654, \"say \\\"hi\\\"\", \"123\", true]}");

        assertThat(redaction.value(json(value))).hasToString(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        no '$.x' in '{"card":{"number":"1","kind":"V"}}'      | no '$.x' in '{"card":{"number":"***","kind":"V"}}'
        no '$.x' in '{"card":{"number" : 1}}'                 | no '$.x' in '{"card":{"number" : "***"}}'
        cut '{"card":{"number":"1                             | cut '{"card":{"number":"***"
        text '{\\"number\\":\\"1\\",\\"a\\":2}'               | text '{\\"number\\":\\"***\\",\\"a\\":2}'
        all '{"number":{"a":[1,{"b":"}"}]},"c":3}'            | all '{"number":"***","c":3}'
        quoted '{"number":"a\\"b","c":3}'                     | quoted '{"number":"***","c":3}'
        the number is no "number" here                        | the number is no "number" here
        "number"                                              | "number"
        "number":                                             | "number":"***"
        """)
    void ofWhatACauseQuotesWhateverBearsThePathsNameIsHidden(String cause, String shown) {
        StatesError error = redaction("$.card.number", "{}").error(new StatesError("States.Runtime", cause));

        assertThat(error).isEqualTo(new StatesError("States.Runtime", shown));
    }

    @Test
    void withoutPathsEverythingIsShownAsItIs() {
        JsonNode value = json("{\"a\": 1}");

        assertThat(Redaction.NONE.hides()).isFalse();
        assertThat(Redaction.NONE.value(value)).isSameAs(value);
        assertThat(Redaction.ALL.value(value)).hasToString("\"***\"");
        assertThat(Redaction.ALL.quoted("a cause")).isEqualTo("***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "card", "$.", "$.a[0]", "$.a..b", "$..a", "$.a[", "$.a b", "$$.a", "$[?(@.a)]", "$.*"})
    void whatIsNoSuchPathIsNone(String text) {
        assertThat(RedactedPath.parse(text)).isNull();
    }

    /** Many secrets that begin alike, and texts that nearly hold them. */
    @Test
    @Timeout(20)
    void muchToHideTakesNoLongerThanMuchToShow() {
        StringBuilder input = new StringBuilder("{\"secrets\": [\"4111\"");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            input.append(",\"41112222").append(i + 10_000).append('"');
            text.append("4111222-").append(i).append("\"number\":");
        }
        long begun = System.nanoTime();

        String shown = redaction("$.secrets[*]", input.append("]}").toString()).quoted(text.toString());

        assertThat(shown).startsWith("***222-0");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    }

    private static Redaction redaction(String path, String input) {
        StateMachine machine = TestPrograms.compile("{\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Succeed\"}},"
                        + " \"Reprise\": {\"Redact\": [\"" + path + "\"]}}")
                .machine();
        return Redaction.of(machine, json(input));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
