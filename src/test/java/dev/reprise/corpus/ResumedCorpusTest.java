package dev.reprise.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Program;
import dev.reprise.execution.Entry;
import dev.reprise.execution.Outcome;
import dev.reprise.history.EventWriter;
import dev.reprise.runtime.RepeatedWorld;
import dev.reprise.runtime.VirtualRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/**
 * Wherever one of the corpus's executions is cut and resumed, it comes to the same end and tells the same history, to
 * the last character.
 */
class ResumedCorpusTest {

    @TestFactory
    List<DynamicTest> anExecutionThatWasCutAndResumedTellsTheSameHistory() {
        Path folder = Corpus.folder();
        assumeTrue(Files.isDirectory(folder), () -> "No corpus at " + folder + ": say where it is with -Dcorpus=DIR");
        return Corpus.read(folder, ExecutionPlay.START).stream()
                .filter(testCase -> testCase.kind().equals("execution"))
                .map(testCase -> DynamicTest.dynamicTest(testCase.id(), () -> cutEverywhere(testCase)))
                .toList();
    }

    private static void cutEverywhere(CorpusCase testCase) {
        Program program = Program.compile(
                Objects.requireNonNull(ExecutionPlay.parsed(testCase).machine()), Languages::of);
        RecordedWorld world = new RecordedWorld(testCase, new Verdict());
        VirtualRunner undisturbed = ExecutionPlay.runner(testCase, program, world);
        Outcome outcome = undisturbed.run(testCase.at("input"));
        if (outcome == null) {
            throw new TestAbortedException("it does not end");
        }
        List<JsonNode> history = shown(undisturbed);
        List<Entry> entries = undisturbed.entries();

        for (int known = 1; known <= entries.size(); known++) {
            for (boolean suspended : new boolean[] {false, true}) {
                // After the last entry there is nothing left to suspend.
                if (!suspended || known < entries.size()) {
                    String where = "cut after entry " + known + (suspended ? ", suspended" : "");
                    VirtualRunner resumed = ExecutionPlay.runner(
                            testCase, program, new RepeatedWorld(entries, known, world::taskToken));
                    Outcome end = resumed.goOnFrom(
                            entries.subList(0, known), undisturbed.clocks().get(known - 1), suspended);
                    assertThat(String.valueOf(end)).as(where).isEqualTo(outcome.toString());
                    assertThat(resumed.entries()).as(where).isEqualTo(entries);
                    assertThat(shown(resumed)).as(where).isEqualTo(history);
                }
            }
        }
    }

    private static List<JsonNode> shown(VirtualRunner runner) {
        return runner.history().stream().<JsonNode>map(EventWriter::write).toList();
    }
}
