package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.RequestException;
import dev.reprise.journal.OpenOutcome;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.runtime.Time;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunner;
import dev.reprise.testing.InMemoryStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * How an execution is carried through an invocation: durability before effects, suspension, deadlines, fences, stops.
 */
class ExecutionRunnerTest {

    private static final ExecutionId ID = new ExecutionId("test", "run");
    private static final String ONE_TASK =
            "{'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}}";
    private static final String TWO_TASKS = """
        {'StartAt': 'A', 'States': {
        'A': {'Type': 'Task', 'Resource': 'task:a', 'Next': 'B'},
        'B': {'Type': 'Task', 'Resource': 'task:b', 'End': true}}}\
        """;
    private static final String MAP = """
        {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true, 'ItemProcessor': {
        'StartAt': 'Work', 'States': {'Work': {'Type': 'Task', 'Resource': 'task:work', 'End': true}}}}}}\
        """;

    private final InMemoryStore store = new InMemoryStore();

    @Test
    void aTaskStartsOnlyWhenTheResultThatCausedItIsDurable() {
        List<Integer> segmentsSeen = new ArrayList<>();
        TestEngine engine = new TestEngine(store, TWO_TASKS, TestEngine.answering(call -> {
            segmentsSeen.add(segments().size());
            return "1";
        }));

        assertThat(engine.start("{}").status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(segmentsSeen).containsExactly(0, 1);
    }

    private List<Segment> segments() {
        return store.readSegments(ID, 1, new UnitMeter()).items();
    }

    @Test
    void tasksThatFinishTogetherShareOneWrite() {
        TestEngine engine = new TestEngine(store, MAP, TestEngine.answering(call -> "1"));

        engine.start(numbers(1_000));

        assertThat(segments()).hasSize(1);
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void noMoreTasksAreInFlightThanTheSettingsAllow() {
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        RunnerSettings three = new RunnerSettings(
                3, Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(1), 10);
        TestEngine engine = new TestEngine(
                store,
                MAP,
                call -> Uni.createFrom()
                        .item(call.input())
                        .onItem()
                        .delayIt()
                        .by(Duration.ofMillis(1))
                        .onSubscription()
                        .invoke(() -> most.accumulateAndGet(inFlight.incrementAndGet(), Math::max))
                        .onTermination()
                        .invoke(() -> inFlight.decrementAndGet()),
                three,
                Instant::now);

        assertThat(engine.start(numbers(20)).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(most.get()).isEqualTo(3);
    }

    @Test
    void tasksOfItemsThatNobodyWaitsForAnyMoreAreCancelledAtOnce() {
        Set<Integer> cancelled = ConcurrentHashMap.newKeySet();
        TestEngine engine =
                new TestEngine(store, """
                    {'StartAt': 'Each', 'States': {
                    'Each': {'Type': 'Map', 'Reprise': {'MinSuccessful': 1}, 'Next': 'After', 'ItemProcessor': {
                      'StartAt': 'Work', 'States': {'Work': {'Type': 'Task', 'Resource': 'task:work', 'End': true}}}},
                    'After': {'Type': 'Task', 'Resource': 'task:after', 'End': true}}}\
                    """, call -> switch (call.context().state()) {
                    case "After" -> Uni.createFrom().item(() -> TestEngine.json(cancelled.toString()));
                    default ->
                        call.input().asInt() == 2
                                ? Uni.createFrom().item(call.input())
                                : Uni.createFrom()
                                        .<JsonNode>nothing()
                                        .onCancellation()
                                        .invoke(() -> cancelled.add(call.input().asInt()));
                });

        assertThat(engine.start("[1, 2, 3]").output())
                .containsExactlyInAnyOrder(IntNode.valueOf(1), IntNode.valueOf(3));
    }

    @Test
    void aLongWaitSuspendsAndAsksToBeWokenInTime() {
        TestEngine engine = new TestEngine(
                store, "{'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 3600, 'End': true}}}", call -> {
                    throw new AssertionError("no task here");
                });

        ExecutionDescription waiting = engine.start("{}");

        assertThat(waiting.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(waiting.wakeAt()).isEqualTo(waiting.startDate().plusSeconds(3600));
        assertThat(engine.wakeUps).extracting(TestEngine.WakeUp::at).containsExactly(waiting.wakeAt());
        assertThat(engine.executions.describe(waiting.executionArn())).isEqualTo(waiting);
    }

    @Test
    void aResumeRunsOnlyWhatIsNotDurable() {
        AtomicInteger attempts = new AtomicInteger();
        TestEngine engine = new TestEngine(
                store,
                TWO_TASKS,
                call -> call.context().state().equals("B") && attempts.incrementAndGet() == 1
                        ? Uni.createFrom().nothing()
                        : Uni.createFrom()
                                .item(TestEngine.json("'" + call.context().state() + "'")));

        ExecutionDescription cut = engine.start("{}", Duration.ofSeconds(1));
        assertThat(cut.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(engine.resume(cut).output()).isEqualTo(TestEngine.json("'B'"));
        assertThat(engine.calls).extracting(call -> call.context().state()).containsExactly("A", "B", "B");
        assertThat(engine.calls.get(1).context().idempotencyKey())
                .isEqualTo(engine.calls.get(2).context().idempotencyKey())
                .isNotEqualTo(engine.calls.get(0).context().idempotencyKey());
    }

    @Test
    void nearTheDeadlineNoTaskIsAdmittedAndTheRestGoesOnInTheNextInvocation() {
        SlowTasks tasks = new SlowTasks();
        TestEngine engine = new TestEngine(
                store,
                MAP.replace("'End': true, 'ItemProcessor'", "'End': true, 'MaxConcurrency': 1, 'ItemProcessor'"),
                tasks,
                TestEngine.SETTINGS,
                tasks);

        ExecutionDescription execution =
                engine.executions.start("test", "run", TestEngine.json(numbers(100)), tasks.aSecond());
        int invocations = 1;
        while (execution.status() == ExecutionStatus.RUNNING) {
            assertThat(execution.wakeAt()).isBeforeOrEqualTo(tasks.now);
            execution = engine.executions.resume(execution.executionArn(), tasks.aSecond());
            invocations++;
        }

        assertThat(execution.output()).isEqualTo(TestEngine.json(numbers(100)));
        assertThat(invocations).isBetween(4, 10);
        assertThat(engine.calls).hasSize(100);
    }

    /** One task at a time, each of which takes 30 ms; a time that passes while somebody waits for them, and no more. */
    private static final class SlowTasks implements TaskRunner, Time {

        private Instant now = Instant.parse("2026-11-20T12:00:00Z");
        private @Nullable Runnable answer;
        private int invocations;

        @Override
        public Uni<JsonNode> run(TaskCall call) {
            return Uni.createFrom().emitter(emitter -> answer = () -> emitter.complete(call.input()));
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public long await(Condition news, long nanos) {
            long millis = Math.min(nanos / 1_000_000 + 1, 30);
            now = now.plusMillis(millis);
            if (answer != null && millis == 30) {
                answer.run();
                answer = null;
                return 1;
            }
            return 0;
        }

        Invocation aSecond() {
            return new Invocation("request-" + ++invocations, "", now.plusSeconds(1));
        }
    }

    @Test
    void nearTheDeadlineItWaitsForTasksThatStillRunAndDoesNotSpin() {
        CountingTime time = new CountingTime();
        TestEngine engine =
                new TestEngine(store, ONE_TASK, call -> Uni.createFrom().nothing(), TestEngine.SETTINGS, time);

        ExecutionDescription cut = engine.executions.start(
                "test", "run", TestEngine.json("{}"), new Invocation("first", "", time.now.plusSeconds(1)));

        assertThat(cut.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(time.looks).isLessThan(200);
    }

    /**
     * Passes where there is nothing to do but wait, and elsewhere a little with each look, so that it ends where nobody
     * waits.
     */
    private static final class CountingTime implements Time {

        private Instant now = Instant.parse("2026-11-20T12:00:00Z");
        private int looks;

        @Override
        public Instant instant() {
            looks++;
            now = now.plusNanos(1_000);
            return now;
        }

        @Override
        public long await(Condition news, long nanos) {
            now = now.plusNanos(nanos);
            return 0;
        }
    }

    @Test
    void tasksThatAreDoneAtOnceAreNotStartedNearTheDeadlineEither() {
        VirtualFunction function =
                new VirtualFunction(MAP, TaskCall::input, Duration.ofMillis(100), Duration.ofSeconds(5));

        assertThat(function.run(numbers(100)).output()).isEqualTo(TestEngine.json(numbers(100)));
        assertThat(function.invocations).hasSize(4).allMatch(time -> time.toSeconds() <= 3);
        assertThat(function.calls()).hasSize(100);
    }

    @Test
    void aLongStretchWithoutEntriesIsKeptWhenTheInvocationEnds() {
        TestEngine engine = new TestEngine(store, """
            {'StartAt': 'N', 'States': {
            'N': {'Type': 'Pass', 'Parameters': {'n.$': 'States.MathAdd($.n, 1)'}, 'Next': 'More'},
            'More': {'Type': 'Choice', 'Choices': [{'Variable': '$.stop', 'IsPresent': true, 'Next': 'Done'}], 'Default': 'N'},
            'Done': {'Type': 'Succeed'}}}\
            """, TestEngine.answering(call -> "1"));

        ExecutionDescription cut = engine.start("{'n': 0}", Duration.ofSeconds(1));
        engine.resume(cut, Duration.ofSeconds(1));

        Head head = engine.journals.head(ID);
        assertThat(head.progress().snapshot()).isEqualTo(2);
        assertThat(head.resumes()).isEqualTo(1);
    }

    @Test
    void anExecutionThatAnotherInvocationTookOverStartsNoFurtherTask() {
        TestEngine engine = new TestEngine(store, TWO_TASKS, TestEngine.answering(call -> {
            takeOver();
            return "1";
        }));

        ExecutionDescription seen = engine.start("{}");

        assertThat(engine.calls).extracting(call -> call.context().state()).containsExactly("A");
        assertThat(seen.status()).isEqualTo(ExecutionStatus.RUNNING);
    }

    /** As after the lease has run out: another invocation opens the execution, and puts its mark into the journal. */
    private void takeOver() {
        TestEngine other = new TestEngine(store, TWO_TASKS, TestEngine.answering(call -> "2"));
        OpenOutcome opened =
                other.journals.open(ID, new Lease("first", Instant.now().plusSeconds(60)));
        ((OpenOutcome.Opened) opened).replay().toItsEnd(entry -> {});
    }

    @Test
    void anInvocationThatIsOvertakenWhileItStillReadsStartsNothingAndTellsHowTheOtherEnded() {
        TestEngine dying = new TestEngine(store, ONE_TASK, call -> {
            throw new AssertionError("the process dies");
        });
        assertThatThrownBy(() -> dying.start("{}")).hasMessage("the process dies");
        TestEngine other = new TestEngine(store, ONE_TASK, TestEngine.answering(call -> "2"));
        String arn = other.journals.head(ID).beginning().executionArn();
        ExecutionStore overtaken = new ForwardingStore(store) {
            @Override
            public ConditionalWrite<Segment> putSegment(ExecutionId id, Segment mark, UnitMeter meter) {
                other.executions.resume(arn, TestEngine.invocation("first", null));
                return super.putSegment(id, mark, meter);
            }
        };
        TestEngine engine = new TestEngine(overtaken, ONE_TASK, TestEngine.answering(call -> "1"));

        ExecutionDescription seen = engine.executions.resume(arn, TestEngine.invocation("first", null));

        assertThat(seen.output()).isEqualTo(TestEngine.json("2"));
        assertThat(engine.calls).isEmpty();
    }

    @Test
    void aStopReachesARunningExecution() throws InterruptedException {
        TestEngine engine =
                new TestEngine(store, ONE_TASK, call -> Uni.createFrom().nothing());
        Thread running = Thread.ofPlatform().start(() -> engine.start("{}"));
        while (engine.calls.isEmpty()) {
            Thread.onSpinWait();
        }

        String arn = engine.journals.head(ID).beginning().executionArn();
        engine.executions.stop(arn, "Enough", "by hand", TestEngine.invocation("stopper", null));
        running.join();

        ExecutionDescription stopped = engine.executions.describe(arn);
        assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(stopped.error()).isEqualTo("Enough");
    }

    @Test
    void aStopEndsASuspendedExecution() {
        TestEngine engine = new TestEngine(
                store,
                "{'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 3600, 'End': true}}}",
                TestEngine.answering(call -> "1"));
        ExecutionDescription waiting = engine.start("{}");

        ExecutionDescription stopped = engine.executions.stop(
                waiting.executionArn(), null, "changed my mind", TestEngine.invocation("stopper", null));

        assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(stopped.cause()).isEqualTo("changed my mind");
    }

    @Test
    void theSameNameAndInputAnswersForTheRunThatExists() {
        TestEngine engine = new TestEngine(store, ONE_TASK, TestEngine.answering(call -> "7"));

        ExecutionDescription first = engine.start("{}");

        assertThat(engine.start("{}")).isEqualTo(first);
        assertThat(engine.calls).hasSize(1);
    }

    @Test
    void whateverATaskThrowsIsAnErrorThatTheStateMachineSees() {
        TestEngine named = new TestEngine(store, ONE_TASK, call -> {
            throw new TaskException("Card.Declined", "expired");
        });
        assertThat(named.start("{}").error()).isEqualTo("Card.Declined");

        TestEngine unnamed = new TestEngine(new InMemoryStore(), ONE_TASK, call -> {
            throw new IllegalStateException("broken");
        });
        ExecutionDescription failed = unnamed.start("{}");
        assertThat(failed.error()).isEqualTo("java.lang.IllegalStateException");
        assertThat(failed.cause()).isEqualTo("broken");
    }

    @Test
    void anExecutionThatGetsNowhereFailsInsteadOfLooping() {
        TestEngine engine =
                new TestEngine(store, ONE_TASK, call -> Uni.createFrom().nothing());

        ExecutionDescription execution = engine.start("{}", Duration.ofMillis(450));
        int resumes = 0;
        while (execution.status() == ExecutionStatus.RUNNING && resumes < 20) {
            execution = engine.resume(execution, Duration.ofMillis(450));
            resumes++;
        }

        assertThat(execution.error()).isEqualTo("Reprise.NoProgress");
        assertThat(resumes).isEqualTo(11);
    }

    @Test
    void aLargeOutputIsToldAgainByAReplay() {
        TestEngine engine =
                new TestEngine(store, MAP, TestEngine.answering(call -> "'" + "x".repeat(10_000) + call.input() + "'"));

        ExecutionDescription ended = engine.start(numbers(50));

        assertThat(engine.executions.describe(ended.executionArn()).output()).isEqualTo(ended.output());
    }

    @Test
    void anInputOverTheLimitIsRefusedAndLeavesNothingBehind() {
        TestEngine engine = new TestEngine(store, ONE_TASK, TestEngine.answering(call -> "1"));

        assertThatThrownBy(() -> engine.start("'" + "x".repeat(6_000_000) + "'"))
                .isInstanceOf(RequestException.class)
                .hasMessageContainingAll("6000000 bytes", "reference");

        assertThat(engine.journals.head(ID)).isNull();
    }
}
