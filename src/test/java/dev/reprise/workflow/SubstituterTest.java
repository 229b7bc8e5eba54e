package dev.reprise.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.asl.SourcePosition;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SubstituterTest {

    @Test
    void replacesTokensWhereverTheyStand() {
        SubstitutedText text = substitute(
                "{\"TableName\": \"${Table}\", \"Uri\": \"s3://${Bucket}/in/${Bucket}\", \"Most\": ${Most}}",
                Map.of("Table", "orders", "Bucket", "data", "Most", "5"));

        assertThat(text.text()).isEqualTo("{\"TableName\": \"orders\", \"Uri\": \"s3://data/in/data\", \"Most\": 5}");
        assertThat(text.used()).containsExactlyInAnyOrder("Table", "Bucket", "Most");
        assertThat(text.problems()).isEmpty();
    }

    @Test
    void aTextWithoutTokensStaysTheSame() {
        String source = "{\"a\": \"$.b\"}";
        assertThat(substitute(source, Map.of("a", "b")).text()).isSameAs(source);
    }

    @Test
    void aTokenWithoutAValueIsAProblemAtItsPlace() {
        SubstitutedText text = substitute("{\n  \"a\": \"x${Known}y${Unknown}\"\n}", Map.of("Known", "1\n2"));

        assertThat(text.problems())
                .containsExactly(new SubstitutedText.Problem(new SourcePosition(2, 19), "${Unknown} has no value"));
    }

    @Test
    void whatCanBeNoNameIsText() {
        String source = "${} ${a b} ${!Literal} ${\"a\"} ${open";
        SubstitutedText text = substitute(source, Map.of("x", "y"));

        assertThat(text.text()).isEqualTo(source);
        assertThat(text.problems()).isEmpty();
    }

    @Test
    void namesAreTakenAsTheyStand() {
        assertThat(substitute("${a.b} ${c,d} ${e-f} ${g h}", Map.of("a.b", "1", "c,d", "2", "e-f", "3", "g h", "4"))
                        .text())
                .isEqualTo("1 2 3 4");
    }

    @Test
    void aValueMayHoldTokens() {
        SubstitutedText text = substitute("${Arn}", Map.of("Arn", "arn:aws:sns:${Region}:1:${Topic}", "Region", "eu"));

        assertThat(text.text()).isEqualTo("arn:aws:sns:eu:1:${Topic}");
        assertThat(text.used()).containsExactlyInAnyOrder("Arn", "Region");
        assertThat(text.problems())
                .containsExactly(new SubstitutedText.Problem(
                        SourcePosition.START, "in the value of Arn: ${Topic} has no value"));
    }

    @Test
    void aTokenThatIsItsOwnValueStaysAsItStands() {
        SubstitutedText text = substitute("echo ${HOME}", Map.of("HOME", "${HOME}"));

        assertThat(text.text()).isEqualTo("echo ${HOME}");
        assertThat(text.problems()).isEmpty();
        assertThat(text.used()).containsExactly("HOME");
    }

    @Test
    void valuesThatLeadBackToThemselvesAreAProblem() {
        SubstitutedText text = substitute("${A}", Map.of("A", "${B}", "B", "-${A}-"));

        assertThat(text.problems())
                .extracting(SubstitutedText.Problem::message)
                .containsExactly("the values of A, B lead back to ${A}");
    }

    /** Each value holds the one before it ten times: a billion in all. */
    @Test
    @Timeout(120)
    void valuesThatHoldValuesEndSomewhere() {
        Map<String, String> values = new HashMap<>(Map.of("V0", ""));
        for (int i = 1; i < 10; i++) {
            values.put("V" + i, ("${V" + (i - 1) + "}").repeat(10));
        }

        assertThat(substitute("${V9}", values).problems())
                .first()
                .extracting(SubstitutedText.Problem::message)
                .asString()
                .contains("makes the definition longer");
    }

    @Test
    void manyBracesWithoutAnEndTakeTimeThatGrowsWithTheText() {
        long begin = System.nanoTime();
        substitute("${".repeat(2_000_000), Map.of("a", "b"));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void aPlaceOfTheTextIsOneOfTheFile() {
        SubstitutedText text = substitute("ab${X}cd\n${Y}ef", Map.of("X", "1\n2\n3", "Y", ""));

        assertThat(text.text()).isEqualTo("ab1\n2\n3cd\nef");
        assertThat(text.inSource(new SourcePosition(1, 2))).isEqualTo(new SourcePosition(1, 2));
        assertThat(text.inSource(new SourcePosition(2, 1))).isEqualTo(new SourcePosition(1, 3));
        assertThat(text.inSource(new SourcePosition(3, 2))).isEqualTo(new SourcePosition(1, 7));
        assertThat(text.inSource(new SourcePosition(4, 1))).isEqualTo(new SourcePosition(2, 5));
        assertThat(text.tokenAt(new SourcePosition(2, 1))).isEqualTo("X");
        assertThat(text.tokenAt(new SourcePosition(1, 1))).isNull();
    }

    private static SubstitutedText substitute(String source, Map<String, String> values) {
        Map<String, Substitution> substitutions = new HashMap<>();
        values.forEach((token, value) -> substitutions.put(token, new Substitution(token, value, "test")));
        return Substituter.substitute(source, substitutions);
    }
}
