package dev.reprise.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.core.Interpreter;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.execution.Effect;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Whole executions ask for the same, end the same and take the same fuel here and in a process that only interprets.
 */
class ReplayedAlikeTest {

    /** As often as makes the just-in-time compilers take part. */
    private static final int ROUNDS = 5;

    /** None of the samples goes on for longer without a fact. */
    private static final int MOST_SLICES = 1_000;

    /**
     * What each journal leads to, a line for each: what every entry set off, the end, and the fuel that all of it took.
     */
    private static List<String> told() {
        return JournalsOfVersionsTest.files().stream()
                .map(ReplayedAlikeTest::told)
                .toList();
    }

    private static String told(Path file) {
        JournalDump dump = JournalDump.read(file);
        History history = Objects.requireNonNull(
                Fixtures.journals(dump.restored()).history(new ExecutionId("samples", dump.name())));
        String definition = Fixtures.journals(dump.restored())
                .definition(history.head().beginning().definition());
        Interpreter interpreter = new Interpreter(
                SampleRun.compile(definition),
                history.head().identity(),
                InterpreterLimits.DEFAULT,
                SampleRun.WORLD,
                null);
        List<String> effects = new ArrayList<>();
        for (History.Entries entries = history.entries(); entries.hasNext(); ) {
            Entry entry = entries.next();
            while (interpreter.hasWorkBefore(entry)) {
                interpreter.advanceTo(entry).forEach(effect -> effects.add(inWords(effect)));
            }
            effects.add("|");
            interpreter.replay(entry);
        }
        for (int slice = 0; slice < MOST_SLICES && interpreter.hasWork(); slice++) {
            interpreter.advance().forEach(effect -> effects.add(inWords(effect)));
        }
        assertThat(interpreter.hasWork()).as(dump.name()).isFalse();
        return dump.name() + ": " + effects + ", " + interpreter.outcome() + ", " + interpreter.fuelSpent()
                + " units of fuel";
    }

    private static long fuel(String told) {
        return Long.parseLong(told.replaceAll(".*, ([0-9]+) units of fuel", "$1"));
    }

    private static String inWords(Effect effect) {
        String asked = effect instanceof Effect.RunTask task
                ? " " + task.resource().uri() + " " + task.input() + " " + task.timeout()
                : effect instanceof Effect.StartTimer timer ? " " + timer.kind() + " " + timer.due() : "";
        return effect.getClass().getSimpleName() + effect.id() + asked;
    }

    /** Prints what the journals lead to. */
    public static void main(String[] arguments) {
        told().forEach(System.out::println);
    }

    @Test
    void asInAProcessThatOnlyInterprets() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xint",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReplayedAlikeTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();

        List<String> interpreted = printed.lines().toList();
        assertThat(interpreted).hasSizeGreaterThan(20).allMatch(line -> line.matches(".*, [0-9]+ units of fuel"));
        assertThat(interpreted.stream().mapToLong(ReplayedAlikeTest::fuel).sum())
                .isGreaterThan(10_000);
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(told()).isEqualTo(interpreted);
        }
    }
}
