package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.RequestException;
import dev.reprise.history.HistoryQuery;
import dev.reprise.journal.store.Lease;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskRunner;
import dev.reprise.testing.InMemoryStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A stop ends an execution wherever it stands: while it waits, while it runs elsewhere, in the midst of a Map, in a
 * loop without end.
 */
class StopTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final ExecutionId ID = new ExecutionId("test", "run");
    private static final String WAIT =
            "{'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 3600, 'End': true}}}";
    private static final String ONE_TASK =
            "{'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}}";
    private static final String TWO_TASKS = """
        {'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'Next': 'B'},
        'B': {'Type': 'Task', 'Resource': 'task:b', 'End': true}}}\
        """;
    private static final String MAP = """
        {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true, 'MaxConcurrency': 3, 'ItemProcessor': {
        'StartAt': 'Work', 'States': {'Work': {'Type': 'Task', 'Resource': 'task:work', 'End': true}}}}}}\
        """;
    private static final String LOOP = """
        {'StartAt': 'A', %s 'States': {
        'A': {'Type': 'Pass', 'Next': 'B'},
        'B': {'Type': 'Choice', 'Choices': [{'Variable': '$.stop', 'IsPresent': true, 'Next': 'Done'}], 'Default': 'A'},
        'Done': {'Type': 'Succeed'}}}\
        """;

    private final InMemoryStore store = new InMemoryStore();
    private Instant now = NOON;

    private TestEngine engine(String definition, TaskRunner task) {
        return new TestEngine(store, definition, task, TestEngine.SETTINGS, () -> now);
    }

    private static Uni<JsonNode> never(TaskCall call) {
        return Uni.createFrom().nothing();
    }

    @Test
    void oneThatWaitsEndsAtOnce() {
        TestEngine engine = engine(WAIT, StopTest::never);
        ExecutionDescription waiting = engine.start("{}");

        ExecutionDescription stopped = stop(engine, waiting, "Enough", "changed my mind");

        assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(stopped.error()).isEqualTo("Enough");
        assertThat(stopped.cause()).isEqualTo("changed my mind");
        assertThat(stopped.stopDate()).isEqualTo(NOON);
        assertThat(engine.executions.describe(waiting.executionArn())).isEqualTo(stopped);
    }

    @Test
    void aSecondStopChangesNothing() {
        TestEngine engine = engine(WAIT, StopTest::never);
        ExecutionDescription stopped = stop(engine, engine.start("{}"), "First", null);
        now = now.plusSeconds(60);

        assertThat(stop(engine, stopped, "Second", "too late")).isEqualTo(stopped);
    }

    @Test
    void oneThatHasEndedStaysAsItIs() {
        TestEngine engine = engine(ONE_TASK, TestEngine.answering(call -> "7"));
        ExecutionDescription ended = engine.start("{}");

        assertThat(stop(engine, ended, "Late", null)).isEqualTo(ended);
    }

    @Test
    void itsErrorAndCauseAreOptionalAndBounded() {
        TestEngine engine = engine(WAIT, StopTest::never);
        ExecutionDescription waiting = engine.start("{}");

        assertThatThrownBy(() -> stop(engine, waiting, "e".repeat(257), null))
                .isInstanceOf(RequestException.class)
                .hasMessage("'error' has at most 256 characters, this one has 257");
        assertThatThrownBy(() -> stop(engine, waiting, null, "c".repeat(32_769)))
                .hasMessage("'cause' has at most 32768 characters, this one has 32769");
        assertThat(stop(engine, waiting, null, null).error()).isNull();
    }

    @Test
    void inTheMidstOfAMapWhatRunsIsCancelledAndNothingMoreBegins() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(3);
        AtomicInteger cancelled = new AtomicInteger();
        TestEngine engine = new TestEngine(store, MAP, call -> {
            running.countDown();
            return never(call).onCancellation().invoke(cancelled::incrementAndGet);
        });
        Thread owner = Thread.ofPlatform().start(() -> engine.start("[1, 2, 3, 4, 5, 6]"));
        running.await();

        String arn = arn(engine);
        engine.executions.stop(arn, "Enough", null, TestEngine.invocation("stopper", null));
        owner.join();

        assertThat(engine.executions.describe(arn).status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(cancelled.get()).isEqualTo(3);
        assertThat(engine.calls).hasSize(3);
    }

    @Test
    void oneWhoseOwnerHasDiedEndsWithoutBeginningItsTasksAgain() {
        TestEngine engine = engine(ONE_TASK, call -> {
            throw new OutOfMemoryError("as a process would die of");
        });
        assertThatThrownBy(() -> engine.start("{}")).isInstanceOf(OutOfMemoryError.class);
        now = NOON.plus(Duration.ofMinutes(15)).plusSeconds(1);

        ExecutionDescription stopped =
                engine.executions.stop(arn(engine), "Enough", null, new Invocation("stopper", "", now.plusSeconds(60)));

        assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(engine.calls).hasSize(1);
    }

    @Test
    void oneWhoseOwnerHasDiedEndsNoEarlierThanItsLastEntryWhateverTheClocksSay() {
        Instant late = NOON.plus(Duration.ofMinutes(15)).plusSeconds(5);
        TestEngine engine = engine(TWO_TASKS, call -> {
            if (call.context().state().equals("B")) {
                throw new OutOfMemoryError("as a process would die of");
            }
            now = late;
            return Uni.createFrom().item(TestEngine.json("7"));
        });
        assertThatThrownBy(() -> engine.start("{}")).isInstanceOf(OutOfMemoryError.class);
        now = late.minusSeconds(4);

        ExecutionDescription stopped =
                engine.executions.stop(arn(engine), "Enough", null, new Invocation("stopper", "", now.plusSeconds(60)));

        assertThat(stopped.stopDate()).isEqualTo(late);
    }

    @Test
    void oneThatSomebodyRunsIsLeftToThem() {
        TestEngine engine = engine(WAIT, StopTest::never);
        ExecutionDescription waiting = engine.start("{}");
        engine.journals.open(ID, new Lease("somebody", now.plusSeconds(60)));

        assertThat(stop(engine, waiting, "Enough", null).status()).isEqualTo(ExecutionStatus.RUNNING);
    }

    @Test
    void aLoopWithoutEndEnds() throws InterruptedException {
        TestEngine engine = new TestEngine(store, LOOP.formatted(""), StopTest::never);
        Thread owner = Thread.ofPlatform().start(() -> engine.start("{}"));
        while (engine.journals.head(ID) == null) {
            Thread.onSpinWait();
        }

        engine.executions.stop(arn(engine), "Enough", null, TestEngine.invocation("stopper", null));
        owner.join();

        ExecutionDescription stopped = engine.executions.describe(arn(engine));
        assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(stopped.error()).isEqualTo("Enough");
    }

    @Test
    void itsHistoryEndsWhereTheLoopHadCome() {
        TestEngine engine = new TestEngine(store, LOOP.formatted(""), StopTest::never, TestEngine.SETTINGS, this::tick);
        ExecutionDescription brokenOff =
                engine.executions.start("test", "run", TestEngine.json("{}"), until(now.plusSeconds(60)));
        assertThat(brokenOff.status()).isEqualTo(ExecutionStatus.RUNNING);

        ExecutionDescription stopped =
                engine.executions.stop(brokenOff.executionArn(), "Enough", null, until(now.plusSeconds(60)));

        assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(typesOf(engine, false))
                .startsWith(
                        HistoryEventType.ExecutionStarted,
                        HistoryEventType.PassStateEntered,
                        HistoryEventType.PassStateExited,
                        HistoryEventType.ChoiceStateEntered);
        assertThat(typesOf(engine, true).get(0)).isEqualTo(HistoryEventType.ExecutionAborted);
        assertThat(typesOf(engine, true).get(1))
                .isIn(HistoryEventType.PassStateExited, HistoryEventType.ChoiceStateExited);
    }

    /** Otherwise nobody could go on from that snapshot: neither a redrive, nor whoever asks for the history. */
    @Test
    void itIsNoEarlierThanASnapshotOfTheOwnerThatDied() {
        TestEngine engine = new TestEngine(store, LOOP.formatted(""), StopTest::never, TestEngine.SETTINGS, this::tick);
        ExecutionDescription brokenOff =
                engine.executions.start("test", "run", TestEngine.json("{}"), until(now.plusSeconds(60)));
        engine.journals.open(ID, new Lease("dies", now.plusSeconds(60)));
        now = now.plusSeconds(600);

        ExecutionDescription stopped =
                engine.executions.stop(brokenOff.executionArn(), "Enough", null, until(now.plusSeconds(60)));

        assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(typesOf(engine, true)).startsWith(HistoryEventType.ExecutionAborted);
        ExecutionDescription redriven = engine.executions.redrive(brokenOff.executionArn(), until(now.plusSeconds(60)));
        assertThat(redriven.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(redriven.redrive().count()).isEqualTo(1);
    }

    @Test
    void aLoopWithoutEndEndsWithItsTimeOutToo() {
        TestEngine engine = new TestEngine(
                store, LOOP.formatted("'TimeoutSeconds': 30, "), StopTest::never, TestEngine.SETTINGS, this::tick);

        assertThat(engine.start("{}").status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        assertThat(typesOf(engine, true)).startsWith(HistoryEventType.ExecutionTimedOut);
    }

    @Test
    void aLoopWithoutEndFailsInItsFirstInvocationWhenNobodyStopsIt() {
        TestEngine engine = new TestEngine(store, LOOP.formatted(""), StopTest::never);

        ExecutionDescription ended = engine.start("{}");

        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.error()).isEqualTo("Reprise.NoProgress");
        assertThat(ended.cause())
                .contains("states were entered one after another")
                .contains("reprise.runner.transitions-without-fact");
        assertThat(typesOf(engine, false)).startsWith(HistoryEventType.ExecutionStarted);
    }

    /** Each look at the clock takes a second. */
    private Instant tick() {
        now = now.plusSeconds(1);
        return now;
    }

    private static Invocation until(Instant deadline) {
        return new Invocation("request-" + deadline, "", deadline);
    }

    private static List<HistoryEventType> typesOf(TestEngine engine, boolean reverseOrder) {
        return engine.executions.history(arn(engine), new HistoryQuery(10, reverseOrder, true, null)).events().stream()
                .map(HistoryEvent::type)
                .toList();
    }

    private static ExecutionDescription stop(
            TestEngine engine, ExecutionDescription execution, String error, String cause) {
        return engine.executions.stop(execution.executionArn(), error, cause, TestEngine.invocation("stopper", null));
    }

    private static String arn(TestEngine engine) {
        return Objects.requireNonNull(engine.journals.head(ID)).beginning().executionArn();
    }
}
