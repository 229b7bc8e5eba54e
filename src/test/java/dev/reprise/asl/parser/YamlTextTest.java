package dev.reprise.asl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.asl.Diagnostic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What YAML says beyond JSON. */
class YamlTextTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
        Value: yes          | true
        Value: Off          | false
        Value: "yes"        | "yes"
        Value: ~            | null
        Value:              | null
        Value: 12           | 12
        Value: 1_000        | 1000
        Value: 0.5          | 0.5
        Value: 1.5e3        | 1500.0
        Value: 2026-11-20   | "2026-11-20"
        Value: $.orders[0]  | "$.orders[0]"
        Value: '{% $x %}'   | "{% $x %}"
        """)
    void plainScalarsMeanWhatCloudFormationMakesOfThem(String yaml, String json) throws Exception {
        Problems problems = new Problems();
        JsonNode read = JsonText.read(yaml, DefinitionFormat.YAML, problems);

        assertThat(problems.all()).isEmpty();
        assertThat(read.path("Value")).isEqualTo(JSON.readTree(json));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
        A: 1\\nA: 2                | /A: Duplicate field 'A' (rename or remove one of the two)
        A: &x 1\\nB: *x            | /B: the alias *x is not followed (write the value out: CloudFormation would take the alias for a text)
        A: {B: 1                   | line 2, column 1: expected ',' or '}', but got <stream end>, while parsing a flow mapping
        A: !!binary aGVsbG8=       | line 1, column 4: a definition holds no such value: VALUE_EMBEDDED_OBJECT
        --- 1\\n---\\n2            | line 3, column 1: Unexpected text after the end of the document
        A: 1e999                   | line 1, column 4: Number out of range: 1e999
        A: .inf                    | line 1, column 8: Malformed numeric value '.inf'
        A: `x                      | line 1, column 4: found character '`' that cannot start any token. (Do not use ` for indentation), while scanning for the next token
        """)
    void whatNoDefinitionHoldsIsAProblem(String yaml, String problem) {
        assertThat(problems(yaml.replace("\\n", "\n") + "\n")).containsExactly(problem);
    }

    @Test
    void theShortFormOfAFunctionIsDoubtful() {
        Problems problems = new Problems();
        JsonNode read = JsonText.read("Resource: !GetAtt Charge.Arn\n", DefinitionFormat.YAML, problems);

        assertThat(read.path("Resource").textValue()).isEqualTo("Charge.Arn");
        assertThat(problems.all())
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "/Resource: warning: the tag !GetAtt means nothing here: the value is taken as it stands"
                                + " (short forms such as !Ref belong into a template; write ${NAME}, and give it a"
                                + " value)");
    }

    @Test
    void depthIsBoundedAsInJson() {
        assertThat(problems("[".repeat(600) + "]".repeat(600)).getFirst()).contains("nesting depth (501)");
        assertThat(problems("{a: ".repeat(400) + "1" + "}".repeat(400))).isEmpty();
    }

    @Test
    void timeGrowsWithTheText() {
        StringBuilder text = new StringBuilder("StartAt: S0\nStates:\n");
        for (int i = 0; i < 50_000; i++) {
            text.append("  S")
                    .append(i)
                    .append(":\n    Type: Pass\n    Next: S")
                    .append(i + 1)
                    .append('\n');
        }
        text.append("  S50000: {Type: Succeed}\n");
        long begin = System.nanoTime();

        ParsedDefinition parsed = Definitions.parse("d", text.toString(), DefinitionFormat.YAML, new AnyExpression());

        assertThat(parsed.errors()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void anEmptyTextIsNoDefinition() {
        ParsedDefinition parsed = Definitions.parse("d", "", DefinitionFormat.YAML, new AnyExpression());

        assertThat(parsed.machine()).isNull();
        assertThat(parsed.errors()).isNotEmpty();
    }

    private static List<String> problems(String yaml) {
        Problems problems = new Problems();
        JsonText.read(yaml, DefinitionFormat.YAML, problems);
        return problems.all().stream().map(Diagnostic::toString).toList();
    }
}
