package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.Arns;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.RequestException;
import dev.reprise.history.HistoryQuery;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskRunner;
import dev.reprise.testing.InMemoryStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A redrive carries an execution on from where it failed, through all that an execution goes through. */
class RedrivenExecutionsTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final ExecutionId ID = new ExecutionId("test", "run");
    private static final String ITEMS_AND_MORE = """
        {'StartAt': 'Each', 'States': {
        'Each': {'Type': 'Map', 'Next': 'After', 'ItemProcessor': {'StartAt': 'Work', 'States': {
        'Work': {'Type': 'Task', 'Resource': 'task:work', 'End': true}}}},
        'After': {'Type': 'Task', 'Resource': 'task:after', 'End': true}}}\
        """;
    private static final String WAIT =
            "{'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 3600, 'End': true}}}";

    private final InMemoryStore store = new InMemoryStore();
    private Instant now = NOON;

    /** Inputs of tasks that fail. */
    private final Set<String> failing = new HashSet<>();

    private TestEngine engine(String definition) {
        return engine(definition, this::work);
    }

    private TestEngine engine(String definition, TaskRunner task) {
        return new TestEngine(store, definition, task, TestEngine.SETTINGS, () -> now);
    }

    private Uni<JsonNode> work(TaskCall call) {
        return failing.contains(call.input().toString())
                ? Uni.createFrom().failure(new IllegalStateException("no " + call.input()))
                : Uni.createFrom().item(call.input());
    }

    private static ExecutionDescription redrive(TestEngine engine, ExecutionDescription execution) {
        return engine.executions.redrive(execution.executionArn(), TestEngine.invocation("redriver", null));
    }

    @Test
    void onlyWhatHadFailedRunsAgain() {
        failing.add("2");
        TestEngine engine = engine(ITEMS_AND_MORE);
        ExecutionDescription failed = engine.start("[1, 2, 3]");
        assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
        long succeeded = engine.calls.size();
        failing.clear();
        engine.calls.clear();
        now = NOON.plusSeconds(60);

        ExecutionDescription redriven = redrive(engine, failed);

        assertThat(redriven.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(redriven.output()).isEqualTo(TestEngine.json("[1, 2, 3]"));
        assertThat(redriven.startDate()).isEqualTo(failed.startDate());
        assertThat(redriven.stopDate()).isEqualTo(now);
        assertThat(redriven.redrive())
                .isEqualTo(new Redrivability(1, now, "Execution is SUCCEEDED and cannot be redriven"));
        assertThat(engine.executions.describe(failed.executionArn())).isEqualTo(redriven);
        assertThat(succeeded).isGreaterThanOrEqualTo(2);
        assertThat(engine.calls)
                .extracting(call -> call.input().toString())
                .contains("2", "[1,2,3]")
                .doesNotContain("1");
    }

    @Test
    void itsHistoryIsOneStory() {
        failing.add("1");
        TestEngine engine =
                engine("{'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}}");
        ExecutionDescription failed = engine.start("1");
        redrive(engine, failed);
        failing.clear();
        redrive(engine, failed);

        List<HistoryEvent> events = engine.executions
                .history(failed.executionArn(), HistoryQuery.firstPage(100))
                .events();

        assertThat(events)
                .extracting(event -> event.id() + " " + event.type() + " " + event.previousId())
                .containsExactly(
                        "1 ExecutionStarted 0",
                        "2 TaskStateEntered 0",
                        "3 TaskScheduled 2",
                        "4 TaskStarted 3",
                        "5 TaskFailed 4",
                        "6 ExecutionFailed 5",
                        "7 ExecutionRedriven 6",
                        "8 TaskScheduled 2",
                        "9 TaskStarted 8",
                        "10 TaskFailed 9",
                        "11 ExecutionFailed 10",
                        "12 ExecutionRedriven 11",
                        "13 TaskScheduled 2",
                        "14 TaskStarted 13",
                        "15 TaskSucceeded 14",
                        "16 TaskStateExited 15",
                        "17 ExecutionSucceeded 16");
        assertThat(events.get(11).details()).isEqualTo(TestEngine.json("{'redriveCount': 2}"));
        assertThat(engine.executions
                        .history(failed.executionArn(), new HistoryQuery(1, true, true, null))
                        .events())
                .containsExactly(events.get(16));
    }

    @Test
    void oneThatWaitsAgainIsResumedWhenItsTimeComes() {
        TestEngine engine = engine(WAIT);
        ExecutionDescription waiting = engine.start("{}");
        engine.executions.stop(waiting.executionArn(), null, null, TestEngine.invocation("stopper", null));
        now = NOON.plusSeconds(600);

        ExecutionDescription redriven = redrive(engine, waiting);
        assertThat(redriven.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(redriven.wakeAt()).isEqualTo(now.plusSeconds(3600));

        now = now.plusSeconds(3600);
        ExecutionDescription ended = engine.resume(redriven);
        assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(ended.redrive().count()).isEqualTo(1);
    }

    @Test
    void oneWhoseRedriverDiesBeforeAnythingIsWrittenIsResumedAsRedriven() {
        failing.add("1");
        TestEngine engine =
                engine("{'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}}");
        ExecutionDescription failed = engine.start("1");
        failing.clear();
        engine.journals.redrive(engine.journals.head(ID), new Lease("killed", now.plusSeconds(10)), now);
        assertThat(engine.executions.describe(failed.executionArn()).status()).isEqualTo(ExecutionStatus.RUNNING);
        now = NOON.plusSeconds(11);

        ExecutionDescription ended = engine.resume(failed);

        assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(ended.redrive().count()).isEqualTo(1);
        assertThat(ended.redrive().date()).isEqualTo(NOON);
        assertThat(typesOf(engine)).contains(HistoryEventType.ExecutionRedriven);
    }

    @Test
    void oneThatLambdaRepeatsGoesOn() {
        failing.add("1");
        TestEngine engine =
                engine("{'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}}");
        ExecutionDescription failed = engine.start("1");
        failing.clear();
        engine.journals.redrive(engine.journals.head(ID), new Lease("redriver", now.plusSeconds(900)), now);

        assertThat(redrive(engine, failed).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    private ExecutionDescription failedWithoutItsInput(TestEngine engine) {
        ExecutionDescription failed = engine.start("'" + "x".repeat(400_000) + "'");
        List<String> input = store.readItemKeys(ID, "", new UnitMeter()).items().stream()
                .filter(key -> key.startsWith("BLOB#"))
                .toList();
        store.deleteItems(ID, input, new UnitMeter());
        return failed;
    }

    @Test
    void oneThatIsToGoOnElsewhereIsWokenUpWhateverItsJournalHolds() {
        TestEngine engine = engine("{'StartAt': 'F', 'States': {'F': {'Type': 'Fail', 'Error': 'No'}}}");
        ExecutionDescription failed = failedWithoutItsInput(engine);

        Instant at = engine.executions.redrive(
                failed.executionArn(), TestEngine.invocation("redriver", null), new Background.AnotherInvocation());

        assertThat(at).isEqualTo(NOON);
        assertThat(engine.wakeUps).containsExactly(new TestEngine.WakeUp(failed.executionArn(), NOON));
    }

    @Test
    void oneThatCannotBeReadIsLeftAloneForAWhile() {
        TestEngine engine = engine("{'StartAt': 'F', 'States': {'F': {'Type': 'Fail', 'Error': 'No'}}}");
        ExecutionDescription failed = failedWithoutItsInput(engine);

        assertThatThrownBy(() -> redrive(engine, failed))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("it is not there");
        assertThat(Objects.requireNonNull(engine.journals.head(ID)).dueAt()).isAfter(NOON.plus(Duration.ofMinutes(20)));
    }

    @Test
    void theTimeOutBeginsAnew() {
        TestEngine engine =
                engine("{'TimeoutSeconds': 60, 'StartAt': 'A', 'States': {'A': {'Type': 'Wait', 'Seconds': 3600, 'End':"
                        + " true}}}");
        ExecutionDescription waiting = engine.start("{}");
        now = NOON.plusSeconds(60);
        assertThat(engine.resume(waiting).status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        now = NOON.plusSeconds(100);

        ExecutionDescription redriven = redrive(engine, waiting);

        assertThat(redriven.wakeAt()).isEqualTo(now.plusSeconds(60));
        now = now.plusSeconds(60);
        assertThat(engine.resume(waiting).status()).isEqualTo(ExecutionStatus.TIMED_OUT);
    }

    @Test
    void aLargeOutputFollowsFromTheWholeJournal() {
        failing.add("\"again\"");
        String large = "x".repeat(300_000);
        TestEngine engine = new TestEngine(
                store,
                """
                {'StartAt': 'A', 'States': {
                'A': {'Type': 'Task', 'Resource': 'task:large', 'ResultPath': '$.a', 'Next': 'B'},
                'B': {'Type': 'Task', 'Resource': 'task:b', 'ResultPath': '$.b', 'End': true}}}\
                """,
                call -> call.resource().equals("task:large")
                        ? Uni.createFrom().item(TestEngine.json("'" + large + "'"))
                        : failing.isEmpty()
                                ? Uni.createFrom().item(TestEngine.json("1"))
                                : Uni.createFrom().failure(new IllegalStateException("no")));
        ExecutionDescription failed = engine.start("{}");
        assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
        failing.clear();

        ExecutionDescription redriven = redrive(engine, failed);

        assertThat(redriven.output().path("a").textValue()).isEqualTo(large);
        assertThat(redriven.output().path("b").intValue()).isEqualTo(1);
        assertThat(engine.executions.describe(failed.executionArn())).isEqualTo(redriven);
        assertThat(engine.calls).hasSize(3);
    }

    @Test
    void whatCannotBeRedrivenSaysWhy() {
        TestEngine engine = engine(WAIT);
        ExecutionDescription waiting = engine.start("{}");
        refused(engine, waiting, "Execution is RUNNING and cannot be redriven");

        now = NOON.plusSeconds(3600);
        ExecutionDescription succeeded = engine.resume(waiting);
        refused(engine, succeeded, "Execution is SUCCEEDED and cannot be redriven");

        assertThatThrownBy(() -> engine.executions.redrive(
                        Arns.identity("", "test", "none").executionArn(), TestEngine.invocation("redriver", null)))
                .hasMessageContaining("There is no execution 'none'");
    }

    @Test
    void afterTwoWeeksItIsTooLate() {
        TestEngine engine =
                engine("{'StartAt': 'F', 'Reprise': {'Retention': 'P30D'}, 'States': {'F': {'Type': 'Fail'}}}");
        ExecutionDescription failed = engine.start("{}");
        assertThat(failed.redrive()).isEqualTo(new Redrivability(0, null, null));

        now = NOON.plus(Duration.ofDays(14)).plusMillis(1);

        refused(engine, failed, "Execution ended at 2026-11-20T12:00:00Z, more than 14 days ago");
        assertThat(engine.executions.describe(failed.executionArn()).redrive().obstacle())
                .isEqualTo("Execution ended at 2026-11-20T12:00:00Z, more than 14 days ago");
    }

    @Test
    void aThousandTimesAreEnough() {
        TestEngine engine = engine("{'StartAt': 'F', 'States': {'F': {'Type': 'Fail'}}}");
        ExecutionDescription failed = engine.start("{}");
        for (int i = 0; i < 1_000; i++) {
            now = now.plusMillis(1);
            assertThat(redrive(engine, failed).status()).isEqualTo(ExecutionStatus.FAILED);
        }

        refused(engine, failed, "Execution has been redriven 1000 times, which is the most");
    }

    private static void refused(TestEngine engine, ExecutionDescription execution, String reason) {
        assertThatThrownBy(() -> redrive(engine, execution))
                .isInstanceOf(RequestException.class)
                .hasMessage("Execution " + execution.executionArn() + " invalid for redrive as: " + reason)
                .extracting(e -> ((RequestException) e).error())
                .isEqualTo("ExecutionNotRedrivable");
    }

    private static List<HistoryEventType> typesOf(TestEngine engine) {
        String arn =
                Objects.requireNonNull(engine.journals.head(ID)).beginning().executionArn();
        return engine.executions.history(arn, HistoryQuery.firstPage(100)).events().stream()
                .map(HistoryEvent::type)
                .toList();
    }
}
