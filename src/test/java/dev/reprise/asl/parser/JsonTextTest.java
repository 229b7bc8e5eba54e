package dev.reprise.asl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.asl.Diagnostic;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that is no definition at all, or hardly one. */
class JsonTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"StartAt" "A"}           | line 1, column 12: Unexpected character ('"' (code 34)): was expecting a colon to separate field name and value
            not a definition          | line 1, column 1: Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
            {"TimeoutSeconds": 1e999} | line 1, column 20: Number out of range: 1e999
            {} {}                     | line 1, column 4: Unexpected text after the end of the document
            """)
    void tellsWhereTheJsonIsBroken(String text, String problem) {
        assertThat(problemsOf(text)).containsExactly(problem);
    }

    @Test
    void countsLinesFromOne() {
        assertThat(problemsOf("{\n  \"StartAt\": \"A\",\n  'States'}"))
                .singleElement()
                .asString()
                .startsWith("line 3, column 3: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[]", "1", "null", "\"text\""})
    void wantsAnObject(String text) {
        assertThat(problemsOf(text)).containsExactly("Definition must be a valid JSON object");
    }

    @Test
    void reportsEveryNameThatAnObjectHasTwice() {
        assertThat(problemsOf("""
                        {
                          "StartAt": "A",
                          "StartAt": "A",
                          "States": {
                            "A": {"Type": "Pass", "Result": {"a/b": 1, "a/b": 2}, "Next": "B"},
                            "B": {"Type": "Succeed"},
                            "B": {"Type": "Succeed"}
                          }
                        }
                        """))
                .containsExactly(
                        "/StartAt: Duplicate field 'StartAt' (rename or remove one of the two)",
                        "/States/A/Result/a~1b: Duplicate field 'a/b' (rename or remove one of the two)",
                        "/States/B: Duplicate State name: B (rename or remove one of the two)");
    }

    @Test
    void refusesTextThatIsNestedTooDeeply() {
        assertThat(problemsOf("[".repeat(1_000_000)))
                .singleElement()
                .asString()
                .contains("nesting depth (501) exceeds the maximum allowed (500");
    }

    @Test
    void takesTextThatIsNestedAsDeeplyAsItMay() {
        String open = "{\"StartAt\":\"P%d\",\"States\":{\"P%d\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":[";
        StringBuilder text = new StringBuilder();
        int depth = 124;
        for (int i = 0; i < depth; i++) {
            text.append(open.replace("%d", Integer.toString(i)));
        }
        text.append("{\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Succeed\"}}}")
                .append("]}}}".repeat(depth));
        assertThat(problemsOf(text.toString())).isEmpty();
    }

    @Test
    void listsNoMoreThanAThousandProblems() {
        StringBuilder text = new StringBuilder("{\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Succeed\"");
        for (int i = 0; i < 50_000; i++) {
            text.append(",\"Field").append(i).append("\":0");
        }
        List<Diagnostic> problems =
                Definitions.parse("d", text + "}}}", new AnyExpression()).diagnostics();
        assertThat(problems).hasSize(1_001);
        assertThat(problems.getLast()).hasToString("and 49000 more problems, which are not listed");
    }

    @Test
    void readsAHundredThousandStatesInTimeThatTheyAreWorth() {
        StringBuilder text = new StringBuilder("{\"StartAt\":\"S0\",\"States\":{");
        int states = 100_000;
        for (int i = 0; i < states; i++) {
            text.append("\"S")
                    .append(i)
                    .append("\":{\"Type\":\"Pass\",\"Comment\":\"")
                    .append("x".repeat(40))
                    .append("\",\"Parameters\":{\"a.$\":\"$.a\"},\"Next\":\"S")
                    .append(i + 1)
                    .append("\"},");
        }
        text.append("\"S").append(states).append("\":{\"Type\":\"Succeed\"}}}");
        assertThat(text.length()).isGreaterThan(10_000_000);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        ParsedDefinition parsed = Definitions.parse("d", text.toString(), new AnyExpression());
        Duration spent = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
        assertThat(parsed.machine()).isNotNull();
        // A second of the processor where nothing watches, four where coverage is measured; each state looked at for
        // each other one would be minutes.
        assertThat(spent).isLessThan(Duration.ofSeconds(60));
    }

    private static List<String> problemsOf(String text) {
        return Definitions.parse("d", text, new AnyExpression()).diagnostics().stream()
                .map(Diagnostic::toString)
                .toList();
    }
}
