package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.testing.InMemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * A loop of more than a million transitions: memory and resumes are those of what is open, not of what has happened.
 */
class LongLoopTest {

    private static final ExecutionId ID = new ExecutionId("test", "run");

    /** A task after each 100 turns of the inner loop, 5,000 times; then a wait that suspends. */
    private static final String LOOP = """
        {'StartAt': 'Zero', 'States': {
        'Zero': {'Type': 'Pass', 'Assign': {'turns': 0, 'tasks': 0}, 'Next': 'Turn'},
        'Turn': {'Type': 'Pass', 'Assign': {'turns.$': 'States.MathAdd($turns, 1)'}, 'Next': 'Enough turns?'},
        'Enough turns?': {'Type': 'Choice', 'Default': 'Work', 'Choices': [
          {'Variable': '$turns', 'NumericLessThan': 100, 'Next': 'Turn'}]},
        'Work': {'Type': 'Task', 'Resource': 'task:work', 'ResultPath': null,
          'Assign': {'turns': 0, 'tasks.$': 'States.MathAdd($tasks, 1)'}, 'Next': 'Enough tasks?'},
        'Enough tasks?': {'Type': 'Choice', 'Default': 'Rest', 'Choices': [
          {'Variable': '$tasks', 'NumericLessThan': 5000, 'Next': 'Turn'}]},
        'Rest': {'Type': 'Wait', 'Seconds': 3600, 'Next': 'Tell'},
        'Tell': {'Type': 'Pass', 'Parameters': {'tasks.$': '$tasks'}, 'End': true}}}\
        """;

    private static final String TOLD = "{\"tasks\":5000} after reading the last entries only";

    @Test
    void aMillionTransitionsRunInASmallHeapAndResumeFromTheLastSnapshot() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LongLoopTest.class.getName())
                .redirectErrorStream(true)
                .start();

        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor()).as(said).isZero();
        assertThat(said.strip()).endsWith(TOLD);
    }

    /** What the child process does. */
    public static void main(String[] arguments) {
        AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
        InstantSource clock = () -> Instant.now().plus(later.get());
        TestEngine engine = new TestEngine(
                new InMemoryStore(), LOOP, TestEngine.answering(call -> "{}"), TestEngine.SETTINGS, clock);
        ExecutionDescription waiting = engine.start("{}");
        ConsumedUnits before = engine.journals.head(ID).progress().consumed();

        later.set(Duration.ofHours(2));
        ExecutionDescription ended = engine.resume(waiting);

        double read = engine.journals.head(ID).progress().consumed().read() - before.read();
        // The whole journal would be 5,000 segments; a unit reads 4 KB.
        String how = read < 20 ? "the last entries only" : "much: " + read + " units";
        System.out.println(ended.output() + " after reading " + how);
    }
}
