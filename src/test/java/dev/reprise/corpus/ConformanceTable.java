package dev.reprise.corpus;

import dev.reprise.corpus.Scores.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The score table in {@code docs/conformance.md}, between two marks. */
final class ConformanceTable {

    static final Path FILE = Path.of("docs", "conformance.md");

    private static final String BEGIN = "<!-- scores: written by the corpus command -->\n";
    private static final String END = "<!-- end of scores -->\n";

    private ConformanceTable() {}

    static String of(Map<String, Score> scores) {
        StringBuilder out = new StringBuilder("| feature | cases | met | causes and event types | met |\n");
        out.append("| --- | ---: | ---: | ---: | ---: |\n");
        Score total = Score.NONE;
        for (Map.Entry<String, Score> score : scores.entrySet()) {
            row(out, "`" + score.getKey() + "`", score.getValue());
            total = total.plus(score.getValue());
        }
        row(out, "all", total);
        return out.toString();
    }

    private static void row(StringBuilder out, String name, Score score) {
        out.append(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d |%n",
                name,
                score.total(),
                score.passed(),
                score.wordingTotal(),
                score.wordingPassed()));
    }

    /** The table that the document shows. */
    static String shown() throws IOException {
        String document = Files.readString(FILE);
        return document.substring(document.indexOf(BEGIN) + BEGIN.length(), document.indexOf(END));
    }

    static void write(Map<String, Score> scores) throws IOException {
        String document = Files.readString(FILE);
        Files.writeString(
                FILE,
                document.substring(0, document.indexOf(BEGIN) + BEGIN.length())
                        + of(scores)
                        + document.substring(document.indexOf(END)));
    }
}
