package dev.reprise.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every case of the corpus and prints the score of each feature. In a plain build a case that is not met is
 * skipped with its reason, as long as its feature does not fall below its floor.
 *
 * <p>{@code ./mvnw -q -Pcorpus test -Dcorpus=DIR -Dthrough=http} plays them over the HTTP form of the Step Functions
 * API.
 *
 * <p>{@code ./mvnw -q -Pcorpus test -Dcorpus=DIR} runs nothing but this, on any folder of the same form, and fails with
 * every case that is not met. With {@code -Dcorpus.update} it raises the floors, and the table in {@code
 * docs/conformance.md}, to what was met.
 */
class CorpusTest {

    /** Whether a case that is not met fails the build, whatever the floors say. */
    private static final boolean STRICT = Boolean.getBoolean("corpus.strict");

    private static final boolean UPDATE = Boolean.getBoolean("corpus.update");

    /** Whether the cases are played over HTTP, where there is an action for them. */
    private static final boolean THROUGH_HTTP = "http".equals(System.getProperty("through"));

    private static final Path FAILURES = Path.of("target", "corpus-failures.json");

    private static final Scores SCORES = new Scores();

    @TestFactory
    List<DynamicTest> everyCaseAnswersAsStepFunctionsDid() {
        Path folder = Corpus.folder();
        assumeTrue(Files.isDirectory(folder), () -> "No corpus at " + folder + ": say where it is with -Dcorpus=DIR");
        return Corpus.read(folder, ExecutionPlay.START).stream()
                .map(testCase -> DynamicTest.dynamicTest(testCase.feature() + " " + testCase.id(), () -> run(testCase)))
                .toList();
    }

    private static void run(CorpusCase testCase) {
        Verdict verdict = THROUGH_HTTP ? Plays.throughHttp(testCase) : Plays.play(testCase);
        SCORES.add(testCase, verdict);
        if (STRICT && !UPDATE) {
            assertThat(verdict.differences()).isEmpty();
        } else {
            assumeTrue(verdict.met(), () -> String.join("\n", verdict.differences()));
        }
    }

    @Test
    void theTableInTheDocumentsShowsTheFloors() throws IOException {
        assertThat(ConformanceTable.shown())
                .as("run ./mvnw -q -Pcorpus test -Dcorpus.update=true")
                .isEqualTo(ConformanceTable.of(Floors.read()));
    }

    @AfterAll
    static void report() throws IOException {
        SCORES.byFeature().forEach((feature, score) -> System.out.println("corpus " + feature + " " + score));
        SCORES.writeFailures(FAILURES);
        if (UPDATE) {
            Floors.write(SCORES.byFeature());
            ConformanceTable.write(SCORES.byFeature());
        } else if (!STRICT) {
            assertThat(Floors.fallen(Floors.read(), SCORES.byFeature()))
                    .as("scores below their floors; reasons are in " + FAILURES)
                    .isEmpty();
        }
    }
}
