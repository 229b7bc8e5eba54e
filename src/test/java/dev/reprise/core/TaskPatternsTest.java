package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.asl.Resource;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.Effect;
import dev.reprise.execution.Entry;
import dev.reprise.execution.TaskPattern;
import dev.reprise.execution.TaskPhase;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks that others do: what is told of them on the way to their result. */
class TaskPatternsTest {

    private static final String ACTIVITY =
            "'Type': 'Task', 'Resource': 'arn:aws:states:us-east-1:111111111111:activity:pack', 'TimeoutSeconds': 60,"
                    + " 'HeartbeatSeconds': 10";
    private static final String CALLBACK =
            "'Type': 'Task', 'Resource': 'task:ask.waitForTaskToken', 'HeartbeatSeconds': 10";
    private static final String AT_MOST_ONCE =
            "'Type': 'Task', 'Resource': 'task:charge', 'Reprise': {'Semantics': 'AT_MOST_ONCE_PER_RETRY'}";

    @ParameterizedTest
    @CsvSource({
        "task:charge, REQUEST_RESPONSE",
        "task:ask.waitForTaskToken, WAIT_FOR_TASK_TOKEN",
        "arn:aws:states:::lambda:invoke, REQUEST_RESPONSE",
        "arn:aws:states:::lambda:invoke.waitForTaskToken, WAIT_FOR_TASK_TOKEN",
        "arn:aws:states:::aws-sdk:sqs:sendMessage.waitForTaskToken, WAIT_FOR_TASK_TOKEN",
        "arn:aws:states:::states:startExecution, REQUEST_RESPONSE",
        "arn:aws:states:::states:startExecution.sync:2, RUN_A_JOB",
        "arn:aws:states:us-east-1:111111111111:activity:pack, ACTIVITY",
        "arn:aws:lambda:us-east-1:111111111111:function:charge, REQUEST_RESPONSE"
    })
    void theResourceSaysWhenATaskIsOver(String resource, TaskPattern pattern) {
        assertThat(TaskPattern.of(Resource.parse(resource))).isEqualTo(pattern);
    }

    @Test
    void aProgramKnowsWhetherAnyOfItsTasksNeedsAToken() {
        String map = "{'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'End': true, 'ItemProcessor': {'StartAt': 'P',"
                + " 'States': {'P': {'Type': 'Parallel', 'End': true, 'Branches': [{'StartAt': 'T', 'States':"
                + " {'T': {'Type': 'Task', 'Resource': '%s', 'End': true}}}]}}}}}}";

        assertThat(Scripted.compile(map.formatted("task:ask")).isAnsweredFromOutside())
                .isFalse();
        assertThat(Scripted.compile(map.formatted("task:ask.waitForTaskToken")).isAnsweredFromOutside())
                .isTrue();
    }

    @Test
    void aTaskThatWasTakenOnGoesOnUntilItsResultComes() {
        Scripted run = Scripted.ofState(CALLBACK).start("{}").submitted("/:1", "'sent'");

        assertThat(task(run).phase().submission())
                .isEqualTo(new TaskPhase.Submitted(Instant.ofEpochSecond(1), TextNode.valueOf("sent"), null));
        assertThat(run.outcome()).isNull();
        assertThat(run.succeeded("/:1", "'yes'").outcome()).isEqualTo("succeeded \"yes\"");
        assertThat(run.eventTypes())
                .containsSequence(
                        HistoryEventType.TaskStarted, HistoryEventType.TaskSubmitted, HistoryEventType.TaskSucceeded);
    }

    @Test
    void theBoundsOfACallbackCountFromWhenItWasTakenOn() {
        Scripted run = Scripted.ofState(CALLBACK).start("{}");
        assertThat(task(run).boundsFrom()).isNull();

        run.submitted("/:1", "'sent'");

        assertThat(heartbeatAt(run)).isEqualTo(Instant.ofEpochSecond(11));
        assertThat(task(run.restored())).isEqualTo(task(run));
    }

    private static Instant boundsFrom(Scripted run) {
        return Objects.requireNonNull(task(run).boundsFrom());
    }

    private static Instant heartbeatAt(Scripted run) {
        return task(run).heartbeatAt(boundsFrom(run));
    }

    @Test
    void aHeartbeatRestartsItsBoundAndLeavesNoEvent() {
        Scripted run = Scripted.ofState(CALLBACK).start("{}").submitted("/:1", "'sent'");
        int events = run.eventTypes().size();

        run.heard("/:1", Instant.ofEpochSecond(7));

        assertThat(heartbeatAt(run)).isEqualTo(Instant.ofEpochSecond(17));
        assertThat(task(run.restored())).isEqualTo(task(run));
        assertThat(run.eventTypes()).hasSize(events);
    }

    @Test
    void theBoundsOfAnActivityCountFromWhenAWorkerTakesIt() {
        Scripted run = Scripted.ofState(ACTIVITY).start("{}").submitted("/:1", null);
        assertThat(task(run).boundsFrom()).isNull();

        run.begun("/:1", "w1");

        assertThat(task(run).timeoutAt(boundsFrom(run))).isEqualTo(Instant.ofEpochSecond(62));
        assertThat(heartbeatAt(run)).isEqualTo(Instant.ofEpochSecond(12));
        assertThat(task(run.restored())).isEqualTo(task(run));
    }

    @Test
    void theHistoryShowsWhoTookAnActivity() {
        Scripted run = Scripted.ofState(ACTIVITY)
                .start("{}")
                .submitted("/:1", null)
                .begun("/:1", "w1")
                .succeeded("/:1", "1");

        assertThat(run.eventTypes())
                .containsSequence(
                        HistoryEventType.TaskStateEntered,
                        HistoryEventType.ActivityScheduled,
                        HistoryEventType.ActivityStarted,
                        HistoryEventType.ActivitySucceeded,
                        HistoryEventType.TaskStateExited);
        assertThat(run.details(HistoryEventType.ActivityStarted)).isEqualTo("{\"workerName\":\"w1\"}");
    }

    @Test
    void aWorkerMayTakeAnActivityBeforeItIsKnownToBeQueued() {
        Scripted run = Scripted.ofState(ACTIVITY)
                .start("{}")
                .begun("/:1", "w1")
                .submitted("/:1", null)
                .failed("/:1", "Broken");

        assertThat(run.eventTypes())
                .containsSubsequence(
                        HistoryEventType.ActivityScheduled,
                        HistoryEventType.ActivityStarted,
                        HistoryEventType.ActivityFailed)
                .doesNotHaveDuplicates();
    }

    @Test
    void aTaskIsKnownToBeBegunOnlyOnce() {
        Scripted activity = Scripted.ofState(ACTIVITY).start("{}").begun("/:1", "w1");
        assertThat(activity.interpreter().expects(begun("/:1"))).isFalse();

        Scripted charge =
                Scripted.ofState("'Type': 'Task', 'Resource': 'task:charge'").start("{}");
        assertThat(charge.interpreter().expects(begun("/:1"))).isTrue();
        assertThat(charge.begun("/:1", null).interpreter().expects(begun("/:1")))
                .isFalse();
    }

    @Test
    void aTaskThatMustNotRunTwiceRemembersThatItWasBegun() {
        Scripted run = Scripted.ofState(AT_MOST_ONCE).start("{}");
        assertThat(task(run).isInterrupted()).isFalse();

        run.begun("/:1", null);

        assertThat(task(run).isInterrupted()).isTrue();
        assertThat(task(run.restored()).isInterrupted()).isTrue();
        assertThat(run.succeeded("/:1", "1").outcome()).isEqualTo("succeeded 1");
        assertThat(run.eventTypes()).doesNotHaveDuplicates();
    }

    private static Entry begun(String effect) {
        return new Entry.TaskStarted(Scripted.id(effect), Instant.EPOCH, null);
    }

    private static Effect.RunTask task(Scripted run) {
        return (Effect.RunTask) run.interpreter().openEffects().get(0);
    }
}
