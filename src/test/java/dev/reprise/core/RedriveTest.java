package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.Provisions;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TimerKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * An execution that is redriven goes on from where it failed: what had succeeded stays, what was open is done again.
 */
class RedriveTest {

    private static final String TWO_TASKS = """
        {'StartAt': 'A', 'States': {
        'A': {'Type': 'Task', 'Resource': 'task:a', 'Next': 'B'},
        'B': {'Type': 'Task', 'Resource': 'task:b', 'End': true,
        'Retry': [{'ErrorEquals': ['Again'], 'IntervalSeconds': 1, 'MaxAttempts': 1}]}}}\
        """;

    @Test
    void theFailedStateRunsAgainWithItsInput() {
        Scripted run =
                Scripted.of(TWO_TASKS).start("{}").succeeded("/:1", "'of a'").failed("/:2", "Oops");
        assertThat(run.outcome()).isEqualTo("failed Oops: because");

        run.redriven();

        assertThat(run.outcome()).isNull();
        assertThat(run.effects()).containsExactly("run /:3 task:b \"of a\"");
        assertThat(run.succeeded("/:3", "'of b'").outcome()).isEqualTo("succeeded \"of b\"");
    }

    @Test
    void retriesAreCountedAnew() {
        Scripted run = Scripted.of(TWO_TASKS)
                .start("{}")
                .succeeded("/:1", "{}")
                .failed("/:2", "Again")
                .fired("/:3", TimerKind.RETRY)
                .failed("/:4", "Again");
        assertThat(run.outcome()).isEqualTo("failed Again: because");

        run.redriven();

        assertThat(run.effects()).containsExactly("run /:5 task:b {}");
        assertThat(run.failed("/:5", "Again").openEffects())
                .hasSize(1)
                .first()
                .asString()
                .contains("RETRY");
    }

    @Test
    void itMayFailAndBeRedrivenManyTimes() {
        Scripted run = Scripted.of(TWO_TASKS)
                .start("{}")
                .failed("/:1", "One")
                .redriven()
                .failed("/:2", "Two");
        assertThat(run.outcome()).isEqualTo("failed Two: because");

        run.redriven();
        assertThat(run.effects()).containsExactly("run /:3 task:a {}");
        run.succeeded("/:3", "{}").failed("/:4", "Three");

        assertThat(run.redriven().effects()).containsExactly("run /:5 task:b {}");
    }

    @Test
    void aFailStateFailsAgain() {
        Scripted run = Scripted.of("""
            {'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'Next': 'F'}, 'F': {'Type': 'Fail', 'Error': 'Oops'}}}\
            """).start("{}");

        assertThat(run.redriven().effects()).containsExactly("failed Oops: null");
        assertThat(run.redriven().effects()).containsExactly("failed Oops: null");
        assertThat(run.eventTypes())
                .containsExactly(
                        HistoryEventType.ExecutionStarted,
                        HistoryEventType.PassStateEntered,
                        HistoryEventType.PassStateExited,
                        HistoryEventType.FailStateEntered,
                        HistoryEventType.ExecutionFailed,
                        HistoryEventType.ExecutionRedriven,
                        HistoryEventType.ExecutionFailed,
                        HistoryEventType.ExecutionRedriven,
                        HistoryEventType.ExecutionFailed);
    }

    @Test
    void oneThatWasStoppedDoesAgainWhatItWaitedFor() {
        Scripted run = Scripted.of(TWO_TASKS).start("{}").succeeded("/:1", "{}").stopped("Enough", null);

        assertThat(run.redriven().effects()).containsExactly("run /:3 task:b {}");
    }

    @Test
    void oneThatTimedOutHasAllItsTimeAgain() {
        Scripted run = Scripted.of("""
            {'TimeoutSeconds': 60, 'StartAt': 'S', 'States': {'S': {'Type': 'Task', 'Resource': 'task:t', 'End': true}}}\
            """).start("{}").fired("/:0", TimerKind.TIMEOUT);

        run.redriven();

        assertThat(run.openEffects()).containsExactly("timer /:0 TIMEOUT 1970-01-01T00:01:02Z", "run /:2 task:t {}");
    }

    @Test
    void aWaitBeginsAnewUnlessItsTimeHasCome() {
        Scripted seconds =
                Scripted.ofState("'Type': 'Wait', 'Seconds': 10").start("{}").stopped(null, null);
        Scripted time = Scripted.ofState("'Type': 'Wait', 'Timestamp': '1970-01-01T00:00:02Z'")
                .start("{}")
                .stopped(null, null);

        assertThat(seconds.redriven().effects()).containsExactly("timer /:2 WAIT 1970-01-01T00:00:12Z");
        assertThat(time.redriven().effects()).containsExactly("succeeded {}");
    }

    @Test
    void itemsThatSucceededKeepTheirResults() {
        Scripted run =
                map("").start("[1, 2, 3]").succeeded("/Each[1]:1", "'two'").failed("/Each[2]:1", "Oops");
        assertThat(run.outcome()).isEqualTo("failed Oops: because");

        run.redriven();

        assertThat(run.effects()).containsExactly("run /Each[0]:2 task:work 1", "run /Each[2]:2 task:work 3");
        assertThat(run.succeeded("/Each[2]:2", "'three'")
                        .succeeded("/Each[0]:2", "'one'")
                        .outcome())
                .isEqualTo("succeeded [\"one\",\"two\",\"three\"]");
    }

    @Test
    void anItemGoesOnFromItsFailedState() {
        Scripted run =
                Scripted.of("""
                    {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true, 'ItemProcessor': {'StartAt': 'A', 'States': {
                    'A': {'Type': 'Task', 'Resource': 'task:a', 'Assign': {'x.$': '$'}, 'Next': 'B'},
                    'B': {'Type': 'Task', 'Resource': 'task:b', 'Parameters': {'x.$': '$x', 'in.$': '$'}, 'End': true}}}}}}\
                    """).start("[1]").succeeded("/Each[0]:1", "'a'").failed("/Each[0]:2", "Oops");

        assertThat(run.redriven().effects()).containsExactly("run /Each[0]:3 task:b {\"x\":\"a\",\"in\":\"a\"}");
    }

    @Test
    void aScopeThatAskedForMillionsOfEffectsUsesNoNumberAgain() {
        Program program = Scripted.compile(Scripted.state("'Type': 'Task', 'Resource': 'task:t'"));
        Interpreter first = new Interpreter(program, Scripted.IDENTITY, InterpreterLimits.DEFAULT, null);
        Entry.Started started = new Entry.Started(Instant.EPOCH, Scripted.json("{}"));
        first.apply(started);
        first.advance();
        ObjectNode snapshot = (ObjectNode) first.snapshot();
        ((ObjectNode) snapshot.path("root")).put("step", 3_000_000_000L);
        Interpreter far = Interpreter.restore(
                program, Scripted.IDENTITY, InterpreterLimits.DEFAULT, Provisions.NONE, started, snapshot);

        // Whoever died may have asked for more than the journal tells.
        List<Entry> entries = List.of(
                new Entry.Interrupted(far.transitions(), new Entry.GivenUp(Instant.EPOCH, new StatesError("E", null))),
                new Entry.Redriven(Instant.EPOCH, 1));
        for (Entry entry : entries) {
            InterruptionTest.replay(far, entry);
        }
        List<Effect> effects = far.advance();

        assertThat(effects).hasSize(1);
        assertThat(effects.get(0).id()).hasToString("/:1099511627777");
    }

    @Test
    void itemsThatNeverStartedStartInTheirTurn() {
        Scripted run = map("'MaxConcurrency': 1,").start("[1, 2, 3]").failed("/Each[0]:1", "Oops");

        run.redriven();
        assertThat(run.effects()).containsExactly("run /Each[0]:2 task:work 1");
        assertThat(run.succeeded("/Each[0]:2", "1").effects())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("run /Each[1]:");
    }

    @Test
    void aFailureThatWasToleratedBeforeTheEndIsRunAgainFromTheItemsStart() {
        Scripted run = map("'ToleratedFailureCount': 1, 'MaxConcurrency': 2,")
                .start("[1, 2, 3, 4]")
                .failed("/Each[0]:1", "One")
                .succeeded("/Each[1]:1", "2")
                .failed("/Each[2]:1", "Two");
        assertThat(run.outcome()).startsWith("failed States.ExceedToleratedFailureThreshold");

        run.redriven();

        // Item 2 goes on, and so does 3, which was aborted; that is as many as may run at once.
        assertThat(run.effects()).containsExactly("run /Each[2]:2 task:work 3", "run /Each[3]:2 task:work 4");
        Scripted restored = run.restored();
        for (Scripted each : List.of(run, restored)) {
            assertThat(each.succeeded("/Each[3]:2", "4").effects())
                    .containsExactly("run /Each[0]:1099511627777 task:work 1");
            assertThat(each.succeeded("/Each[0]:1099511627777", "1").outcome()).isNull();
            assertThat(each.succeeded("/Each[2]:2", "3").outcome()).isEqualTo("succeeded [1,2,3,4]");
        }
    }

    /** Whoever carried it on could not work out that the failure was the end. */
    @Test
    void anExecutionThatWasGivenUpBehindItsEndGoesOnFromBeforeIt() {
        Scripted run = Scripted.ofState("'Type': 'Task', 'Resource': 'task:work'")
                .start("1")
                .failed("/:1", "Oops")
                .givenUp("Lost");

        run.redriven();

        assertThat(run.effects()).containsExactly("run /:2 task:work 1");
        assertThat(run.succeeded("/:2", "2").outcome()).isEqualTo("succeeded 2");
    }

    @Test
    void aMapWhoseResultIsWrongRunsWhole() {
        Scripted run = map("'ResultSelector': {'x.$': '$.none'},")
                .start("[1, 2]")
                .succeeded("/Each[0]:1", "1")
                .succeeded("/Each[1]:1", "2");
        assertThat(run.outcome()).startsWith("failed States.");

        assertThat(run.redriven().effects())
                .containsExactly(
                        "run /Each#2[0]:1099511627777 task:work 1", "run /Each#2[1]:1099511627777 task:work 2");
    }

    @Test
    void branchesThatSucceededKeepTheirResults() {
        Scripted run = nested().start("[1, 2]");
        assertThat(run.effects()).hasSize(3);
        run.succeeded("/Both[0]:1", "'a'")
                .succeeded("/Both[1]/Each[0]:1", "'one'")
                .failed("/Both[1]/Each[1]:1", "Oops");
        assertThat(run.outcome()).isEqualTo("failed Oops: because");

        run.redriven();

        assertThat(run.effects()).containsExactly("run /Both[1]/Each[1]:2 task:work 2");
        assertThat(run.succeeded("/Both[1]/Each[1]:2", "'two'").outcome())
                .isEqualTo("succeeded [\"a\",[\"one\",\"two\"]]");
    }

    @Test
    void whatWasAbortedWithinGoesOnToo() {
        Scripted run = nested().start("[1, 2]");
        run.succeeded("/Both[1]/Each[0]:1", "'one'").failed("/Both[0]:1", "Oops");

        assertThat(run.redriven().effects())
                .containsExactly("run /Both[0]:2 task:a [1,2]", "run /Both[1]/Each[1]:2 task:work 2");
    }

    @Test
    void anErrorThatWasCaughtIsNotRedriven() {
        Scripted run = Scripted.of("""
            {'StartAt': 'A', 'States': {
            'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true, 'Catch': [{'ErrorEquals': ['States.ALL'], 'ResultPath': null, 'Next': 'B'}]},
            'B': {'Type': 'Task', 'Resource': 'task:b', 'End': true}}}\
            """).start("{}").failed("/:1", "Caught").failed("/:2", "Oops");

        assertThat(run.redriven().effects()).containsExactly("run /:3 task:b {}");
    }

    @Test
    void aLoopThatWasStoppedGoesOnInItsTurn() {
        Interpreter live =
                new Interpreter(InterruptionTest.ENDLESS, Scripted.IDENTITY, new InterpreterLimits(1_000, 1), null);
        live.apply(InterruptionTest.STARTED);
        for (int i = 0; i < 100; i++) {
            live.advance();
        }
        String stoodAt = whereItStands(live);
        Entry stop = new Entry.Interrupted(live.transitions(), InterruptionTest.stopped());
        Entry redriven = new Entry.Redriven(stop.at().plusSeconds(1), 1);
        Interpreter replayed =
                new Interpreter(InterruptionTest.ENDLESS, Scripted.IDENTITY, new InterpreterLimits(1_000, 7), null);
        for (Entry entry : List.of(InterruptionTest.STARTED, stop, redriven)) {
            InterruptionTest.replay(replayed, entry);
        }

        assertThat(replayed.outcome()).isNull();
        assertThat(replayed.hasWork()).isTrue();
        assertThat(whereItStands(replayed)).isEqualTo(stoodAt);
    }

    /** All of the state, but for the numbers of its effects. */
    private static String whereItStands(Interpreter execution) {
        return execution.snapshot().path("root").toString().replaceAll(",?\"(step|begunAt)\":\\d+", "");
    }

    /** The process that worked first, and died, had come further than the one that was told of the stop. */
    @Test
    void whatWasAskedForBeforeAnInterruptionIsAskedForUnderAnotherNumber() {
        Program program = Scripted.compile("""
            {'StartAt': 'A', 'States': {
            'A': {'Type': 'Pass', 'Next': 'B'},
            'B': {'Type': 'Task', 'Resource': 'task:b', 'End': true}}}\
            """);
        Entry started = new Entry.Started(Instant.EPOCH, Scripted.json("{}"));
        Interpreter first = new Interpreter(program, Scripted.IDENTITY, InterpreterLimits.DEFAULT, null);
        first.apply(started);
        while (first.hasWork()) {
            first.advance();
        }
        EffectId asked = first.openEffects().get(0).id();

        Interpreter second = new Interpreter(program, Scripted.IDENTITY, InterpreterLimits.DEFAULT, null);
        Entry stop = new Entry.Interrupted(1, InterruptionTest.stopped());
        for (Entry entry : List.of(started, stop, new Entry.Redriven(stop.at(), 1))) {
            InterruptionTest.replay(second, entry);
        }
        while (second.hasWork()) {
            second.advance();
        }

        assertThat(second.openEffects())
                .hasSize(1)
                .first()
                .satisfies(task -> assertThat(task.id()).isNotEqualTo(asked));
    }

    @Test
    void theContextTellsOfIt() {
        Scripted run = Scripted.ofState("""
            'Type': 'Task', 'Resource': 'task:a', 'Parameters': {'e.$': '$$.Execution', 's.$': '$$.State'}\
            """).start("{}").failed("/:1", "Oops");
        assertThat(run.effects())
                .first()
                .asString()
                .contains("\"RedriveCount\":0")
                .doesNotContain("RedriveTime");

        assertThat(run.redriven().effects())
                .first()
                .asString()
                .contains(
                        "\"StartTime\":\"1970-01-01T00:00:00.000Z\"",
                        "\"RedriveCount\":1",
                        "\"RedriveTime\":\"1970-01-01T00:00:02.000Z\"",
                        "\"EnteredTime\":\"1970-01-01T00:00:00.000Z\"",
                        "\"RetryCount\":0");
    }

    @Test
    void theHistoryGoesOnFromTheStateThatWasEntered() {
        Scripted run = Scripted.of(TWO_TASKS)
                .start("{}")
                .succeeded("/:1", "{}")
                .failed("/:2", "Oops")
                .redriven()
                .succeeded("/:3", "{}");

        assertThat(run.chain())
                .containsExactly(
                        "ExecutionStarted 0",
                        "TaskStateEntered 0",
                        "TaskScheduled 2",
                        "TaskStarted 3",
                        "TaskSucceeded 4",
                        "TaskStateExited 5",
                        "TaskStateEntered 6",
                        "TaskScheduled 7",
                        "TaskStarted 8",
                        "TaskFailed 9",
                        "ExecutionFailed 10",
                        "ExecutionRedriven 11",
                        "TaskScheduled 7",
                        "TaskStarted 13",
                        "TaskSucceeded 14",
                        "TaskStateExited 15",
                        "ExecutionSucceeded 16");
        assertThat(run.details(HistoryEventType.ExecutionRedriven)).isEqualTo("{\"redriveCount\":1}");
    }

    @Test
    void afterASnapshotItIsTheSame() {
        Scripted run = map("").start("[1, 2, 3]")
                .succeeded("/Each[1]:1", "'two'")
                .failed("/Each[2]:1", "Oops")
                .redriven();
        run.effects();
        Scripted restored = run.restored();

        assertThat(restored.openEffects()).isEqualTo(run.openEffects());
        assertThat(restored.succeeded("/Each[2]:2", "3")
                        .succeeded("/Each[0]:2", "1")
                        .outcome())
                .isEqualTo("succeeded [1,\"two\",3]");
    }

    @Test
    void oneThatSucceededOrWasRedrivenAsOftenIsNot() {
        Scripted succeeded = Scripted.ofState("'Type': 'Pass'").start("{}");
        Scripted failed = Scripted.of("{'StartAt': 'F', 'States': {'F': {'Type': 'Fail'}}}")
                .start("{}");

        assertThat(succeeded.interpreter().expects(redrive(1))).isFalse();
        assertThat(failed.interpreter().expects(redrive(1))).isTrue();
        assertThat(failed.redriven().interpreter().expects(redrive(1))).isFalse();
        assertThatThrownBy(() -> failed.interpreter().replay(redrive(2)))
                .hasMessage("A redrive of an execution whose end was not led up to by advanceTo");
    }

    private static Entry redrive(int count) {
        return new Entry.Redriven(Instant.ofEpochSecond(100), count);
    }

    private static Scripted map(String fields) {
        return Scripted.of("""
            {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', %s 'End': true, 'ItemProcessor': {
            'StartAt': 'W', 'States': {'W': {'Type': 'Task', 'Resource': 'task:work', 'End': true}}}}}}\
            """.formatted(fields));
    }

    private static Scripted nested() {
        return Scripted.of("""
            {'StartAt': 'Both', 'States': {'Both': {'Type': 'Parallel', 'End': true, 'Branches': [
            {'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}},
            {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true, 'ItemProcessor': {
            'StartAt': 'W', 'States': {'W': {'Type': 'Task', 'Resource': 'task:work', 'End': true}}}}}}]}}}\
            """);
    }
}
