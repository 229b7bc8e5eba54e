package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.StatesError;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalException;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.runtime.RunContext;
import dev.reprise.runtime.RunEvent;
import dev.reprise.runtime.RunListener;
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
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;

/** What a listener is told: each thing once, when it happens; and nothing by a replay. */
class RunListenerTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final ExecutionId ID = new ExecutionId("test", "run");

    private static final String TASK_WAIT_TASK = """
        {'StartAt': 'Begin', 'States': {
        'Begin': {'Type': 'Pass', 'Next': 'A'},
        'A': {'Type': 'Task', 'Resource': 'task:a', 'Next': 'Between'},
        'Between': {'Type': 'Pass', 'Next': 'W'},
        'W': {'Type': 'Wait', 'Seconds': 3600, 'Next': 'B'},
        'B': {'Type': 'Task', 'Resource': 'task:b', 'End': true}}}\
        """;

    private static final String THREE_TASKS = """
        {'StartAt': 'A', 'States': {
        'A': {'Type': 'Task', 'Resource': 'task:a', 'Next': 'B'},
        'B': {'Type': 'Task', 'Resource': 'task:b', 'Next': 'C'},
        'C': {'Type': 'Task', 'Resource': 'task:c', 'End': true}}}\
        """;

    private final InMemoryStore store = new InMemoryStore();
    private final List<RunEvent> told = new ArrayList<>();
    private Instant now = NOON;

    @Test
    void anExecutionThatIsSuspendedAndResumedTellsEachThingOnce() {
        JournaledExecutions executions =
                engine(store, TASK_WAIT_TASK, TestEngine.answering(call -> "1")).executionsTelling(told::add);

        ExecutionDescription waiting = start(executions);

        assertThat(wordsButFlushed())
                .containsExactly(
                        "Started",
                        "StateEntered Begin",
                        "StateLeft Begin",
                        "StateEntered A",
                        "TaskAsked A",
                        "TaskAnswered /:1",
                        "StateLeft A",
                        "StateEntered Between",
                        "StateLeft Between",
                        "StateEntered W",
                        "Suspended");
        assertThat(words("Flushed")).isNotEmpty();
        assertThat(told.getLast())
                .isEqualTo(new RunEvent.Suspended(waiting.executionArn(), NOON, NOON.plusSeconds(3_600)));
        assertThat(told).allSatisfy(event -> assertThat(event.executionArn()).isEqualTo(waiting.executionArn()));

        told.clear();
        now = NOON.plusSeconds(3_600);
        executions.resume(waiting.executionArn(), TestEngine.invocation("another", null));

        assertThat(wordsButFlushed())
                .containsExactly(
                        "Resumed",
                        "StateLeft W",
                        "StateEntered B",
                        "TaskAsked B",
                        "TaskAnswered /:3",
                        "StateLeft B",
                        "Ended");
        assertThat(told.getLast()).isInstanceOfSatisfying(RunEvent.Ended.class, ended -> {
            assertThat(ended.startedAt()).isEqualTo(NOON);
            assertThat(ended.at()).isEqualTo(now);
        });
        assertThat(told)
                .filteredOn(RunEvent.Flushed.class::isInstance)
                .extracting(event -> ((RunEvent.Flushed) event).units().write())
                .isNotEmpty()
                .isSorted();
    }

    @Test
    void anExecutionThatAnotherInvocationRunsFirstIsToldAsStarted() {
        JournaledExecutions executions =
                engine(store, TASK_WAIT_TASK, TestEngine.answering(call -> "1")).executionsTelling(told::add);
        String arn = executions
                .submit("test", "run", TestEngine.json("{}"), Map.of(), TestEngine.invocation("message", null))
                .executionArn();
        assertThat(told).isEmpty();

        now = NOON.plusSeconds(1);
        executions.resume(arn, TestEngine.invocation("first", null));

        assertThat(told).startsWith(new RunEvent.Started(arn, NOON));
        assertThat(words("Started")).hasSize(1);
        assertThat(words("StateEntered"))
                .containsExactly("StateEntered Begin", "StateEntered A", "StateEntered Between", "StateEntered W");
        assertThat(words("Resumed")).isEmpty();

        now = NOON.plusSeconds(3_601);
        executions.resume(arn, TestEngine.invocation("second", null));

        assertThat(words("Started")).hasSize(1);
        assertThat(words("Resumed")).hasSize(1);
    }

    /** Both have seen that nobody has run it; the second takes the lease when the first has given it up. */
    @Test
    void ofTwoThatWantToBeTheFirstOneTellsOfTheStart() {
        JournaledExecutions first =
                engine(store, TASK_WAIT_TASK, TestEngine.answering(call -> "1")).executionsTelling(told::add);
        String arn = first.submit(
                        "test", "run", TestEngine.json("{}"), Map.of(), TestEngine.invocation("message", null))
                .executionArn();
        ForwardingStore slow = new ForwardingStore(store) {
            @Override
            public ConditionalWrite<Head> takeLease(
                    ExecutionId id, String writer, Lease lease, Instant at, UnitMeter meter) {
                first.resume(arn, TestEngine.invocation("first", null));
                return super.takeLease(id, writer, lease, at, meter);
            }
        };

        engine(slow, TASK_WAIT_TASK, TestEngine.answering(call -> "1"))
                .executionsTelling(told::add)
                .resume(arn, TestEngine.invocation("second", null));

        assertThat(words("Started")).hasSize(1);
        assertThat(words("StateEntered A")).hasSize(1);
        assertThat(words("Resumed")).hasSize(1);
    }

    @Test
    void whateverRequestAProcessDiesAtTheNextOneTellsNothingThatFollowsFromTheJournal() {
        int deaths = 0;
        for (int at = 2; at < 100; at++) {
            for (boolean carriedOut : new boolean[] {false, true}) {
                deaths += dieAt(at, carriedOut) ? 1 : 0;
            }
        }
        assertThat(deaths).isGreaterThan(8);
    }

    private boolean dieAt(int request, boolean carriedOut) {
        now = NOON;
        told.clear();
        InMemoryStore table = new InMemoryStore();
        List<RunEvent> before = new ArrayList<>();
        TestEngine dying =
                engine(new DyingStore(table, request, carriedOut), THREE_TASKS, TestEngine.answering(call -> "1"));
        try {
            start(dying.executionsTelling(before::add));
            return false;
        } catch (JournalException e) {
            // As a process that dies.
        }
        TestEngine next = engine(table, THREE_TASKS, TestEngine.answering(call -> "1"));
        if (next.journals.head(ID) == null) {
            return true;
        }
        now = now.plus(Duration.ofHours(1));
        String arn = Objects.requireNonNull(next.journals.head(ID)).beginning().executionArn();
        ExecutionDescription ended =
                next.executionsTelling(told::add).resume(arn, TestEngine.invocation("another", null));

        assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        if (told.isEmpty()) {
            // Its end was durable, and was not told any more.
            assertThat(next.calls).isEmpty();
            return true;
        }
        assertThat(told.getFirst()).isInstanceOf(RunEvent.Resumed.class);
        assertThat(told.getLast()).isInstanceOf(RunEvent.Ended.class);
        List<String> asked = next.calls.stream()
                .map(call -> "TaskAsked " + call.context().state())
                .toList();
        assertThat(words("TaskAsked")).isEqualTo(asked);
        // Of the states, only those that a task's answer led to in this life.
        assertThat(words("StateEntered"))
                .isEqualTo(asked.stream()
                        .skip(1)
                        .map(word -> word.replace("TaskAsked", "StateEntered"))
                        .toList());
        assertThat(words("StateLeft"))
                .isEqualTo(asked.stream()
                        .map(word -> word.replace("TaskAsked", "StateLeft"))
                        .toList());
        return true;
    }

    @Test
    void workThatIsBrokenOffForLackOfTimeGoesOnBeingToldWhereItStopped() {
        String loop = """
            {'StartAt': 'N', 'States': {
            'N': {'Type': 'Pass', 'Parameters': {'n.$': 'States.MathAdd($.n, 1)'}, 'Next': 'More'},
            'More': {'Type': 'Choice', 'Choices': [{'Variable': '$.n', 'NumericGreaterThanEquals': 40000, 'Next': 'Done'}], 'Default': 'N'},
            'Done': {'Type': 'Succeed'}}}\
            """;
        TestEngine engine = new TestEngine(
                store, loop, TestEngine.answering(call -> "1"), TestEngine.SETTINGS, new EachLookTakesTime());
        JournaledExecutions executions = engine.executionsTelling(told::add);

        ExecutionDescription execution = executions.start(
                "test", "run", TestEngine.json("{'n': 0}"), new Invocation("first", "", now.plusSeconds(1)));
        int resumes = 0;
        while (execution.status() == ExecutionStatus.RUNNING) {
            resumes++;
            execution =
                    executions.resume(execution.executionArn(), new Invocation("r" + resumes, "", now.plusSeconds(1)));
        }

        assertThat(resumes).isPositive();
        assertThat(words("Resumed")).hasSize(resumes);
        assertThat(words("StateEntered")).hasSize(80_001);
        assertThat(words("StateLeft")).hasSize(80_001);
    }

    private final class EachLookTakesTime implements Time {

        @Override
        public Instant instant() {
            now = now.plusMillis(150);
            return now;
        }

        @Override
        public long await(Condition news, long nanos) {
            now = now.plusNanos(nanos);
            return 0;
        }
    }

    @Test
    void failuresRetriesAndItemsAreTold() {
        String map = """
            {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'MaxConcurrency': 1, 'ItemProcessor': {'StartAt': 'Work', 'States': {
            'Work': {'Type': 'Task', 'Resource': 'task:work', 'End': true, 'Retry': [{'ErrorEquals': ['Again'], 'IntervalSeconds': 1, 'MaxAttempts': 1}]}}},
            'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Sorry'}], 'End': true},
            'Sorry': {'Type': 'Fail', 'Error': 'Sorry', 'Cause': 'it was not to be'}}}\
            """;
        JournaledExecutions executions =
                engine(store, map, RunListenerTest::work).executionsTelling(told::add);

        ExecutionDescription ended =
                executions.start("test", "run", TestEngine.json("[1, 2]"), TestEngine.invocation("first", null));

        assertThat(ended.error()).isEqualTo("Sorry");
        assertThat(wordsButFlushed())
                .containsExactly(
                        "Started",
                        "StateEntered Each",
                        "ItemStarted /Each[0]",
                        "StateEntered Work",
                        "TaskAsked Work",
                        "TaskAnswered /Each[0]:1 Again",
                        "StateFailed Work Again",
                        "StateRetried Work",
                        "TaskAsked Work",
                        "TaskAnswered /Each[0]:3",
                        "StateLeft Work",
                        "ItemSucceeded /Each[0]",
                        "ItemStarted /Each[1]",
                        "StateEntered Work",
                        "TaskAsked Work",
                        "TaskAnswered /Each[1]:1 Never",
                        "StateFailed Work Never",
                        "ItemFailed /Each[1] Never",
                        "StateFailed Each Never",
                        "StateLeft Each",
                        "StateEntered Sorry",
                        "StateFailed Sorry Sorry",
                        "Ended");
    }

    private static Uni<JsonNode> work(TaskCall call) {
        return Uni.createFrom().item(() -> {
            boolean isFirst = call.input().intValue() == 1;
            if (!isFirst || call.context().attempt() == 0) {
                throw new TaskException(new StatesError(isFirst ? "Again" : "Never", "as the test wants"), null);
            }
            return call.input();
        });
    }

    @Test
    void aListenerThatFailsIsNoOthersMatter() {
        JournaledExecutions executions = engine(store, THREE_TASKS, TestEngine.answering(call -> "1"))
                .executionsTelling(
                        event -> {
                            throw new IllegalStateException("It listens badly");
                        },
                        told::add,
                        event -> {
                            throw new AssertionError("An error does no more");
                        });

        assertThat(start(executions).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(words("StateEntered")).hasSize(3);
    }

    @Test
    void aStopOfOneThatWaitsIsTold() {
        JournaledExecutions executions =
                engine(store, TASK_WAIT_TASK, TestEngine.answering(call -> "1")).executionsTelling(told::add);
        ExecutionDescription waiting = start(executions);
        told.clear();

        executions.stop(waiting.executionArn(), "Enough", null, TestEngine.invocation("stop", null));

        assertThat(wordsButFlushed()).containsExactly("Resumed", "Ended");
    }

    @Test
    void whatARedriveDoesIsTold() {
        String first = "{'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}}";
        List<String> failures = new ArrayList<>(List.of("once"));
        TaskRunner task = call -> failures.isEmpty()
                ? Uni.createFrom().item(TestEngine.json("1"))
                : Uni.createFrom().failure(new IllegalStateException(failures.removeFirst()));
        JournaledExecutions executions = engine(store, first, task).executionsTelling(told::add);
        ExecutionDescription failed = start(executions);
        told.clear();

        executions.redrive(failed.executionArn(), TestEngine.invocation("redrive", null));

        assertThat(wordsButFlushed())
                .containsExactly("Resumed", "TaskAsked A", "TaskAnswered /:2", "StateLeft A", "Ended");
    }

    /** For one that keeps something in between, as traces do. */
    @Test
    void aListenerMayHaveAListenerForEachRun() {
        List<String> runs = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void on(RunEvent event) {
                throw new AssertionError("told of " + event + " without its run");
            }

            @Override
            public RunListener forRun(RunContext run) {
                String name = run.requestId() + " " + run.redrives();
                return event -> runs.add(name + " " + word(event));
            }
        };
        JournaledExecutions executions =
                engine(store, TASK_WAIT_TASK, TestEngine.answering(call -> "1")).executionsTelling(listener);
        ExecutionDescription waiting = start(executions);
        executions.stop(waiting.executionArn(), "Enough", null, TestEngine.invocation("stop", null));

        assertThat(runs).startsWith("first 0 Started").endsWith("stop 0 Ended").contains("stop 0 Resumed");
    }

    private TestEngine engine(ExecutionStore table, String definition, TaskRunner task) {
        return new TestEngine(table, definition, task, TestEngine.SETTINGS, new PassingTime());
    }

    /** Passes where there is nothing to do but wait. */
    private final class PassingTime implements Time {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public long await(Condition news, long nanos) {
            now = now.plusNanos(nanos);
            return 0;
        }
    }

    private static ExecutionDescription start(JournaledExecutions executions) {
        return executions.start("test", "run", TestEngine.json("{}"), TestEngine.invocation("first", null));
    }

    private List<String> words() {
        return told.stream().map(RunListenerTest::word).toList();
    }

    private List<String> wordsButFlushed() {
        return words().stream()
                .filter(word -> !word.equals("Flushed") && !word.equals("SpanEnded"))
                .toList();
    }

    private List<String> words(String kind) {
        return words().stream()
                .filter(word -> word.equals(kind) || word.startsWith(kind + " "))
                .toList();
    }

    private static String word(RunEvent event) {
        String kind = event.getClass().getSimpleName();
        return switch (event) {
            case RunEvent.StateEntered entered -> kind + " " + entered.state();
            case RunEvent.StateLeft left -> kind + " " + left.state();
            case RunEvent.StateFailed failed ->
                kind + " " + failed.state() + " " + failed.error().error();
            case RunEvent.StateRetried retried -> kind + " " + retried.state();
            case RunEvent.TaskAsked asked -> kind + " " + asked.state();
            case RunEvent.TaskAnswered(var arn, var at, var task, var error) ->
                kind + " " + task + (error == null ? "" : " " + error.error());
            case RunEvent.ItemFailed(var arn, var at, var scope, var error) -> kind + " " + scope + " " + error.error();
            case RunEvent.InScope item -> kind + " " + item.scope();
            case RunEvent other -> kind;
        };
    }
}
