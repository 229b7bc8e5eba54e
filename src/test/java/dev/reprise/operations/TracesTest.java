package dev.reprise.operations;

import static dev.reprise.telemetry.trace.SentSpans.assertWhole;
import static dev.reprise.telemetry.trace.SentSpans.named;
import static dev.reprise.telemetry.trace.SentSpans.only;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.StatesError;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.JournalException;
import dev.reprise.runtime.Time;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunner;
import dev.reprise.telemetry.trace.SentSpans;
import dev.reprise.telemetry.trace.SentSpans.Sent;
import dev.reprise.telemetry.trace.Traces;
import dev.reprise.testing.InMemoryStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;

/**
 * One trace of an execution, whatever invocations carry it: each span once, with its parent, from when it really began.
 */
class TracesTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final ExecutionId ID = new ExecutionId("test", "run");

    private static final String TASK_WAIT_TASK = """
        {'StartAt': 'Begin', 'States': {
        'Begin': {'Type': 'Pass', 'Next': 'A'},
        'A': {'Type': 'Task', 'Resource': 'task:a', 'Next': 'W'},
        'W': {'Type': 'Wait', 'Seconds': 3600, 'Next': 'B'},
        'B': {'Type': 'Task', 'Resource': 'task:b', 'End': true}}}\
        """;

    private static final String BRANCHES_THAT_WAIT = """
        {'StartAt': 'Both', 'States': {'Both': {'Type': 'Parallel', 'End': true, 'Branches': [
        {'StartAt': 'Short', 'States': {
        'Short': {'Type': 'Wait', 'Seconds': 60, 'Next': 'Then'},
        'Then': {'Type': 'Task', 'Resource': 'task:then', 'End': true}}},
        {'StartAt': 'Long', 'States': {'Long': {'Type': 'Wait', 'Seconds': 7200, 'End': true}}}]}}}\
        """;

    private static final String EACH = """
        {'StartAt': 'Each', 'States': {
        'Each': {'Type': 'Map', 'Next': 'After', 'ItemProcessor': {'StartAt': 'Work', 'States': {
        'Work': {'Type': 'Task', 'Resource': 'task:work', 'End': true}}}},
        'After': {'Type': 'Task', 'Resource': 'task:after', 'End': true}}}\
        """;

    private final InMemoryStore store = new InMemoryStore();
    private final SentSpans sent = new SentSpans();
    private final Set<String> failing = new HashSet<>();
    private Instant now = NOON;

    // ---- over several invocations

    @Test
    void anExecutionThatIsSuspendedAndResumedIsOneTrace() {
        ExecutionDescription waiting = start(process(TASK_WAIT_TASK));
        List<Sent> first = sent.take();
        now = NOON.plusSeconds(3_600);
        resume(process(TASK_WAIT_TASK), waiting);
        List<Sent> second = sent.take();

        assertThat(first).extracting(Sent::name).containsExactlyInAnyOrder("shop", "A", "task:a");
        assertThat(second).extracting(Sent::name).containsExactlyInAnyOrder("shop", "W", "B", "task:b", "test");
        List<Sent> all = new ArrayList<>(first);
        all.addAll(second);
        assertWhole(all);
        assertThat(all).extracting(Sent::trace).containsOnly(first.getFirst().trace());

        Sent whole = only("test", all);
        assertThat(whole.parent()).isEmpty();
        assertThat(whole.from()).isEqualTo(NOON);
        assertThat(whole.to()).isEqualTo(now);
        assertThat(whole.attribute("reprise.execution.arn")).isEqualTo(waiting.executionArn());
        assertThat(whole.attribute("aws.step_functions.state_machine.arn")).endsWith(":stateMachine:test");
        assertThat(whole.attribute("reprise.execution.status")).isEqualTo("SUCCEEDED");
        assertThat(only("W", all).from()).isEqualTo(NOON);
        assertThat(only("W", all).to()).isEqualTo(now);
        for (String part : List.of("A", "W", "B")) {
            assertThat(only(part, all).parent()).isEqualTo(whole.id());
        }
        assertThat(only("task:b", all).parent()).isEqualTo(only("B", all).id());
        assertThat(named("shop", all)).hasSize(2).allSatisfy(invocation -> {
            assertThat(invocation.parent()).isEqualTo(whole.id());
        });
        assertThat(named("shop", all))
                .extracting(span ->
                        span.attribute("faas.invocation_id") + " " + span.attribute("reprise.invocation.suspended"))
                .containsExactly("first true", "another false");
    }

    @Test
    void anotherProcessGivesTheSameNames() {
        start(process(EACH), "[1, 2]");
        List<Sent> one = sent.take();
        TestEngine elsewhere = engine(new InMemoryStore(), EACH, this::work);
        start(elsewhere.executionsTelling(sent.traces()), "[1, 2]");

        assertThat(sent.take()).containsExactlyInAnyOrderElementsOf(one);
    }

    /** After the retention another execution may have the name. */
    @Test
    void anExecutionThatStartsAtAnotherTimeIsAnotherTrace() {
        start(process(EACH), "[1]");
        List<Sent> one = sent.take();
        now = NOON.plus(Duration.ofDays(15));
        start(engine(new InMemoryStore(), EACH, this::work).executionsTelling(sent.traces()), "[1]");
        List<Sent> other = sent.take();

        assertThat(other).extracting(Sent::trace).doesNotContain(one.getFirst().trace());
        assertThat(other)
                .extracting(Sent::id)
                .doesNotContainAnyElementsOf(one.stream().map(Sent::id).toList());
        // X-Ray reads the start there.
        assertThat(one.getFirst().trace()).startsWith(String.format("%08x", NOON.getEpochSecond()));
    }

    @Test
    void branchesThatBeganInAnEarlierInvocationBeganThen() {
        ExecutionDescription waiting = start(process(BRANCHES_THAT_WAIT));
        Instant second = NOON.plusSeconds(60);
        now = second;
        resume(process(BRANCHES_THAT_WAIT), waiting);
        now = NOON.plusSeconds(7_200);
        ExecutionDescription ended = resume(process(BRANCHES_THAT_WAIT), waiting);

        assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        List<Sent> all = sent.all();
        assertWhole(all);
        assertThat(named("shop", all)).hasSize(3);
        assertThat(named("Both branch", all)).hasSize(2).extracting(Sent::from).containsOnly(NOON);
        assertThat(named("Both branch", all)).extracting(Sent::to).containsExactlyInAnyOrder(second, now);
        assertThat(only("Then", all).from()).isEqualTo(second);
        assertThat(only("Both", all).from()).isEqualTo(NOON);
    }

    /** In its second state, a branch no longer stands where it began. */
    @Test
    void aBranchInItsSecondStateBeganWithItsFirst() {
        String definition =
                BRANCHES_THAT_WAIT.replace("'Type': 'Task', 'Resource': 'task:then'", "'Type': 'Wait', 'Seconds': 100");
        ExecutionDescription waiting = start(process(definition));
        for (int second : new int[] {60, 160, 7_200}) {
            now = NOON.plusSeconds(second);
            // From a snapshot, and from the entries.
            resume(process(definition), waiting);
        }

        List<Sent> all = sent.all();
        assertWhole(all);
        assertThat(only("Then", all).from()).isEqualTo(NOON.plusSeconds(60));
        assertThat(named("Both branch", all)).hasSize(2).extracting(Sent::from).containsOnly(NOON);
    }

    @Test
    void aTaskThatSomebodyElseDoesLastsFromWhenItWasAskedFor() {
        String callback = """
            {'StartAt': 'Ask', 'States': {'Ask': {'Type': 'Task', 'Resource': 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
            'Parameters': {'QueueUrl': 'q', 'MessageBody.$': '$$.Task.Token'}, 'End': true}}}\
            """;
        List<String> tokens = new ArrayList<>();
        TaskRunner asking = call -> {
            tokens.add(Objects.requireNonNull(call.input().path("MessageBody").textValue()));
            return Uni.createFrom().item(TestEngine.json("{}"));
        };
        TestEngine engine = engine(store, callback, asking);
        ExecutionDescription waiting = start(engine.executionsTelling(sent.traces()));
        now = NOON.plusSeconds(500);
        new TaskCallbacks(engine.journals, (arn, at) -> {}, () -> now)
                .sendTaskSuccess(tokens.getFirst(), TestEngine.json("1"));
        ExecutionDescription ended = resume(engine(store, callback, asking).executionsTelling(sent.traces()), waiting);

        assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        List<Sent> all = sent.all();
        assertWhole(all);
        Sent attempt = only("arn:aws:states:::sqs:sendMessage.waitForTaskToken", all);
        assertThat(attempt.from()).isEqualTo(NOON);
        assertThat(attempt.to()).isEqualTo(now);
        assertThat(attempt.attribute("faas.invocation_id")).isEqualTo("another");
    }

    @Test
    void whateverRequestAProcessDiesAtNoSpanIsToldTwice() {
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
        sent.take();
        InMemoryStore table = new InMemoryStore();
        try {
            start(
                    engine(new DyingStore(table, request, carriedOut), EACH, this::work)
                            .executionsTelling(sent.traces()),
                    "[1, 2, 3]");
            return false;
        } catch (JournalException e) {
            // As a process that dies.
        }
        // The same tasks take another time, so that what is told twice would be told differently.
        now = now.plus(Duration.ofHours(1));
        TestEngine next = engine(table, EACH, this::work);
        if (next.journals.head(ID) != null) {
            String arn =
                    Objects.requireNonNull(next.journals.head(ID)).beginning().executionArn();
            next.executionsTelling(sent.traces()).resume(arn, TestEngine.invocation("another", null));
        }
        assertThat(SentSpans.twice(sent.all())).isEmpty();
        return true;
    }

    // ---- what went wrong

    @Test
    void eachAttemptIsASpanAndTellsHowItFailed() {
        String map = """
            {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'MaxConcurrency': 1, 'ItemProcessor': {'StartAt': 'Work', 'States': {
            'Work': {'Type': 'Task', 'Resource': 'task:work', 'End': true, 'Retry': [{'ErrorEquals': ['Again'], 'IntervalSeconds': 1, 'MaxAttempts': 1}]}}},
            'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Sorry'}], 'End': true},
            'Sorry': {'Type': 'Fail', 'Error': 'Sorry', 'Cause': 'it was not to be'}}}\
            """;
        start(engine(store, map, TracesTest::againAndNever).executionsTelling(sent.traces()), "[1, 2]");

        List<Sent> all = sent.all();
        assertWhole(all);
        assertThat(named("task:work", all))
                .extracting(span -> span.attribute("reprise.scope") + " " + span.attribute("reprise.task.attempt") + " "
                        + span.error())
                .containsExactlyInAnyOrder("/Each[0] 0 Again", "/Each[0] 1 ", "/Each[1] 0 Never");
        assertThat(named("Work", all))
                .extracting(span -> span.attribute("reprise.scope") + " " + span.error())
                .containsExactlyInAnyOrder("/Each[0] ", "/Each[1] Never");
        assertThat(named("Each item", all))
                .extracting(span -> span.attribute("reprise.item.index") + " " + span.error())
                .containsExactlyInAnyOrder("0 ", "1 Never");
        assertThat(only("Each", all).error()).isEqualTo("Never");
        assertThat(only("test", all).attribute("error.type")).isEqualTo("Sorry");
        assertThat(only("test", all).attribute("reprise.execution.status")).isEqualTo("FAILED");
        // What it was is for those alone who may see the data.
        assertThat(all.toString()).doesNotContain("it was not to be");
    }

    private static Uni<JsonNode> againAndNever(TaskCall call) {
        return Uni.createFrom().item(() -> {
            boolean isFirst = call.input().intValue() == 1;
            if (!isFirst || call.context().attempt() == 0) {
                throw new TaskException(new StatesError(isFirst ? "Again" : "Never", "as the test wants"), null);
            }
            return call.input();
        });
    }

    @Test
    void whatIsCutShortIsToldWithTheEndThatCutIt() {
        String definition = """
            {'TimeoutSeconds': 100, 'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true,
            'ItemProcessor': {'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'SecondsPath': '$', 'End': true}}}}}}\
            """;
        ExecutionDescription waiting = start(process(definition), "[10, 1000]");
        now = NOON.plusSeconds(10);
        resume(process(definition), waiting);
        now = NOON.plusSeconds(100);
        ExecutionDescription ended = resume(process(definition), waiting);

        assertThat(ended.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        List<Sent> all = sent.all();
        assertWhole(all);
        assertThat(only("Each", all).attribute("reprise.cut_short")).isEqualTo("true");
        assertThat(named("Each item", all))
                .extracting(span -> span.attribute("reprise.item.index") + " " + span.attribute("reprise.cut_short")
                        + " " + Duration.between(span.from(), span.to()).toSeconds())
                .containsExactlyInAnyOrder("0 null 10", "1 true 100");
        assertThat(only("test", all).error()).isEqualTo("States.Timeout");
    }

    /** What fails with States.Runtime ends all that is around it. */
    @Test
    void anErrorThatNothingHandlesIsToldOfAllThatItEnds() {
        String definition = """
            {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true, 'ItemProcessor': {'StartAt': 'Work', 'States': {
            'Work': {'Type': 'Task', 'Resource': 'task:work', 'Parameters': {'x.$': '$.none'}, 'End': true}}}}}}\
            """;
        start(process(definition), "[1, 2]");

        List<Sent> all = sent.all();
        assertWhole(all);
        assertThat(only("test", all).error()).isEqualTo("States.Runtime");
        assertThat(only("Each", all).error()).isEqualTo("States.Runtime");
        assertThat(named("Work", all)).extracting(Sent::error).contains("States.Runtime");
    }

    @Test
    void aRedriveIsPartOfTheSameTraceAndTellsOnlyOfItself() {
        failing.add("2");
        ExecutionDescription failed = start(process(EACH), "[1, 2]");
        List<Sent> before = sent.take();
        failing.clear();
        now = NOON.plusSeconds(600);
        ExecutionDescription ended =
                process(EACH).redrive(failed.executionArn(), TestEngine.invocation("redrive", null));

        assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        List<Sent> after = sent.take();
        Sent again = only("test", after);
        assertThat(again.parent()).isEqualTo(only("test", before).id());
        assertThat(again.attribute("reprise.execution.redrive_count")).isEqualTo("1");
        assertThat(after).allSatisfy(span -> assertThat(span.from()).isEqualTo(now));
        assertThat(only("Each item", after).attribute("reprise.item.index")).isEqualTo("1");
        assertThat(only("Each", after).parent()).isEqualTo(again.id());
        List<Sent> all = new ArrayList<>(before);
        all.addAll(after);
        assertWhole(all);
        assertThat(all).extracting(Sent::trace).containsOnly(again.trace());
    }

    @Test
    void aStopOfWhatWaitsIsTheEndOfItsTrace() {
        ExecutionDescription waiting = start(process(TASK_WAIT_TASK));
        now = NOON.plusSeconds(10);
        process(TASK_WAIT_TASK).stop(waiting.executionArn(), "Enough", null, TestEngine.invocation("stop", null));

        List<Sent> all = sent.all();
        assertWhole(all);
        assertThat(only("test", all).error()).isEqualTo("Enough");
        assertThat(only("W", all).attribute("reprise.cut_short")).isEqualTo("true");
    }

    // ---- which spans there are

    @Test
    void ofManyItemsAFewHaveSpansAndThoseThatFailed() {
        String definition = EACH.replace("'Type': 'Map',", "'Type': 'Map', 'Reprise': {'ToleratedFailureCount': 5},");
        failing.add("537");
        StringBuilder items = new StringBuilder("[0");
        for (int i = 1; i < 1_000; i++) {
            items.append(',').append(i);
        }
        start(engine(store, definition, this::work).executionsTelling(sent.traces(0.01)), items + "]");

        List<Sent> all = sent.all();
        assertWhole(all);
        assertThat(named("Each item", all))
                .extracting(span -> span.attribute("reprise.item.index"))
                .containsExactlyInAnyOrder("0", "100", "200", "300", "400", "500", "600", "700", "800", "900", "537");
        assertThat(named("Work", all)).hasSize(10);
        assertThat(named("task:work", all)).hasSize(10);
        assertThat(only("Each", all).error()).isEmpty();
    }

    @Test
    void withoutItemsThereIsTheRest() {
        start(engine(store, EACH, this::work).executionsTelling(sent.traces(0)), "[1, 2]");

        assertThat(sent.all())
                .extracting(Sent::name)
                .containsExactlyInAnyOrder("shop", "Each", "After", "task:after", "test");
    }

    @Test
    void whatIsHiddenIsInNoSpan() {
        String definition = """
            {'Reprise': {'Redact': ['$.card']}, 'StartAt': 'A', 'States': {
            'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}}\
            """;
        TaskRunner telling = call -> Uni.createFrom()
                .failure(new TaskException(
                        new StatesError("Declined." + call.input().path("card").textValue(), null), null));
        start(engine(store, definition, telling).executionsTelling(sent.traces()), "{'card': '4111-1111'}");

        List<Sent> all = sent.all();
        assertThat(all.toString()).doesNotContain("4111-1111");
        assertThat(only("task:a", all).error()).isEqualTo("Declined.***");
        assertThat(only("test", all).error()).isEqualTo("Declined.***");
    }

    @Test
    void whatLeavesNoTraceInTheTableHasOneHere() {
        start(
                process(EACH.replace(
                        "{'StartAt': 'Each', 'States'",
                        "{'Reprise': {'Durability': 'NONE'}, 'StartAt': 'Each', 'States'")),
                "[1, 2]");

        List<Sent> all = sent.all();
        assertWhole(all);
        assertThat(all).hasSize(2 + 1 + 3 * 2 + 2);
    }

    // ---- other traces

    @Test
    void lambdasOwnTraceIsLinkedToTheInvocation() {
        Traces traces = sent.traces(1, "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");
        start(engine(store, EACH, this::work).executionsTelling(traces), "[1]");

        List<Sent> all = sent.all();
        assertThat(only("shop", all).links()).containsExactly("5759e988bd862e3fe1be46a994272793 53995c3f42cd8ad8");
        assertThat(only("test", all).links()).isEmpty();
    }

    @Test
    void anExecutionThatATaskAwaitsIsPartOfTheTasksTrace() {
        List<Sent> all = nested(".sync:2");

        Sent task = only("arn:aws:states:::states:startExecution.sync:2", all);
        assertWhole(all);
        assertThat(all).extracting(Sent::trace).containsOnly(task.trace());
        assertThat(only("child", all).parent()).isEqualTo(task.id());
    }

    @Test
    void anExecutionThatNobodyAwaitsHasATraceThatIsLinkedToTheTask() {
        List<Sent> all = nested("");

        Sent task = only("arn:aws:states:::states:startExecution", all);
        assertWhole(all);
        Sent child = only("child", all);
        assertThat(child.parent()).isEmpty();
        assertThat(child.trace()).isNotEqualTo(task.trace());
        assertThat(child.links()).containsExactly(task.trace() + " " + task.id());
    }

    private List<Sent> nested(String form) {
        NestedFunction function = new NestedFunction()
                .with("child", "{'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 60, 'End': true}}}")
                .with(
                        "parent",
                        NestedExecutionsTest.starting(
                                form, "{'StateMachineArn': 'workflow:child', 'Name': 'one', 'Input.$': '$'}", ""))
                .listenedToBy(sent.traces());
        assertThat(function.run("parent", "{}").status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return sent.all();
    }

    // ---- in a time of their own

    private Uni<JsonNode> work(TaskCall call) {
        return failing.contains(call.input().toString())
                ? Uni.createFrom().failure(new IllegalStateException("no " + call.input()))
                : Uni.createFrom().item(call.input());
    }

    /** A new process, that knows of the execution what the table tells. */
    private JournaledExecutions process(String definition) {
        return engine(store, definition, this::work).executionsTelling(sent.traces());
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
        return start(executions, "{}");
    }

    private static ExecutionDescription start(JournaledExecutions executions, String input) {
        return executions.start("test", "run", TestEngine.json(input), TestEngine.invocation("first", null));
    }

    private static ExecutionDescription resume(JournaledExecutions executions, ExecutionDescription waiting) {
        return executions.resume(waiting.executionArn(), TestEngine.invocation("another", null));
    }
}
