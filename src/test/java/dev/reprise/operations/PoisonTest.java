package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.core.Program;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.RequestException;
import dev.reprise.execution.ScopePath;
import dev.reprise.history.HistoryQuery;
import dev.reprise.journal.Journals;
import dev.reprise.journal.codec.Body;
import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.RetryingStore;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.TransientStoreException;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.task.TaskRunner;
import dev.reprise.testing.InMemoryStore;
import dev.reprise.workflow.Workflow;
import dev.reprise.workflow.Workflows;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Executions that cannot be carried on: those that kill whoever tries, and those whose journal cannot be read. Neither
 * may cost for ever.
 */
class PoisonTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(15);
    private static final ExecutionId ID = new ExecutionId("test", "run");
    private static final String ONE_TASK =
            "{'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}}";
    private static final String TASK_AND_TASK = """
        {'StartAt': 'A', 'States': {
        'A': {'Type': 'Task', 'Resource': 'task:a', 'Next': 'B'},
        'B': {'Type': 'Task', 'Resource': 'task:b', 'End': true}}}\
        """;
    private static final String TASK_AND_WAIT = """
        {'StartAt': 'A', 'States': {
        'A': {'Type': 'Task', 'Resource': 'task:a', 'Next': 'W'},
        'W': {'Type': 'Wait', 'Seconds': 3600, 'End': true}}}\
        """;
    private static final RunnerSettings THREE_TRIES = new RunnerSettings(
            256, Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(1), 3);

    private static final Workflows EVALUATING_NOTHING = new Workflows() {
        @Override
        public Workflow named(String name) {
            throw new AssertionError("nothing is to be evaluated");
        }

        @Override
        public Program compiled(String sha256, Supplier<String> text) {
            throw new AssertionError("nothing is to be evaluated");
        }
    };

    private final InMemoryStore store = new InMemoryStore();
    private Instant now = NOON;

    private TestEngine engine(String definition, TaskRunner task) {
        return new TestEngine(store, definition, task, THREE_TRIES, () -> now);
    }

    @Test
    void anExecutionThatKillsEveryInvocationEndsWithAClearError() {
        TestEngine engine = engine(ONE_TASK, call -> {
            throw new OutOfMemoryError("as a process would die of");
        });
        assertThatThrownBy(() -> engine.start("{}")).isInstanceOf(OutOfMemoryError.class);

        for (int resume = 1; resume <= 3; resume++) {
            now = now.plus(LEASE).plusSeconds(1);
            assertThatThrownBy(() -> resume(engine)).isInstanceOf(OutOfMemoryError.class);
        }
        now = now.plus(LEASE).plusSeconds(1);
        ExecutionDescription ended = resume(engine);

        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.error()).isEqualTo("Reprise.NoProgress");
        assertThat(ended.cause()).startsWith("3 invocations in a row").contains("memory", "log");
        assertThat(engine.executions.describe(arn(engine))).isEqualTo(ended);
        assertThat(engine.calls).hasSize(4);
        List<Entry> history = new ArrayList<>();
        Objects.requireNonNull(engine.journals.history(ID)).entries().forEachRemaining(history::add);
        assertThat(history).last().isInstanceOf(Entry.Interrupted.class);
        assertThat(engine.executions
                        .history(arn(engine), HistoryQuery.firstPage(100))
                        .events())
                .extracting(HistoryEvent::type)
                .containsExactly(HistoryEventType.ExecutionStarted, HistoryEventType.ExecutionFailed);
    }

    /** The request is repeated then, and it is one resume all the same. */
    @Test
    void aResumeIsCountedOnceWhenTheAnswerToItsLeaseGotLost() {
        ExecutionStore losing = new RetryingStore(
                new ForwardingStore(store) {
                    @Override
                    public ConditionalWrite<Head> takeLease(
                            ExecutionId id, String writer, Lease lease, Instant at, UnitMeter meter) {
                        ConditionalWrite<Head> change = super.takeLease(id, writer, lease, at, meter);
                        if (change instanceof ConditionalWrite.Made) {
                            throw new TransientStoreException("the answer was lost", null);
                        }
                        return change;
                    }
                },
                wait -> {},
                new Random(1));
        TestEngine engine = new TestEngine(
                losing,
                ONE_TASK,
                call -> {
                    throw new OutOfMemoryError("as a process would die of");
                },
                THREE_TRIES,
                () -> now);
        assertThatThrownBy(() -> engine.start("{}")).isInstanceOf(OutOfMemoryError.class);

        for (int resume = 1; resume <= 3; resume++) {
            now = now.plus(LEASE).plusSeconds(1);
            assertThatThrownBy(() -> resume(engine)).isInstanceOf(OutOfMemoryError.class);
            assertThat(engine.journals.head(ID).resumes()).isEqualTo(resume);
        }
        now = now.plus(LEASE).plusSeconds(1);

        assertThat(resume(engine).error()).isEqualTo("Reprise.NoProgress");
        assertThat(engine.calls).hasSize(4);
    }

    /** Its snapshot may be what kills them, so nobody reads that; yet who asks for the history goes on from it. */
    @Test
    void itEndsNoEarlierThanASnapshotThatWasTakenAmidItsWork() {
        String loop = """
            {'StartAt': 'A', 'States': {
            'A': {'Type': 'Pass', 'Next': 'B'},
            'B': {'Type': 'Choice', 'Choices': [{'Variable': '$.stop', 'IsPresent': true, 'Next': 'Done'}], 'Default': 'A'},
            'Done': {'Type': 'Succeed'}}}\
            """;
        TestEngine engine = new TestEngine(store, loop, call -> null, THREE_TRIES, () -> now = now.plusSeconds(1));
        ExecutionDescription brokenOff = engine.executions.start(
                "test", "run", TestEngine.json("{}"), new Invocation("first", "", now.plusSeconds(60)));
        assertThat(brokenOff.status()).isEqualTo(ExecutionStatus.RUNNING);
        for (int owner = 1; owner <= 4; owner++) {
            engine.journals.open(ID, new Lease("dies-" + owner, now.plusSeconds(10)));
            now = now.plus(LEASE);
        }

        ExecutionDescription ended = resume(engine);

        assertThat(ended.error()).isEqualTo("Reprise.NoProgress");
        assertThat(engine.executions
                        .history(arn(engine), new HistoryQuery(1, true, true, null))
                        .events())
                .extracting(HistoryEvent::type)
                .containsExactly(HistoryEventType.ExecutionFailed);
        ExecutionDescription redriven =
                engine.executions.redrive(arn(engine), new Invocation("redriver", "", now.plusSeconds(60)));
        assertThat(redriven.status()).isEqualTo(ExecutionStatus.RUNNING);
    }

    @Test
    void aDamagedSnapshotKeepsNobodyFromEndingIt() {
        TestEngine engine = new TestEngine(
                store,
                "{'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'Next': 'B'}, 'B': {'Type': 'Choice', 'Choices': ["
                        + "{'Variable': '$.stop', 'IsPresent': true, 'Next': 'C'}], 'Default': 'A'},"
                        + " 'C': {'Type': 'Succeed'}}}",
                call -> null,
                THREE_TRIES,
                () -> now = now.plusSeconds(1));
        ExecutionDescription brokenOff = engine.executions.start(
                "test", "run", TestEngine.json("{}"), new Invocation("first", "", now.plusSeconds(60)));
        assertThat(brokenOff.status()).isEqualTo(ExecutionStatus.RUNNING);
        for (int owner = 1; owner <= 4; owner++) {
            engine.journals.open(ID, new Lease("dies-" + owner, now.plusSeconds(10)));
            now = now.plus(LEASE);
        }
        Chunk last = Objects.requireNonNull(store.readLastChunk(
                ID.partition(), JournalTable.SNAPSHOT, JournalTable.SNAPSHOT + "~", new UnitMeter()));
        store.putChunk(
                ID.partition(), new Chunk(last.name(), last.count(), last.count() + 1, last.body()), new UnitMeter());

        assertThat(resume(engine).error()).isEqualTo("Reprise.NoProgress");
    }

    /** Lambda repeats a request at once, perhaps where the clock is behind. */
    @Test
    void itEndsNotBeforeItsLastEntryWhateverTheClockSays() {
        TestEngine engine = engine(TASK_AND_TASK, call -> {
            if (call.resource().equals("task:b")) {
                throw new OutOfMemoryError("as a process would die of");
            }
            return Uni.createFrom().item(call.input());
        });
        assertThatThrownBy(() -> engine.start("{}")).isInstanceOf(OutOfMemoryError.class);
        now = NOON.minusSeconds(10);
        for (int resume = 1; resume <= 3; resume++) {
            assertThatThrownBy(() -> engine.executions.resume(arn(engine), TestEngine.invocation("first", null)))
                    .isInstanceOf(OutOfMemoryError.class);
        }

        ExecutionDescription ended = engine.executions.resume(arn(engine), TestEngine.invocation("first", null));

        assertThat(ended.error()).isEqualTo("Reprise.NoProgress");
        assertThat(ended.stopDate()).isEqualTo(NOON);
        List<Entry> history = new ArrayList<>();
        Objects.requireNonNull(engine.journals.history(ID)).entries().forEachRemaining(history::add);
        assertThat(history)
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry.at()).isEqualTo(NOON));
    }

    @Test
    void anExecutionThatKillsEveryInvocationCanBeStoppedAndDescribedWithoutEvaluatingAnything() {
        TestEngine engine = engine(ONE_TASK, call -> {
            throw new OutOfMemoryError("as a process would die of");
        });
        assertThatThrownBy(() -> engine.start("{}")).isInstanceOf(OutOfMemoryError.class);
        now = now.plus(LEASE).plusSeconds(1);
        JournaledExecutions executions = engine.executionsOf(EVALUATING_NOTHING);

        assertThat(executions.describe(arn(engine)).status()).isEqualTo(ExecutionStatus.RUNNING);
        ExecutionDescription stopped =
                executions.stop(arn(engine), "Enough", "it kills", TestEngine.invocation("s", null));

        assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(executions.describe(arn(engine))).isEqualTo(stopped);
        assertThat(executions.list("test", 10, null).executions()).hasSize(1);
        assertThat(engine.executions
                        .history(arn(engine), HistoryQuery.firstPage(100))
                        .events())
                .extracting(HistoryEvent::type)
                .containsExactly(HistoryEventType.ExecutionStarted, HistoryEventType.ExecutionAborted);
    }

    /**
     * The stop came while the owner still had its lease, so it lies in the inbox: it comes before anything is worked
     * out again.
     */
    @Test
    void aResumeReadsAStopBeforeItReplaysAnything() {
        TestEngine engine = engine(ONE_TASK, call -> {
            throw new OutOfMemoryError("as a process would die of");
        });
        assertThatThrownBy(() -> engine.start("{}")).isInstanceOf(OutOfMemoryError.class);
        ExecutionDescription running =
                engine.executions.stop(arn(engine), "Enough", "it kills", TestEngine.invocation("s", null));
        assertThat(running.status()).isEqualTo(ExecutionStatus.RUNNING);
        now = now.plus(LEASE).plusSeconds(1);

        ExecutionDescription stopped =
                engine.executionsOf(EVALUATING_NOTHING).resume(arn(engine), TestEngine.invocation("sweeper", null));

        assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(stopped.error()).isEqualTo("Enough");
        assertThat(engine.calls).hasSize(1);
        assertThat(engine.executions.describe(arn(engine))).isEqualTo(stopped);
    }

    @Test
    void whoIsOvertakenWhileItGivesUpAnswersForTheOneWhoHasIt() {
        TestEngine engine = engine(ONE_TASK, call -> {
            throw new OutOfMemoryError("as a process would die of");
        });
        assertThatThrownBy(() -> engine.start("{}")).isInstanceOf(OutOfMemoryError.class);
        for (int resume = 1; resume <= 3; resume++) {
            now = now.plus(LEASE).plusSeconds(1);
            assertThatThrownBy(() -> resume(engine)).isInstanceOf(OutOfMemoryError.class);
        }
        now = now.plus(LEASE).plusSeconds(1);
        ExecutionStore overtaken = new ForwardingStore(store) {
            @Override
            public ConditionalWrite<Head> close(Head closed, UnitMeter meter) {
                now = now.plus(LEASE).plusSeconds(1);
                engine.journals.open(ID, new Lease("another", now.plus(LEASE)));
                return super.close(closed, meter);
            }
        };
        TestEngine gaveUp =
                new TestEngine(overtaken, ONE_TASK, call -> Uni.createFrom().nothing(), THREE_TRIES, () -> now);

        assertThat(resume(gaveUp).status()).isEqualTo(ExecutionStatus.RUNNING);
    }

    @Test
    void anExecutionThatIsResumedForNothingAndGoesOnWaitingIsNoPoison() {
        TestEngine engine =
                engine("{'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 3600, 'End': true}}}", call -> {
                    throw new AssertionError("no task here");
                });
        engine.start("{}");

        for (int i = 0; i < 20; i++) {
            // As a callback does that comes too late: it makes the execution due, and changes nothing.
            engine.journals
                    .inbox()
                    .put(ID, new Entry.TaskSucceeded(new EffectId(ScopePath.ROOT, 99), now, TestEngine.json("1")));
            assertThat(resume(engine).status()).isEqualTo(ExecutionStatus.RUNNING);
        }
        assertThat(engine.journals.head(ID).resumes()).isEqualTo(20);

        now = NOON.plus(Duration.ofHours(1));
        assertThat(resume(engine).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void anExecutionWhoseJournalIsDamagedSaysWhatToDo() {
        TestEngine engine = damaged();

        assertThatThrownBy(() -> resume(engine))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("Execution test/run: segment 1 cannot be read")
                .hasMessageContaining("Restore the table")
                .hasMessageContaining("stop the execution");
        assertThat(engine.executions.describe(arn(engine)).status()).isEqualTo(ExecutionStatus.RUNNING);
        assertTellsNothingOfWhereItIs(engine);
    }

    @Test
    void aSnapshotThatIsDamagedIsDamageToTheJournal() {
        TestEngine engine =
                waitingWithSnapshot("'semantics': 1, 'position': 2, 'resume': 0, 'owner': 0, 'state': {'version': 1}");

        assertTellsNothingOfWhereItIs(engine);
        assertThatThrownBy(() -> engine.executions.history(arn(engine), new HistoryQuery(100, true, true, null)))
                .isInstanceOfSatisfying(
                        RequestException.class,
                        refusal -> assertThat(refusal.error()).isEqualTo("CorruptJournal"));
        assertThatThrownBy(() -> resume(engine))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("Execution test/run: its snapshot cannot be read");
        now = now.plus(LEASE).plusSeconds(1);
        assertThat(engine.executions
                        .stop(arn(engine), "Damaged", "not worth mending", TestEngine.invocation("s", null))
                        .status())
                .isEqualTo(ExecutionStatus.ABORTED);
    }

    @Test
    void whatANewerReleaseWroteIsDescribedAsFarAsItsHeadTells() {
        TestEngine engine = waitingWithSnapshot("'semantics': 999");

        assertTellsNothingOfWhereItIs(engine);
        assertThatThrownBy(() -> resume(engine))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("semantics version 999");
    }

    private static void assertTellsNothingOfWhereItIs(TestEngine engine) {
        ExecutionProgress progress = engine.executions.progress(arn(engine));
        assertThat(progress.description()).isEqualTo(engine.executions.describe(arn(engine)));
        assertThat(progress.input()).isEqualTo(TestEngine.json("{}"));
        assertThat(progress.standings()).isEmpty();
    }

    /** Its owner died, and it has that snapshot. */
    private TestEngine waitingWithSnapshot(String members) {
        TestEngine engine = engine(TASK_AND_WAIT, TestEngine.answering(call -> "1"));
        engine.start("{}");
        Body body = Body.text(TestEngine.json("{" + members + "}").toString());
        store.putChunk(ID.partition(), new Chunk("SNAP#000000000001", 0, 1, body), new UnitMeter());
        engine.journals.open(ID, new Lease("dies", now.plus(LEASE)));
        now = NOON.plus(Duration.ofHours(1));
        return engine;
    }

    @Test
    void theSweeperTriesItLessAndLessOften() {
        TestEngine engine = damaged();
        Sweeper sweeper = new Sweeper(
                engine.journals,
                (executionArn, at) -> assertThatThrownBy(() -> resume(engine)).isInstanceOf(RequestException.class),
                SweepSettings.DEFAULT,
                () -> now);

        int tries = 0;
        for (Instant end = now.plus(Duration.ofDays(30)); now.isBefore(end); now = now.plus(Duration.ofMinutes(5))) {
            tries += sweeper.sweep(new Invocation("sweep", "", null)).overdue();
        }

        assertThat(tries).isBetween(30, 40);
    }

    @Test
    void onceItIsMendedItGoesOn() {
        TestEngine engine = damaged();
        assertThatThrownBy(() -> resume(engine)).isInstanceOf(RequestException.class);

        InMemoryStore mended = new InMemoryStore();
        engine(TASK_AND_WAIT, TestEngine.answering(call -> "1"));
        store.deleteItems(ID, List.of("SEG#000000000001"), new UnitMeter());
        now = NOON;
        new TestEngine(mended, TASK_AND_WAIT, TestEngine.answering(call -> "1"), THREE_TRIES, () -> now).start("{}");
        store.putSegment(ID, mended.readSegments(ID, 1, new UnitMeter()).items().get(0), new UnitMeter());

        now = NOON.plus(Duration.ofHours(2));
        assertThat(resume(engine).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void itCanBeStoppedAtAnyTime() {
        TestEngine engine = damaged();
        assertThatThrownBy(() -> resume(engine)).isInstanceOf(RequestException.class);
        now = now.plus(LEASE).plusSeconds(1);

        ExecutionDescription stopped =
                engine.executions.stop(arn(engine), "Damaged", "not worth mending", TestEngine.invocation("s", null));

        assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(stopped.error()).isEqualTo("Damaged");
        assertThat(engine.executions.describe(arn(engine))).isEqualTo(stopped);
    }

    /** It waits, and its one segment is no longer what it was. */
    private TestEngine damaged() {
        TestEngine engine = engine(TASK_AND_WAIT, TestEngine.answering(call -> "1"));
        engine.start("{}");
        Segment segment = store.readSegments(ID, 1, new UnitMeter()).items().get(0);
        store.deleteItems(ID, List.of("SEG#000000000001"), new UnitMeter());
        store.putSegment(
                ID, new Segment(1, segment.writer(), segment.first(), 1, 0, Body.text("{\"succ")), new UnitMeter());
        now = NOON.plus(Duration.ofHours(1));
        return engine;
    }

    @Test
    void anEndThatCannotBeToldIsTriedLessAndLessOftenAndGivenUpWithItsRetention() {
        NestedFunction function = new NestedFunction()
                .with("child", ONE_TASK)
                .with("parent", NestedExecutionsTest.starting(".sync:2", "{'StateMachineArn': 'workflow:child'}", ""));
        function.start("parent", "{}");
        String child = function.executionsOf("child").get(0).executionArn();
        int[] tries = {0};
        function.restart(new ForwardingStore(function.store) {
            @Override
            public Head readHead(ExecutionId id, UnitMeter meter) {
                if (id.workflow().equals("parent")) {
                    tries[0]++;
                    throw new CorruptJournalException("parent/run", "its head", "damaged", null);
                }
                return super.readHead(id, meter);
            }
        });

        int deleted = 0;
        assertThatThrownBy(function::invokeUntilIdle).isInstanceOf(RequestException.class);
        for (Duration passed = Duration.ZERO;
                passed.compareTo(Duration.ofDays(15)) < 0;
                passed = passed.plus(Duration.ofMinutes(5))) {
            try {
                deleted += function.sweepAfter(Duration.ofMinutes(5)).deletedExecutions();
            } catch (CorruptJournalException e) {
                // As the invocation fails that the sweeper woke up.
            }
        }

        assertThat(tries[0]).isBetween(15, 25);
        assertThat(deleted).isEqualTo(1);
        assertThatThrownBy(() -> function.describe(child))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("There is no execution");
    }

    /** What it was started with is gone between its head and this. */
    @Test
    void whatIsDeletedWhileItIsReadIsNotDamaged() {
        String large = "'" + "large ".repeat(100_000) + "'";
        boolean[] reading = {false};
        ExecutionStore deleting = new ForwardingStore(store) {
            @Override
            public Page<Chunk> readChunks(String partition, String name, int from, UnitMeter meter) {
                if (reading[0]) {
                    reading[0] = false;
                    Head head = Objects.requireNonNull(store.readHead(ID, meter));
                    now = Objects.requireNonNull(head.retainedUntil()).plus(Duration.ofHours(1));
                    new Journals(store, () -> now, new Random()).expired().delete(ID, 1_000);
                }
                return super.readChunks(partition, name, from, meter);
            }
        };
        TestEngine engine = new TestEngine(
                deleting,
                "{'StartAt': 'A', 'States': {'A': {'Type': 'Succeed'}}}",
                TestEngine.answering(call -> "1"),
                TestEngine.SETTINGS,
                () -> now);
        engine.start(large);
        reading[0] = true;

        assertThatThrownBy(() -> engine.executions.describe(arn(engine)))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("There is no execution");
    }

    private ExecutionDescription resume(TestEngine engine) {
        return engine.executions.resume(arn(engine), new Invocation("resume-" + now, "", now.plus(LEASE)));
    }

    private static String arn(TestEngine engine) {
        return Objects.requireNonNull(engine.journals.head(ID)).beginning().executionArn();
    }
}
