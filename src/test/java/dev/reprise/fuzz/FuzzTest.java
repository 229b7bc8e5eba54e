package dev.reprise.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ItemProcessor.ExecutionType;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.StateMachine;
import dev.reprise.asl.parser.Definitions;
import dev.reprise.core.Program;
import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * No input whatever makes the interpreter throw: generated definitions get generated inputs and answers. Each execution
 * that the validator accepts must end in a bounded number of steps without a defect of the interpreter showing, and a
 * replay of its stored journal, cut anywhere, must come to the same end by the same events.
 *
 * <p>{@code -Dfuzz.seed=S -Dfuzz.count=N} runs those from seed {@code S} on; a failure names the seed that repeats it
 * alone.
 */
class FuzzTest {

    private static final long SEED = Long.getLong("fuzz.seed", 20_261_120L);
    private static final int COUNT = Integer.getInteger("fuzz.count", 6_000);
    private static final int MOST_FAILURES = 10;

    private static final QueryExpressionChecker CHECKER = new QueryExpressionChecker();
    private static final Queries JSON_PATH = new JsonPathQueries();
    private static final Queries JSONATA = new JsonataQueries(QueryLimits.DEFAULT);

    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger executed = new AtomicInteger();
    private final AtomicInteger endless = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @Test
    void whateverItIsToldTheInterpreterComesToAnEndAndToTheSameOneFromItsJournal() {
        long start = System.nanoTime();
        LongStream.range(SEED, SEED + COUNT)
                .parallel()
                .filter(seed -> failures.size() < MOST_FAILURES)
                .forEach(this::play);

        System.out.printf(
                "fuzz seed %d: %d definitions, %d refused, %d executed, %d of them without end; %d ms%n",
                SEED, COUNT, refused.get(), executed.get(), endless.get(), (System.nanoTime() - start) / 1_000_000);
        assertThat(failures).isEmpty();
        if (COUNT >= 1_000) {
            assertThat(executed.get()).as("executed").isGreaterThan(COUNT * 6 / 10);
        }
    }

    private void play(long seed) {
        Dice dice = new Dice(seed);
        JsonNode definition = new RandomDefinition(dice).machine();
        RandomRun run = null;
        try {
            Program program = program(definition);
            if (program == null) {
                refused.incrementAndGet();
                return;
            }
            executed.incrementAndGet();
            run = new RandomRun(dice, program);
            if (!run.run()) {
                endless.incrementAndGet();
            }
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            failures.add("-Dfuzz.seed=" + seed + " -Dfuzz.count=1: " + e + "\n"
                    + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "") + "\n" + definition + "\n"
                    + (run == null ? "" : run.entries()));
        }
    }

    private static @Nullable Program program(JsonNode definition) {
        StateMachine machine = Definitions.parse("fuzz", definition.toString(), CHECKER, ExecutionType.STANDARD)
                .machine();
        return machine == null
                ? null
                : Program.compile(machine, language -> language == QueryLanguage.JSONPATH ? JSON_PATH : JSONATA);
    }
}
