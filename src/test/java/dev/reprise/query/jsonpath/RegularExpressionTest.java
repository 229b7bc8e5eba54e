package dev.reprise.query.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.query.Fuel;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegularExpressionTest {

    private static final List<String> TEXTS = List.of(
            "", "a", "b", "ab", "aab", "abab", "aaaa", "A", "a b", "a\nb", "ab\n", "9", "a9_", "é", "x😀y", "{a}",
            "a-b", "]", "\\");

    private static boolean matches(String pattern, boolean ignoringCase, String text) {
        return RegularExpression.compile(pattern, ignoringCase).matches(text, new Fuel());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a*",
                "a+b?",
                "(ab)*",
                "(a|b)+",
                "a|b|ab",
                "(?:a|)b",
                "[a-c]+",
                "[^a]",
                "[^a]*",
                ".",
                ".*",
                ".+b",
                "\\w+",
                "\\d",
                "\\W",
                "a\\sb",
                "a{2}",
                "a{2,}",
                "a{0,2}b",
                "(a{1,2}b){2}",
                "a*?b",
                "^a",
                "ab$",
                "ab\\z",
                "a\\b.*",
                "a\\B.",
                "(?i)A",
                "a(?i:B)",
                "(?s)a.b",
                "(?<n>a)b",
                "\\p{L}+",
                "\\u0061",
                "\\x61",
                "\\Qa b\\E",
                "\\{a}",
                "[]]",
                "[a\\]]+",
                "[a-z&&[^b]]+",
                "\\\\",
                "x.y",
                "[\\w-]+",
                "(((a)))",
                "(a*)*b",
                "(|a)+",
                "a\\h?b"
            })
    void matchesWhatJavaMatches(String pattern) {
        for (String text : TEXTS) {
            assertThat(matches(pattern, false, text))
                    .as("/%s/ on '%s'", pattern, text)
                    .isEqualTo(Pattern.compile(pattern).matcher(text).matches());
            assertThat(matches(pattern, true, text))
                    .as("/%s/i on '%s'", pattern, text)
                    .isEqualTo(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)
                            .matcher(text)
                            .matches());
        }
    }

    @Test
    void matchesWhatJavaMatchesForAnyExpressionOfThesePieces() {
        String[] pieces = {"a", "b", ".", "*", "+", "?", "(", ")", "|", "[ab]", "{1,2}", "^", "$"};
        Random random = new Random(20_261_128);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder pattern = new StringBuilder();
            for (int n = 1 + random.nextInt(8); n > 0; n--) {
                pattern.append(pieces[random.nextInt(pieces.length)]);
            }
            compare(pattern.toString());
        }
    }

    private static void compare(String pattern) {
        RegularExpression ours;
        try {
            ours = RegularExpression.compile(pattern, false);
        } catch (IllegalArgumentException e) {
            return;
        }
        for (String text : List.of("", "a", "b", "ab", "aab", "abab")) {
            assertThat(ours.matches(text, new Fuel()))
                    .as("/%s/ on '%s'", pattern, text)
                    .isEqualTo(Pattern.compile(pattern).matcher(text).matches());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "[",
                "*a",
                "a{",
                "a{2,1}",
                "a{x}",
                "a++",
                "(?=a)",
                "(?<!a)b",
                "(?>a)",
                "(a)\\1",
                "\\",
                "(?m)a",
                "\\p{Nothing}",
                "((a{1000}){1000})",
            })
    void refusesWhatIsIllFormedOrUnbounded(String pattern) {
        assertThatThrownBy(() -> RegularExpression.compile(pattern, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesWorkInProportionToTheText() {
        Fuel fuel = new Fuel();
        fuel.allow(2_000_000);

        assertThat(RegularExpression.compile("(x+x+)+y", false).matches("x".repeat(20_000), fuel))
                .isFalse();
        assertThat(RegularExpression.compile("(a|b)*", false).matches("ab".repeat(50_000), fuel))
                .isTrue();
    }

    @Test
    void refusesGroupsThatNestTooDeep() {
        assertThatThrownBy(() -> RegularExpression.compile("(".repeat(5_000), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RegularExpression.compile("[".repeat(5_000), false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
