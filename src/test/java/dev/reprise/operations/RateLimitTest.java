package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.execution.ExecutionStatus;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.testing.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tasks of targets that bear only so much. */
class RateLimitTest {

    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private final VirtualWorkers workers = new VirtualWorkers();
    private final InMemoryStore store = new InMemoryStore();

    /** When each call of a task was made, by its resource. */
    private final List<Instant> calls = new ArrayList<>();

    private TestEngine engine(String definition, Duration taskTime) {
        return engine(definition, taskTime, RunnerSettings.DEFAULT);
    }

    private static RunnerSettings atOnce(int tasks) {
        RunnerSettings plain = RunnerSettings.DEFAULT;
        return new RunnerSettings(
                tasks,
                plain.waitInProcess(),
                plain.inboxPoll(),
                plain.admissionMargin(),
                plain.suspendMargin(),
                plain.maxFruitlessResumes());
    }

    private TestEngine engine(String definition, Duration taskTime, RunnerSettings settings) {
        return new TestEngine(
                store,
                definition,
                call -> {
                    calls.add(workers.instant());
                    return workers.echoAfter(taskTime, call);
                },
                settings,
                workers);
    }

    private static ExecutionDescription start(TestEngine engine, String input) {
        return engine.executions.start("test", "run", TestEngine.json(input), new Invocation("first", "", null));
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
    }

    private static String mapOf(String task) {
        return """
            {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true, 'ItemProcessor': {
            'StartAt': 'Work', 'States': {'Work': {'Type': 'Task', 'Resource': 'task:work', %s 'End': true}}}}}}\
            """.formatted(task);
    }

    private static Duration length(ExecutionDescription ended) {
        assertThat(ended.status()).as(() -> ended.toString()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return Duration.between(ended.startDate(), ended.stopDate());
    }

    @Test
    void noMoreAreInFlightThanTheTargetBears() {
        TestEngine engine = engine(mapOf("'Reprise': {'RateLimit': {'MaxInFlight': 3}},"), HALF_A_SECOND);

        assertThat(length(start(engine, numbers(30)))).isEqualTo(Duration.ofSeconds(5));
        assertThat(calls).hasSize(30);
    }

    @Test
    void callsComeEvenlySpaced() {
        TestEngine engine = engine(mapOf("'Reprise': {'RateLimit': {'CallsPerSecond': 10}},"), HALF_A_SECOND);

        assertThat(length(start(engine, numbers(50)))).isEqualTo(Duration.ofMillis(4_900 + 500));
        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i)).isEqualTo(VirtualWorkers.NOON.plusMillis(100L * i));
        }
    }

    @Test
    void bothBoundsHold() {
        TestEngine engine =
                engine(mapOf("'Reprise': {'RateLimit': {'CallsPerSecond': 100, 'MaxInFlight': 2}},"), HALF_A_SECOND);

        start(engine, numbers(20));

        for (int i = 2; i < calls.size(); i++) {
            assertThat(Duration.between(calls.get(i - 2), calls.get(i))).isGreaterThanOrEqualTo(HALF_A_SECOND);
            assertThat(Duration.between(calls.get(i - 1), calls.get(i))).isGreaterThanOrEqualTo(Duration.ofMillis(10));
        }
    }

    @Test
    void oneTargetIsOneWhicheverStatesCallIt() {
        String two = """
            {'StartAt': 'Both', 'States': {'Both': {'Type': 'Parallel', 'End': true, 'Branches': [
              {'StartAt': 'A', 'States': {'A': {'Type': 'Map', 'End': true, 'ItemProcessor': {'StartAt': 'AW', 'States': {
                'AW': {'Type': 'Task', 'Resource': 'task:a', 'End': true, 'Reprise': {'RateLimit': {'Target': 'bank', 'CallsPerSecond': 5}}}}}}}},
              {'StartAt': 'B', 'States': {'B': {'Type': 'Map', 'End': true, 'ItemProcessor': {'StartAt': 'BW', 'States': {
                'BW': {'Type': 'Task', 'Resource': 'task:b', 'End': true, 'Reprise': {'RateLimit': {'Target': 'bank', 'CallsPerSecond': 5}}}}}}}}]}}}\
            """;

        start(engine(two, Duration.ofMillis(1)), numbers(10));

        assertThat(calls).hasSize(20);
        for (int i = 1; i < calls.size(); i++) {
            assertThat(Duration.between(calls.get(i - 1), calls.get(i))).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void othersAreNotHeldBack() {
        String two = """
            {'StartAt': 'Both', 'States': {'Both': {'Type': 'Parallel', 'End': true, 'Branches': [
              {'StartAt': 'Slow', 'States': {'Slow': {'Type': 'Map', 'End': true, 'ItemProcessor': {'StartAt': 'S', 'States': {
                'S': {'Type': 'Task', 'Resource': 'task:slow', 'End': true, 'Reprise': {'RateLimit': {'CallsPerSecond': 1}}}}}}}},
              {'StartAt': 'Fast', 'States': {'Fast': {'Type': 'Map', 'End': true, 'ItemProcessor': {'StartAt': 'F', 'States': {
                'F': {'Type': 'Task', 'Resource': 'task:fast', 'End': true}}}}}}]}}}\
            """;
        TestEngine engine = engine(two, Duration.ofMillis(10));

        start(engine, numbers(4));

        assertThat(engine.calls.subList(0, 5).stream().map(call -> call.resource()))
                .containsExactlyInAnyOrder("task:slow", "task:fast", "task:fast", "task:fast", "task:fast");
    }

    @Test
    void aCallThatFindsNoPlaceWaitsForOneAndNotForItsTime() {
        TestEngine engine =
                engine(mapOf("'Reprise': {'RateLimit': {'CallsPerSecond': 10}},"), HALF_A_SECOND, atOnce(1));

        assertThat(length(start(engine, numbers(4)))).isEqualTo(Duration.ofSeconds(2));
        assertThat(workers.waits()).isLessThan(20);
    }

    @Test
    void noCallIsLookedForInVainWhileTheInvocationEnds() {
        TestEngine engine = engine(mapOf("'Reprise': {'RateLimit': {'CallsPerSecond': 1}},"), Duration.ofMinutes(1));

        engine.executions.start(
                "test",
                "run",
                TestEngine.json(numbers(100)),
                new Invocation("first", "", VirtualWorkers.NOON.plusSeconds(20)));

        assertThat(workers.waits()).isLessThan(50);
    }

    @Test
    void anInvocationThatEndsBeforeTheNextCallIsFollowedByOneThatMakesIt() {
        TestEngine engine = engine(mapOf("'Reprise': {'RateLimit': {'CallsPerSecond': 0.25}},"), Duration.ofMillis(1));

        ExecutionDescription asleep = engine.executions.start(
                "test",
                "run",
                TestEngine.json(numbers(2)),
                new Invocation("first", "", VirtualWorkers.NOON.plusSeconds(5)));

        assertThat(asleep.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(asleep.wakeAt()).isEqualTo(VirtualWorkers.NOON.plusSeconds(4));
    }

    @Test
    void manyTasksOfOneTargetLeaveOthersTheirTurn() {
        String two = """
            {'StartAt': 'Both', 'States': {'Both': {'Type': 'Parallel', 'End': true, 'Branches': [
              {'StartAt': 'Bank', 'States': {'Bank': {'Type': 'Map', 'End': true, 'ItemProcessor': {'StartAt': 'B', 'States': {
                'B': {'Type': 'Task', 'Resource': 'task:bank', 'End': true, 'Reprise': {'RateLimit': {'MaxInFlight': 100}}}}}}}},
              {'StartAt': 'Post', 'States': {'Post': {'Type': 'Map', 'End': true, 'ItemProcessor': {'StartAt': 'P', 'States': {
                'P': {'Type': 'Task', 'Resource': 'task:post', 'End': true}}}}}}]}}}\
            """;
        TestEngine engine = engine(two, HALF_A_SECOND, atOnce(1));

        start(engine, numbers(3));

        assertThat(engine.calls.stream().map(call -> call.resource()))
                .containsExactly("task:bank", "task:post", "task:bank", "task:post", "task:bank", "task:post");
    }

    @Test
    void aRetryIsACallToo() {
        List<Instant> tried = new ArrayList<>();
        TestEngine engine = new TestEngine(
                store,
                mapOf("'Reprise': {'RateLimit': {'CallsPerSecond': 2}}, 'Retry': [{'ErrorEquals': ['States.ALL'],"
                        + " 'IntervalSeconds': 1, 'MaxAttempts': 1}],"),
                call -> {
                    tried.add(workers.instant());
                    return call.context().attempt() == 0
                            ? io.smallrye.mutiny.Uni.createFrom()
                                    .failure(() -> new dev.reprise.task.TaskException("Busy", null))
                            : workers.echoAfter(Duration.ofMillis(1), call);
                },
                RunnerSettings.DEFAULT,
                workers);

        start(engine, numbers(10));

        assertThat(tried).hasSize(20);
        for (int i = 1; i < tried.size(); i++) {
            assertThat(Duration.between(tried.get(i - 1), tried.get(i))).isGreaterThanOrEqualTo(HALF_A_SECOND);
        }
    }

    @Test
    void anExecutionThatWaitsLongForItsNextCallSleeps() {
        TestEngine engine = engine(mapOf("'Reprise': {'RateLimit': {'CallsPerSecond': 0.01}},"), Duration.ofMillis(1));

        ExecutionDescription asleep = start(engine, numbers(2));

        assertThat(asleep.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(asleep.wakeAt()).isEqualTo(VirtualWorkers.NOON.plusSeconds(100));
        workers.moveTo(VirtualWorkers.NOON.plusSeconds(100));
        ExecutionDescription ended =
                engine.executions.resume(asleep.executionArn(), new Invocation("second", "", null));
        assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(calls).containsExactly(VirtualWorkers.NOON, VirtualWorkers.NOON.plusSeconds(100));
    }

    @Test
    void tasksThatMustNotRunTwiceGoThroughTheGateOnce() {
        TestEngine engine = engine(
                mapOf("'Reprise': {'Semantics': 'AT_MOST_ONCE_PER_RETRY',"
                        + " 'RateLimit': {'CallsPerSecond': 10, 'MaxInFlight': 2}},"),
                Duration.ofMillis(50));

        assertThat(length(start(engine, numbers(10)))).isEqualTo(Duration.ofMillis(950));
        assertThat(calls).hasSize(10);
    }

    @Test
    void whatIsGivenUpWhileItWaitsLeavesItsPlaceToOthers() {
        String race = """
            {'StartAt': 'Each', 'States': {
            'Each': {'Type': 'Map', 'Reprise': {'MinSuccessful': 1, 'Result': 'BATCH'}, 'ResultSelector': {'ok.$': '$.successCount'}, 'Next': 'After', 'ItemProcessor': {
              'StartAt': 'Work', 'States': {'Work': {'Type': 'Task', 'Resource': 'task:work', 'End': true,
                'Reprise': {'RateLimit': {'Target': 'x', 'MaxInFlight': 1}}}}}},
            'After': {'Type': 'Task', 'Resource': 'task:after', 'End': true, 'Reprise': {'RateLimit': {'Target': 'x', 'MaxInFlight': 1}}}}}\
            """;

        assertThat(length(start(engine(race, HALF_A_SECOND), numbers(20_000)))).isEqualTo(Duration.ofSeconds(1));
        assertThat(calls).hasSize(2);
    }
}
