package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.store.DocumentStore;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.runtime.OpenTask;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.runtime.TaskDispatchTest;
import dev.reprise.runtime.TaskQueue;
import dev.reprise.testing.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Tasks of which more are asked for than may run at once: when their time counts, and what those cost that nobody waits
 * for any more.
 */
class QueuedTasksTest {

    private static final RunnerSettings FOUR_AT_ONCE = new RunnerSettings(
            4, Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(1), 10);

    private final VirtualWorkers workers = new VirtualWorkers();
    private final InMemoryStore store = new InMemoryStore();

    private TestEngine engine(String definition, RunnerSettings settings, Duration taskTime) {
        return new TestEngine(store, definition, call -> workers.echoAfter(taskTime, call), settings, workers);
    }

    private static ExecutionDescription start(TestEngine engine, String input) {
        return start(engine, input, null);
    }

    private static ExecutionDescription start(TestEngine engine, String input, Instant deadline) {
        return engine.executions.start("test", "run", TestEngine.json(input), new Invocation("first", "", deadline));
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
    }

    private static String mapOf(String task, String map) {
        return """
            {'StartAt': 'Each', %s 'States': {'Each': {'Type': 'Map', 'End': true, 'ItemProcessor': {
            'StartAt': 'Work', 'States': {'Work': {'Type': 'Task', 'Resource': 'task:work', %s 'End': true}}}}}}\
            """.formatted(map, task);
    }

    @Test
    void aTasksTimeDoesNotCountWhileItQueues() {
        TestEngine engine = engine(mapOf("'TimeoutSeconds': 2,", ""), FOUR_AT_ONCE, Duration.ofMillis(500));

        ExecutionDescription ended = start(engine, numbers(100));

        assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(Duration.between(ended.startDate(), ended.stopDate())).isEqualTo(Duration.ofMillis(12_500));
    }

    @Test
    void anActivityOfManyTasksIsLookedForOnce() {
        AtomicInteger reads = new AtomicInteger();
        ExecutionStore counting = new ForwardingStore(store) {
            @Override
            public DocumentStore documents() {
                reads.incrementAndGet();
                return super.documents();
            }
        };
        TestEngine engine = new TestEngine(
                counting,
                mapOf("", "").replace("task:work", "arn:aws:states:us-east-1:000000000000:activity:pack"),
                call -> workers.echoAfter(Duration.ZERO, call),
                RunnerSettings.DEFAULT,
                workers);

        assertThat(start(engine, numbers(100), VirtualWorkers.NOON.plusSeconds(30))
                        .status())
                .isEqualTo(ExecutionStatus.RUNNING);
        assertThat(reads).hasValue(1);
    }

    @Test
    void noHeartbeatIsMissedWhileATaskQueues() {
        TestEngine engine =
                engine(mapOf("'TimeoutSeconds': 5, 'HeartbeatSeconds': 1,", ""), FOUR_AT_ONCE, Duration.ofMillis(500));

        assertThat(start(engine, numbers(100)).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void aTaskThatMustNotRunTwiceHasItsWholeTimeOnceItBegins() {
        TestEngine engine = engine(
                mapOf("'TimeoutSeconds': 2, 'Reprise': {'Semantics': 'AT_MOST_ONCE_PER_RETRY'},", ""),
                FOUR_AT_ONCE,
                Duration.ofMillis(500));

        assertThat(start(engine, numbers(100)).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void oneThatRunsTooLongTimesOutAllTheSame() {
        TestEngine engine = engine(mapOf("'TimeoutSeconds': 2,", ""), FOUR_AT_ONCE, Duration.ofSeconds(3));

        ExecutionDescription ended = start(engine, numbers(100));

        assertThat(ended.error()).isEqualTo("States.Timeout");
        assertThat(Duration.between(ended.startDate(), ended.stopDate())).isEqualTo(Duration.ofSeconds(2));
        assertThat(engine.calls).hasSize(4);
    }

    @Test
    void theExecutionsTimeOutEndsWhatQueues() {
        TestEngine engine = engine(mapOf("", "'TimeoutSeconds': 1,"), FOUR_AT_ONCE, Duration.ofMillis(600));

        ExecutionDescription ended = start(engine, numbers(100));

        assertThat(ended.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        assertThat(Duration.between(ended.startDate(), ended.stopDate())).isEqualTo(Duration.ofSeconds(1));
        assertThat(engine.calls).hasSize(8);
    }

    @Test
    void aTaskThatIsAskedForAgainHasItsWholeTimeAgain() {
        TestEngine engine = engine(mapOf("'TimeoutSeconds': 60,", ""), FOUR_AT_ONCE, Duration.ofSeconds(50));
        ExecutionDescription cut = start(engine, "[1]", VirtualWorkers.NOON.plusSeconds(40));
        assertThat(cut.status()).isEqualTo(ExecutionStatus.RUNNING);
        workers.moveTo(VirtualWorkers.NOON.plusSeconds(300));

        ExecutionDescription ended = engine.executions.resume(cut.executionArn(), new Invocation("second", "", null));

        assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(engine.calls).hasSize(2);
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotWaitedForInTheQueue() {
        String early = """
            {'StartAt': 'Each', 'States': {
            'Each': {'Type': 'Map', 'Reprise': {'MinSuccessful': 1000, 'Result': 'BATCH'}, 'ResultSelector': {'ok.$': '$.successCount'}, 'Next': 'After', 'ItemProcessor': {
              'StartAt': 'Work', 'States': {'Work': {'Type': 'Task', 'Resource': 'task:work', 'End': true}}}},
            'After': {'Type': 'Task', 'Resource': 'task:after', 'End': true}}}\
            """;
        TestEngine engine =
                new TestEngine(store, early, TestEngine.answering(call -> "1"), RunnerSettings.DEFAULT, workers);

        assertThat(start(engine, numbers(20_000)).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(workers.waits()).isZero();
    }

    @Test
    void whatWasGivenUpInTheQueueDoesNotKeepTheExecutionAwake() {
        String race = """
            {'StartAt': 'Each', 'States': {
            'Each': {'Type': 'Map', 'Reprise': {'MinSuccessful': 1}, 'Next': 'Sleep', 'ItemProcessor': {
              'StartAt': 'Work', 'States': {'Work': {'Type': 'Task', 'Resource': 'task:work', 'End': true}}}},
            'Sleep': {'Type': 'Wait', 'Seconds': 3600, 'End': true}}}\
            """;
        TestEngine engine = engine(race, FOUR_AT_ONCE, Duration.ofMillis(500));

        ExecutionDescription asleep = start(engine, numbers(20_000), VirtualWorkers.NOON.plusSeconds(10));

        assertThat(asleep.wakeAt())
                .isEqualTo(VirtualWorkers.NOON.plusMillis(500).plusSeconds(3600));
        assertThat(workers.instant()).isEqualTo(VirtualWorkers.NOON.plusMillis(500));
        assertThat(engine.calls).hasSize(4);
    }

    @Test
    void whatIsGivenUpAgainAndAgainTakesNoRoomInTheQueue() {
        TaskQueue queue = new TaskQueue();
        OpenTask waiting = new OpenTask(TaskDispatchTest.TASK);
        queue.addLast(waiting);
        for (int i = 0; i < 10_000; i++) {
            OpenTask task = new OpenTask(TaskDispatchTest.TASK);
            queue.addLast(task);
            task.over();
            queue.left();
        }

        assertThat(queue.isEmpty()).isFalse();
        assertThat(queue.length()).isLessThan(200);
        assertThat(queue.poll()).isSameAs(waiting);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.poll()).isNull();
        assertThat(queue.isEmpty()).isTrue();
    }
}
