package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.RequestException;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.testing.InMemoryStore;
import dev.reprise.wakeup.WakeUps;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Who is woken up when: by its own wake-up, by one that comes early, twice or for something else, and by the sweeper.
 */
class WakingUpTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String WAIT_AN_HOUR =
            "{'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 3600, 'End': true}}}";
    private static final String TWO_TASKS = """
        {'StartAt': 'A', 'States': {
        'A': {'Type': 'Task', 'Resource': 'task:a', 'Next': 'B'},
        'B': {'Type': 'Task', 'Resource': 'task:b', 'End': true}}}\
        """;
    private static final ExecutionId ID = new ExecutionId("test", "run");

    private final InMemoryStore store = new InMemoryStore();
    private Instant now = NOON;
    private final TestEngine engine = new TestEngine(
            store,
            WAIT_AN_HOUR,
            call -> {
                throw new AssertionError("no task here");
            },
            TestEngine.SETTINGS,
            () -> now);

    @Test
    void aWakeUpThatComesEarlyTakesNothingOver() {
        ExecutionDescription waiting = engine.start("{}");

        now = NOON.plus(HOUR).minus(MINUTE);

        assertThat(engine.resume(waiting)).isEqualTo(waiting);
        assertThat(engine.journals.head(ID).resumes()).isZero();
        assertThat(engine.wakeUps).hasSize(1);
    }

    @Test
    void aWakeUpThatComesTwiceFindsNothingToDo() {
        ExecutionDescription waiting = engine.start("{}");

        now = NOON.plus(HOUR);

        assertThat(engine.resume(waiting).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(engine.resume(waiting).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(engine.journals.head(ID).resumes()).isEqualTo(1);
    }

    @Test
    void aWakeUpForAnExecutionThatSomebodyRunsAsksForNoOther() {
        ExecutionDescription waiting = engine.start("{}");
        now = NOON.plus(HOUR);
        engine.journals.open(ID, new Lease("somebody", now.plus(HOUR)));

        assertThat(engine.resume(waiting).status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(engine.wakeUps).hasSize(1);
    }

    @Test
    void oneThatIsAMinuteAheadAsksForOneThatIsExact() {
        ExecutionDescription waiting = engine.start("{}");
        now = NOON.plus(HOUR).minus(MINUTE);

        engine.executions.resumeAt(waiting.executionArn(), NOON.plus(HOUR), TestEngine.invocation("scheduler", null));

        assertThat(engine.wakeUps).extracting(TestEngine.WakeUp::at).containsExactly(NOON.plus(HOUR), NOON.plus(HOUR));
        assertThat(engine.journals.head(ID).resumes()).isZero();
    }

    @Test
    void oneThatIsAheadOfSomethingElseAsksForNothing() {
        ExecutionDescription waiting = engine.start("{}");

        engine.executions.resumeAt(waiting.executionArn(), NOON.plus(MINUTE), TestEngine.invocation("late", null));

        assertThat(engine.wakeUps).hasSize(1);
    }

    @Test
    void oneThatIsAheadAndComesLateResumes() {
        ExecutionDescription waiting = engine.start("{}");
        now = NOON.plus(HOUR).plus(MINUTE);

        assertThat(engine.executions
                        .resumeAt(waiting.executionArn(), NOON.plus(HOUR), TestEngine.invocation("late", null))
                        .status())
                .isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    /** Its answer is not to wait for one that cannot be asked for. */
    @Test
    void aWakeUpIsAskedForWithinTheInvocation() {
        Instant end = NOON.plus(MINUTE);
        Instant later = NOON.plus(HOUR);
        ExecutionDescription waiting =
                engine.executions.start("test", "run", TestEngine.json("{}"), new Invocation("first", "", end));
        engine.executions.resumeAt(waiting.executionArn(), later, new Invocation("scheduler", "", later));

        assertThat(engine.wakeUps).hasSize(2);
        assertThat(engine.ends).containsExactly(end, later);
    }

    @Test
    void theSweeperWakesUpWhatIsOverdue() {
        engine.start("{}");
        List<Instant> woken = new ArrayList<>();
        Sweeper sweeper = sweeper(woken, false, SweepSettings.DEFAULT);

        now = NOON.plus(HOUR).plus(MINUTE).minusMillis(1);
        assertThat(sweeper.sweep(invocation())).isEqualTo(new SweepReport(0, 0, 0, 0, 0, false));

        now = NOON.plus(HOUR).plus(MINUTE);
        assertThat(sweeper.sweep(invocation())).isEqualTo(new SweepReport(1, 0, 0, 0, 0, false));
        assertThat(woken).containsExactly(now);
    }

    @Test
    void theSweeperWakesUpWhatHasLostItsOwner() {
        engine.start("{}");
        now = NOON.plus(HOUR);
        engine.journals.open(ID, new Lease("dies", now.plus(HOUR)));
        List<Instant> woken = new ArrayList<>();
        Sweeper sweeper = sweeper(woken, false, SweepSettings.DEFAULT);

        assertThat(sweeper.sweep(invocation()).overdue()).isZero();
        now = NOON.plus(HOUR).plus(HOUR).plus(MINUTE);
        assertThat(sweeper.sweep(invocation()).overdue()).isEqualTo(1);
    }

    @Test
    void whereLongWaitsAreLeftToItTheSweeperHandsOverWhatComesDueBeforeTheNextSweep() {
        engine.start("{}");
        List<Instant> woken = new ArrayList<>();
        Sweeper sweeper = sweeper(woken, true, SweepSettings.DEFAULT);

        now = NOON.plus(HOUR).minus(Duration.ofMinutes(7));
        assertThat(sweeper.sweep(invocation()).handedOver()).isZero();

        now = NOON.plus(HOUR).minus(Duration.ofMinutes(6));
        assertThat(sweeper.sweep(invocation())).isEqualTo(new SweepReport(0, 1, 0, 0, 0, false));
        assertThat(woken).containsExactly(NOON.plus(HOUR));
    }

    @Test
    void aSweepDoesABoundedPartAndSaysThatThereIsMore() {
        for (int i = 0; i < 5; i++) {
            engine.executions.start("test", "run-" + i, TestEngine.json("{}"), TestEngine.invocation("r" + i, null));
        }
        List<Instant> woken = new ArrayList<>();
        SweepSettings three = new SweepSettings(MINUTE, MINUTE, 3, 3);
        now = NOON.plus(HOUR).plus(MINUTE);

        assertThat(sweeper(woken, false, three).sweep(invocation())).isEqualTo(new SweepReport(3, 0, 0, 0, 0, true));
    }

    @Test
    void thoseThatCannotBeLookedAfterKeepNobodyElseFromBeingWokenUp() {
        for (int i = 0; i < 10; i++) {
            now = NOON.plusMillis(i);
            engine.executions.start("test", "run-" + i, TestEngine.json("{}"), TestEngine.invocation("r" + i, null));
        }
        Journals journals = new Journals(new Unreadable(store, 7), () -> now, new Random());
        List<Instant> woken = new ArrayList<>();
        now = NOON.plus(HOUR).plus(MINUTE).plusMillis(100);

        SweepReport report = new Sweeper(
                        journals,
                        (executionArn, at) -> woken.add(at),
                        new SweepSettings(MINUTE, MINUTE, 2, 100),
                        () -> now)
                .sweep(invocation());

        assertThat(report.unreadable()).isEqualTo(7);
        assertThat(report.overdue()).isBetween(2, 3);
        assertThat(woken).hasSize(report.overdue());
    }

    @Test
    void thoseThatCannotBeLookedAfterKeepNobodyElseFromBeingDeleted() {
        TestEngine tasks =
                new TestEngine(store, TWO_TASKS, TestEngine.answering(call -> "1"), TestEngine.SETTINGS, () -> now);
        for (int i = 0; i < 10; i++) {
            now = NOON.plusMillis(i);
            tasks.executions.start("test", "run-" + i, TestEngine.json("{}"), TestEngine.invocation("r" + i, null));
        }
        Journals journals = new Journals(new Unreadable(store, 7), () -> now, new Random());
        now = NOON.plus(Period.ofDays(15));
        Sweeper sweeper =
                new Sweeper(journals, (executionArn, at) -> {}, new SweepSettings(MINUTE, MINUTE, 2, 100), () -> now);

        int deleted = 0;
        for (int sweep = 0; sweep < 3; sweep++) {
            deleted += sweeper.sweep(invocation()).deletedExecutions();
        }

        assertThat(deleted).isEqualTo(3);
    }

    /** A table in which something of {@code run-0} and its followers is damaged. */
    private static final class Unreadable extends ForwardingStore {

        private final int damaged;

        Unreadable(ExecutionStore store, int damaged) {
            super(store);
            this.damaged = damaged;
        }

        @Override
        public Head readHead(ExecutionId id, UnitMeter meter) {
            int number = Integer.parseInt(id.name().substring("run-".length()));
            if (number < damaged) {
                throw number % 2 == 0
                        ? new CorruptJournalException(id.toString(), "its head", "damaged", null)
                        : new IllegalStateException("Nobody knows what is wrong with it");
            }
            return super.readHead(id, meter);
        }
    }

    @Test
    void whatHasOutlivedItsRetentionIsGoneAndThenSweptAway() {
        TestEngine tasks =
                new TestEngine(store, TWO_TASKS, TestEngine.answering(call -> "1"), TestEngine.SETTINGS, () -> now);
        ExecutionDescription ended = tasks.start("{}");
        Sweeper sweeper = sweeper(new ArrayList<>(), false, SweepSettings.DEFAULT);

        now = NOON.plus(Period.ofDays(14)).minusMillis(1);
        assertThat(tasks.executions.describe(ended.executionArn())).isEqualTo(ended);

        now = NOON.plus(Period.ofDays(14));
        assertThatThrownBy(() -> tasks.executions.describe(ended.executionArn()))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("There is no execution 'run'");

        now = now.plus(Duration.ofMinutes(5));
        assertThat(sweeper.sweep(invocation())).isEqualTo(new SweepReport(0, 0, 1, 2, 0, false));
        assertThat(sweeper.sweep(invocation())).isEqualTo(new SweepReport(0, 0, 0, 0, 0, false));
    }

    @Test
    void aSweepEndsInTime() {
        engine.start("{}");
        List<Instant> woken = new ArrayList<>();
        now = NOON.plus(HOUR).plus(HOUR);

        SweepReport report = sweeper(woken, false, SweepSettings.DEFAULT)
                .sweep(new Invocation("short", "", now.plus(Duration.ofSeconds(10))));

        assertThat(report).isEqualTo(new SweepReport(0, 0, 0, 0, 0, true));
        assertThat(woken).isEmpty();
    }

    private Sweeper sweeper(List<Instant> woken, boolean longWaits, SweepSettings settings) {
        WakeUps wakeUps = new WakeUps() {
            @Override
            public void schedule(String executionArn, Instant at) {
                woken.add(at);
            }

            @Override
            public boolean leavesLongWaitsToTheSweeper() {
                return longWaits;
            }
        };
        return new Sweeper(engine.journals, wakeUps, settings, () -> now);
    }

    private static Invocation invocation() {
        return TestEngine.invocation("sweep", null);
    }
}
