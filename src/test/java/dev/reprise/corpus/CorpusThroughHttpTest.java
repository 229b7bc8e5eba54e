package dev.reprise.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases of the corpus once more, as a client of the Step Functions API plays them over HTTP: with the score that
 * {@link CorpusTest} has.
 */
class CorpusThroughHttpTest {

    private static final Scores SCORES = new Scores();

    @TestFactory
    List<DynamicTest> everyCaseAnswersOverHttpAsStepFunctionsDid() {
        Path folder = Corpus.folder();
        assumeTrue(Files.isDirectory(folder), () -> "No corpus at " + folder + ": say where it is with -Dcorpus=DIR");
        return Corpus.read(folder, ExecutionPlay.START).stream()
                .map(testCase -> DynamicTest.dynamicTest(testCase.feature() + " " + testCase.id(), () -> run(testCase)))
                .toList();
    }

    private static void run(CorpusCase testCase) {
        Verdict verdict = Plays.throughHttp(testCase);
        SCORES.add(testCase, verdict);
        assumeTrue(verdict.met(), () -> String.join("\n", verdict.differences()));
    }

    @AfterAll
    static void theScoreIsTheSame() throws IOException {
        SCORES.writeFailures(Path.of("target", "corpus-failures-http.json"));
        assertThat(Floors.fallen(Floors.read(), SCORES.byFeature()))
                .as("scores below their floors; reasons are in target/corpus-failures-http.json")
                .isEmpty();
    }
}
