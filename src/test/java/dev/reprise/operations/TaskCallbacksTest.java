package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.RequestException;
import dev.reprise.journal.store.Lease;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunner;
import dev.reprise.testing.InMemoryStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Tasks that others do, from the request to what comes of their answers. */
class TaskCallbacksTest {

    private static final String NOON = "2026-11-20T12:00:00Z";
    private static final TaskRunner SENT = TestEngine.answering(call -> "'sent'");
    private static final String ASK =
            "{'StartAt': 'Ask', 'States': {'Ask': {'Type': 'Task', 'Resource': 'task:ask.waitForTaskToken',"
                    + " 'Parameters': {'token.$': '$$.Task.Token'}%s, 'End': true}}}";
    private static final String PACK = "{'StartAt': 'Pack', 'States': {'Pack': {'Type': 'Task', 'Resource':"
            + " 'arn:aws:states:us-east-1:111111111111:activity:pack'%s, 'End': true}}}";
    private static final String PACK_ARN = "arn:aws:states:us-east-1:111111111111:activity:pack";
    private static final String TWO =
            "{'StartAt': 'Both', 'States': {'Both': {'Type': 'Parallel', 'End': true, 'Branches': [{'StartAt': 'A',"
                    + " 'States': {'A': {'Type': 'Task', 'Resource': 'task:ask.waitForTaskToken', 'End':"
                    + " true}}},{'StartAt': 'B', 'States': {'B': {'Type': 'Task', 'Resource': 'task:ask.waitForTaskToken',"
                    + " 'End': true}}}]}}}";

    private final InMemoryStore store = new InMemoryStore();
    private Instant now = Instant.parse(NOON);
    private TestEngine engine;
    private TaskCallbacks callbacks;

    private ExecutionDescription start(String definition, TaskRunner task) {
        engine = new TestEngine(store, definition, task, TestEngine.SETTINGS, () -> now);
        callbacks = new TaskCallbacks(
                engine.journals,
                (executionArn, at) -> engine.wakeUps.add(new TestEngine.WakeUp(executionArn, at)),
                () -> now);
        return engine.start("{}");
    }

    private ExecutionDescription ask(String fields) {
        return start(ASK.formatted(fields), SENT);
    }

    private String token(int call) {
        return engine.calls.get(call).context().taskToken();
    }

    private void succeed(String token, String output) {
        callbacks.sendTaskSuccess(token, TestEngine.json(output));
    }

    private void assertTimedOut(String token) {
        assertThatThrownBy(() -> succeed(token, "'late'"))
                .hasMessage("Task Timed Out: 'Provided task does not exist anymore'");
        assertThatThrownBy(() -> callbacks.sendTaskFailure(token, "Late", null))
                .hasMessage("Task Timed Out: 'Provided task does not exist anymore'");
        assertThatThrownBy(() -> callbacks.sendTaskHeartbeat(token))
                .hasMessage("Task Timed Out: 'Provided task does not exist anymore'");
    }

    @Test
    void anExecutionSleepsUntilItsTokenComesBack() {
        ExecutionDescription waiting = ask("");
        assertThat(waiting.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(waiting.wakeAt()).isNull();

        succeed(token(0), "{'approved': true}");

        assertThat(engine.wakeUps).containsExactly(new TestEngine.WakeUp(waiting.executionArn(), now));
        ExecutionDescription ended = engine.resume(waiting);
        assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(ended.output()).isEqualTo(TestEngine.json("{'approved': true}"));
    }

    @Test
    void theTaskSeesTheTokenThatTheContextObjectShows() {
        ask("");

        TaskCall call = engine.calls.get(0);
        assertThat(call.input().path("token").textValue())
                .isEqualTo(call.context().taskToken());
    }

    @Test
    void aTaskThatWasTakenOnIsNotAskedForAgain() {
        ExecutionDescription waiting = start(TWO, SENT);
        succeed(token(1), "'b'");
        ExecutionDescription half = engine.resume(waiting);
        assertThat(half.status()).isEqualTo(ExecutionStatus.RUNNING);

        succeed(token(0), "'a'");

        assertThat(engine.resume(half).output()).isEqualTo(TestEngine.json("['a', 'b']"));
        assertThat(engine.calls).hasSize(2);
    }

    @Test
    void aRedrivenExecutionGivesANewTokenAndTheOldOneIsWorthNothing() {
        ExecutionDescription waiting = ask("");
        engine.executions.stop(waiting.executionArn(), null, null, TestEngine.invocation("stopper", null));

        ExecutionDescription redriven =
                engine.executions.redrive(waiting.executionArn(), TestEngine.invocation("redriver", null));

        assertThat(redriven.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertTimedOut(token(0));
        succeed(token(1), "'approved'");
        assertThat(engine.resume(redriven).output()).isEqualTo(TestEngine.json("'approved'"));
    }

    @Test
    void aFailureIsAnErrorThatTheStateMachineSees() {
        ExecutionDescription waiting = ask("");

        callbacks.sendTaskFailure(token(0), "Refused", "too expensive");

        ExecutionDescription ended = engine.resume(waiting);
        assertThat(ended.error()).isEqualTo("Refused");
        assertThat(ended.cause()).isEqualTo("too expensive");
    }

    @Test
    void aSecondAnswerComesTooLate() {
        ExecutionDescription waiting = start(TWO, SENT);
        succeed(token(0), "'a'");
        assertThatThrownBy(() -> succeed(token(0), "'other'"))
                .isInstanceOfSatisfying(
                        RequestException.class, e -> assertThat(e.error()).isEqualTo("TaskTimedOut"));

        engine.resume(waiting);

        assertTimedOut(token(0));
        succeed(token(1), "'b'");
        assertThat(engine.resume(waiting).output()).isEqualTo(TestEngine.json("['a', 'b']"));
        assertTimedOut(token(1));
    }

    @Test
    void aTokenOfAnEarlierAttemptIsWorthNothing() {
        ExecutionDescription waiting = ask(", 'Retry': [{'ErrorEquals': ['Again'], 'IntervalSeconds': 60}]");
        callbacks.sendTaskFailure(token(0), "Again", null);
        ExecutionDescription retried = engine.resume(waiting);
        now = now.plusSeconds(60);
        retried = engine.resume(retried);

        assertThat(token(1)).isNotEqualTo(token(0));
        assertTimedOut(token(0));
        succeed(token(1), "'second'");
        assertThat(engine.resume(retried).output()).isEqualTo(TestEngine.json("'second'"));
    }

    @Test
    void aForgedTokenIsRefused() {
        ask("");
        String token = token(0);
        String other = (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);

        for (String forged : new String[] {other, "", "x", token + "!", token.substring(0, 50), "A".repeat(100_000)}) {
            assertThatThrownBy(() -> succeed(forged, "1"))
                    .isInstanceOfSatisfying(
                            RequestException.class, e -> assertThat(e.error()).isEqualTo("InvalidToken"));
        }
    }

    @Test
    void aTokenOfAnExecutionThatIsGoneIsKnownAsSuch() {
        ask("");
        String token = token(0);
        TaskCallbacks elsewhere = new TaskCallbacks(
                new dev.reprise.journal.Journals(new InMemoryStore(), () -> now, new java.util.Random()),
                (executionArn, at) -> {},
                () -> now);

        assertThatThrownBy(() -> elsewhere.sendTaskHeartbeat(token))
                .isInstanceOfSatisfying(
                        RequestException.class, e -> assertThat(e.error()).isEqualTo("TaskDoesNotExist"));
    }

    @Test
    void aTaskTimesOutWhenNobodyAnswers() {
        ExecutionDescription waiting = ask(", 'TimeoutSeconds': 60");
        assertThat(waiting.wakeAt()).isEqualTo(now.plusSeconds(60));

        now = now.plusSeconds(60);

        assertThat(engine.resume(waiting).error()).isEqualTo("States.Timeout");
        assertTimedOut(token(0));
    }

    @Test
    void heartbeatsKeepATaskGoing() {
        ExecutionDescription waiting = ask(", 'HeartbeatSeconds': 60");
        now = now.plusSeconds(50);
        callbacks.sendTaskHeartbeat(token(0));
        assertThat(engine.wakeUps).hasSize(1);

        now = now.plusSeconds(10);
        waiting = engine.resume(waiting);
        assertThat(waiting.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(waiting.wakeAt()).isEqualTo(Instant.parse(NOON).plusSeconds(110));

        now = now.plusSeconds(50);
        ExecutionDescription ended = engine.resume(waiting);
        assertThat(ended.error()).isEqualTo("States.Timeout");
    }

    @Test
    void anAnswerThatComesBeforeTheRequestHasEndedDoesNotCutItOff() {
        TaskRunner answersItself = call -> Uni.createFrom().item(() -> {
            succeed(call.context().taskToken(), "'done'");
            return TestEngine.json("'sent'");
        });
        ExecutionDescription ended = start(ASK.formatted(""), answersItself);
        if (ended.status() == ExecutionStatus.RUNNING) {
            ended = engine.resume(ended);
        }

        assertThat(ended.output()).isEqualTo(TestEngine.json("'done'"));
        assertThat(engine.calls).hasSize(1);
    }

    @Test
    void anAnswerThatCameMeanwhileIsHeardBeforeTheTaskIsAskedForAgain() {
        engine = new TestEngine(
                store, ASK.formatted(""), call -> Uni.createFrom().nothing());
        callbacks = new TaskCallbacks(engine.journals, (executionArn, at) -> {}, InstantSource.system());
        ExecutionDescription cutOff = engine.start("{}", Duration.ofMillis(600));

        succeed(token(0), "'done'");

        assertThat(engine.resume(cutOff).output()).isEqualTo(TestEngine.json("'done'"));
        assertThat(engine.calls).hasSize(1);
    }

    @Test
    void aTokenIsWorthNothingWhenItsBranchWasGivenUpWhileTheExecutionSlept() {
        String twoThenWait = TWO.replace(
                "'Both': {'Type': 'Parallel', 'End': true,",
                "'Later': {'Type': 'Wait', 'Seconds': 3600, 'End': true}, 'Both': {'Type': 'Parallel', 'Catch':"
                        + " [{'ErrorEquals': ['States.ALL'], 'Next': 'Later'}], 'End': true,");
        ExecutionDescription waiting = start(twoThenWait, SENT);
        callbacks.sendTaskFailure(token(1), "Refused", null);

        assertThat(engine.resume(waiting).status()).isEqualTo(ExecutionStatus.RUNNING);

        assertTimedOut(token(0));
    }

    @Test
    void aTokenIsWorthNothingOnceItsBranchWasGivenUp() {
        ExecutionDescription waiting = start(
                "{'StartAt': 'Both', 'States': {'Later': {'Type': 'Wait', 'Seconds': 3600, 'End': true}, 'Both':"
                        + " {'Type': 'Parallel', 'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Later'}], 'End': true,"
                        + " 'Branches': [{'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource':"
                        + " 'task:ask.waitForTaskToken', 'End': true}}},{'StartAt': 'B', 'States': {'B': {'Type': 'Wait',"
                        + " 'Seconds': 60, 'Next': 'No'}, 'No': {'Type': 'Fail'}}}]}}}",
                SENT);
        now = now.plusSeconds(60);

        assertThat(engine.resume(waiting).status()).isEqualTo(ExecutionStatus.RUNNING);

        assertTimedOut(token(0));
    }

    @Test
    void anAnswerWakesAnExecutionWhoseOwnerDied() {
        ExecutionDescription waiting = ask("");
        engine.journals.open(ExecutionId.ofArn(waiting.executionArn()), new Lease("dies", now.plusSeconds(60)));
        now = now.plusSeconds(61);

        succeed(token(0), "'done'");

        assertThat(engine.wakeUps).containsExactly(new TestEngine.WakeUp(waiting.executionArn(), now));
        assertThat(engine.resume(waiting).output()).isEqualTo(TestEngine.json("'done'"));
    }

    @Test
    void aTaskTimesOutThoughRequestsTakeUpAllTheRoom() {
        RunnerSettings one = new RunnerSettings(
                1, Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofMillis(200), 10);
        engine = new TestEngine(
                store,
                ASK.formatted(", 'TimeoutSeconds': 1"),
                call -> Uni.createFrom().nothing(),
                one,
                InstantSource.system());

        assertThat(engine.start("{}").error()).isEqualTo("States.Timeout");
    }

    @Test
    void aJobIsDoneWhenTheMethodThatStandsForItAnswers() {
        ExecutionDescription ended = start(
                "{'StartAt': 'Run', 'States': {'Run': {'Type': 'Task', 'Resource':"
                        + " 'arn:aws:states:::ecs:runTask.sync', 'Parameters': {'TaskDefinition': 'report'}, 'End':"
                        + " true}}}",
                SENT);

        assertThat(ended.output()).isEqualTo(TestEngine.json("'sent'"));
    }

    @Test
    void aRequestThatFailsFailsTheTask() {
        ExecutionDescription ended = start(
                ASK.formatted(""), call -> Uni.createFrom().failure(new TaskException("NotSent", "no such address")));

        assertThat(ended.error()).isEqualTo("NotSent");
        assertTimedOut(token(0));
    }

    @Test
    void aWorkerPollsAnActivityAndAnswers() {
        ExecutionDescription waiting = start(PACK.formatted(""), SENT);
        assertThat(engine.calls).isEmpty();

        TaskCallbacks.ActivityTask task = callbacks.getActivityTask(PACK_ARN, "w1");
        assertThat(task.input()).isEqualTo(TestEngine.json("{}"));
        assertThat(callbacks.getActivityTask(PACK_ARN, "w2")).isNull();
        succeed(task.taskToken(), "'packed'");

        assertThat(engine.resume(waiting).output()).isEqualTo(TestEngine.json("'packed'"));
    }

    @Test
    void anActivitysTimeCountsFromWhenAWorkerTakesIt() {
        ExecutionDescription waiting = start(PACK.formatted(", 'TimeoutSeconds': 60"), SENT);
        assertThat(waiting.wakeAt()).isNull();
        now = now.plusSeconds(3_600);

        TaskCallbacks.ActivityTask task = callbacks.getActivityTask(PACK_ARN, "w1");
        waiting = engine.resume(waiting);
        assertThat(waiting.wakeAt()).isEqualTo(now.plusSeconds(60));

        now = now.plusSeconds(60);
        assertThat(engine.resume(waiting).error()).isEqualTo("States.Timeout");
        assertTimedOut(task.taskToken());
    }

    @Test
    void aTaskThatMustNotRunTwiceFailsWhenItsInvocationEnded() {
        String charge =
                "{'StartAt': 'Charge', 'States': {'Charge': {'Type': 'Task', 'Resource': 'task:charge', 'Reprise':"
                        + " {'Semantics': 'AT_MOST_ONCE_PER_RETRY'}, 'End': true}}}";
        TestEngine once = new TestEngine(store, charge, call -> Uni.createFrom().nothing());
        ExecutionDescription cutOff = once.start("{}", Duration.ofMillis(600));
        assertThat(once.calls).hasSize(1);

        ExecutionDescription ended = once.resume(cutOff);

        assertThat(ended.error()).isEqualTo("Reprise.TaskInterrupted");
        assertThat(once.calls).hasSize(1);
    }

    @Test
    void aTaskThatMustNotRunTwiceRunsOnce() {
        String charge =
                "{'StartAt': 'Charge', 'States': {'Charge': {'Type': 'Task', 'Resource': 'task:charge', 'Reprise':"
                        + " {'Semantics': 'AT_MOST_ONCE_PER_RETRY'}, 'End': true}}}";
        TestEngine once = new TestEngine(store, charge, SENT);

        assertThat(once.start("{}").output()).isEqualTo(TestEngine.json("'sent'"));
        assertThat(once.calls).hasSize(1);
    }
}
