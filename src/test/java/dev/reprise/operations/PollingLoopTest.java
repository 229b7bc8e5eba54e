package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.journal.store.Head;
import dev.reprise.testing.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A workflow that asks, waits and asks again, as long as it takes. What a turn costs does not grow with the turns
 * before it, and neither does a resume.
 */
class PollingLoopTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final ExecutionId ID = new ExecutionId("test", "run");
    private static final int TURNS = 5_000;

    private static final String POLL = """
        {'StartAt': 'Ask', 'States': {
        'Ask': {'Type': 'Task', 'Resource': 'task:ask', 'ResultPath': '$.answer', 'Next': 'Done?'},
        'Done?': {'Type': 'Choice', 'Default': 'Wait', 'Choices': [
          {'Variable': '$.answer.done', 'BooleanEquals': true, 'Next': 'Tell'}]},
        'Wait': {'Type': 'Wait', 'Seconds': 60, 'Next': 'Ask'},
        'Tell': {'Type': 'Succeed', 'OutputPath': '$.answer'}}}\
        """;

    private final InMemoryStore store = new InMemoryStore();
    private Instant now = NOON;
    private int asked;

    private final TestEngine engine = new TestEngine(
            store,
            POLL,
            TestEngine.answering(call -> "{'asked': " + ++asked + ", 'done': " + (asked > TURNS) + "}"),
            TestEngine.SETTINGS,
            () -> now);

    @Test
    void aTurnIsTwoEntriesAndAFewUnitsHoweverManyCameBefore() {
        ExecutionDescription execution = engine.start("{'job': 17}");
        ConsumedUnits early = null;
        ConsumedUnits late = null;
        for (int turn = 1; turn < TURNS; turn++) {
            ConsumedUnits before = consumed();
            execution = turn(execution);
            early = turn == 100 ? consumed() : early;
            late = turn == TURNS - 1 ? consumed() : late;
            // Reading on from the last snapshot: a unit reads 4 KB.
            assertThat(consumed().read() - before.read()).isLessThan(12);
        }
        Head head = head();
        assertThat(head.progress().position()).isLessThanOrEqualTo(2L * TURNS + 1);

        int turns = TURNS - 1 - 100;
        assertThat((late.write() - early.write()) / turns).isLessThan(9);
        assertThat((late.read() - early.read()) / turns).isLessThan(4);

        assertThat(turn(execution).output()).isEqualTo(TestEngine.json("{'asked': " + (TURNS + 1) + ", 'done': true}"));
    }

    /** The wait is over, and the function is invoked again. */
    private ExecutionDescription turn(ExecutionDescription waiting) {
        now = Objects.requireNonNull(waiting.wakeAt());
        return engine.executions.resume(
                waiting.executionArn(), new Invocation("turn-" + now, "", now.plus(Duration.ofMinutes(15))));
    }

    private ConsumedUnits consumed() {
        return head().progress().consumed();
    }

    private Head head() {
        return Objects.requireNonNull(engine.journals.head(ID));
    }
}
