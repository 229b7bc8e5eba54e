package dev.reprise.corpus;

import dev.reprise.corpus.Scores.Score;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each feature has reached, and may not fall below. The file holds the lines that the test prints; {@code
 * docs/conformance.md} shows it as a table.
 */
final class Floors {

    static final Path FILE = Path.of("src", "test", "resources", "corpus-floors.txt");

    private static final Pattern LINE = Pattern.compile("corpus (\\S+) (\\d+)/(\\d+) cause (\\d+)/(\\d+)");

    private Floors() {}

    static Map<String, Score> read() {
        try {
            Map<String, Score> floors = new TreeMap<>();
            for (String line : Files.readAllLines(FILE)) {
                Matcher part = LINE.matcher(line);
                if (!part.matches()) {
                    throw new IllegalStateException(FILE + " has a line of another form: '" + line + "'");
                }
                floors.put(
                        part.group(1), new Score(number(part, 2), number(part, 3), number(part, 4), number(part, 5)));
            }
            return floors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int number(Matcher line, int group) {
        return Integer.parseInt(line.group(group));
    }

    /**
     * Which features fell below their floor, one line each. A floor of cases that this corpus does not hold says
     * nothing.
     */
    static List<String> fallen(Map<String, Score> floors, Map<String, Score> scores) {
        List<String> fallen = new ArrayList<>();
        floors.forEach((feature, floor) -> {
            Score score = scores.get(feature);
            if (score != null
                    && score.total() >= floor.total()
                    && (score.passed() < floor.passed() || score.wordingPassed() < floor.wordingPassed())) {
                fallen.add(feature + " is at " + score + ", its floor at " + floor);
            }
        });
        return fallen;
    }

    /** Writes the floors anew, as they are now. */
    static void write(Map<String, Score> scores) throws IOException {
        List<String> lines = new ArrayList<>();
        scores.forEach((feature, score) -> lines.add("corpus " + feature + " " + score));
        Files.write(FILE, lines);
    }
}
