package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.NOON;
import static dev.reprise.journal.Fixtures.execution;
import static dev.reprise.journal.Fixtures.json;
import static dev.reprise.journal.Fixtures.noise;
import static dev.reprise.journal.Fixtures.open;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.asl.TaskSemantics;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TaskPattern;
import dev.reprise.execution.TaskPhase;
import dev.reprise.execution.TimerKind;
import dev.reprise.journal.store.Caller;
import dev.reprise.journal.store.DueExecution;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.UnitMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tasks that somebody outside answers, on any store. */
abstract class WaitingTasksContract {

    private static final ExecutionId ID = new ExecutionId("orders", "one");
    private static final EffectId TASK = new EffectId(ScopePath.ROOT.child("Ask", 1, 3), 1);
    private static final Entry.OfEffect YES = new Entry.TaskSucceeded(TASK, NOON, json("'yes'"));
    private static final Entry.OfEffect NO = new Entry.TaskFailed(TASK, NOON, new StatesError("No", null));

    private final ExecutionStore store = newStore();
    private final WaitingTasks tasks = tasks(store, NOON);
    private final Journal owner = started();

    abstract ExecutionStore newStore();

    private static WaitingTasks tasks(ExecutionStore store, Instant now) {
        return new Journals(store, InstantSource.fixed(now), new Random()).waitingTasks();
    }

    private Journal started() {
        Journals journals = Fixtures.journals(store);
        return ((StartOutcome.Created) journals.start(execution("one", json("{}")))).journal();
    }

    private Head head() {
        return store.readHead(ID, new UnitMeter());
    }

    private static Effect.RunTask task(
            EffectId id,
            TaskPattern pattern,
            @Nullable Duration timeout,
            @Nullable Duration heartbeat,
            JsonNode input) {
        return new Effect.RunTask(
                id,
                "Ask",
                Resource.parse("arn:aws:states:us-east-1:111111111111:activity:pack"),
                pattern,
                TaskSemantics.AT_LEAST_ONCE_PER_RETRY,
                input,
                0,
                NOON,
                timeout,
                heartbeat,
                null,
                TaskPhase.Requested.INSTANCE.submitted(NOON, null));
    }

    private static Effect.RunTask callback(@Nullable Duration timeout, @Nullable Duration heartbeat) {
        return task(TASK, TaskPattern.WAIT_FOR_TASK_TOKEN, timeout, heartbeat, json("{}"));
    }

    private static Effect.RunTask activity(@Nullable Duration timeout, JsonNode input) {
        return task(TASK, TaskPattern.ACTIVITY, timeout, null, input);
    }

    private void opened() {
        tasks.announce(ID);
        tasks.open(ID, TASK);
    }

    private List<Entry> inbox() {
        return owner.readInbox().stream().map(InboxFact::entry).toList();
    }

    // ---- answers

    @Test
    void anAnswerReachesTheOwner() {
        opened();

        assertThat(tasks.answer(head(), YES)).isEqualTo(new Inbox.Delivery.Owned());

        assertThat(inbox()).containsExactly(YES);
    }

    @Test
    void anAnswerToASuspendedExecutionWakesIt() {
        opened();
        owner.readInbox();
        owner.suspend(null, () -> json("{}"));

        assertThat(tasks.answer(head(), YES)).isEqualTo(new Inbox.Delivery.WakeNow());

        assertThat(store.due(NOON, 1, new UnitMeter())).hasSize(1);
    }

    @Test
    void aLargeAnswerArrivesWhole() {
        opened();
        Entry.OfEffect large = new Entry.TaskSucceeded(TASK, NOON, noise(1_000_000, 1));

        tasks.answer(head(), large);

        assertThat(inbox()).containsExactly(large);
    }

    @Test
    void theFirstAnswerCounts() {
        opened();
        tasks.answer(head(), YES);

        assertThat(tasks.answer(head(), NO)).isNull();
        assertThat(inbox()).containsExactly(YES);
    }

    @Test
    void whoRepeatsAnAnswerIsToldThatItWasTakenUntilTheOwnerHasSeenIt() {
        opened();
        tasks.answer(head(), YES);

        assertThat(tasks.answer(head(), later(YES))).isNotNull();
    }

    private static Entry.OfEffect later(Entry.OfEffect entry) {
        return (Entry.OfEffect) entry.movedTo(NOON.plusSeconds(5));
    }

    @Test
    void whatTheOwnerHasForgottenIsAnsweredNoMore() {
        opened();
        tasks.answer(head(), YES);

        tasks.forget(ID, List.of(TASK));

        assertThat(tasks.answer(head(), YES)).isNull();
        assertThat(tasks.heartbeat(ID, TASK, NOON)).isFalse();
    }

    /**
     * By an owner that was overtaken and has not heard of it, or by a request that was given up and arrives after all.
     */
    @Test
    void whatTheOwnerHasForgottenCannotBeOpenedAnew() {
        opened();
        EffectId neverOpened = new EffectId(ScopePath.ROOT, TASK.step() + 1);
        tasks.forget(ID, List.of(TASK, neverOpened));

        tasks.open(ID, TASK);
        tasks.open(ID, neverOpened);

        assertThat(tasks.answer(head(), YES)).isNull();
        assertThat(tasks.heartbeat(ID, neverOpened, NOON)).isFalse();
        assertThat(tasks.known(ID)).isEmpty();
    }

    @Test
    void whatWasNeverOpenedCannotBeAnswered() {
        assertThat(tasks.answer(head(), YES)).isNull();
        assertThat(tasks.heartbeat(ID, TASK, NOON)).isFalse();
    }

    @Test
    void openingATaskAgainLeavesItsAnswer() {
        opened();
        tasks.answer(head(), YES);

        tasks.open(ID, TASK);

        assertThat(tasks.answer(head(), NO)).isNull();
    }

    @Test
    void anEndedExecutionTakesNoAnswer() {
        opened();
        Head before = head();
        owner.close(new Outcome.TimedOut(), NOON);

        assertThat(tasks.answer(before, YES)).isInstanceOf(Inbox.Delivery.Closed.class);
    }

    @Test
    void anExecutionThatEverOpenedATaskIsLeftToTheSweeper() {
        opened();

        owner.close(new Outcome.TimedOut(), NOON);

        assertThat(store.expired(NOON.plus(Duration.ofDays(15)), 1, new UnitMeter()))
                .hasSize(1);
    }

    @Test
    void aTaskDeepInANestHasAPlaceToo() {
        ScopePath deep = ScopePath.ROOT;
        for (int i = 0; i < 30; i++) {
            deep = deep.child(
                    "a state whose name is as long as AWS allows a name to be, which is eighty in all ....", 1, i);
        }
        EffectId task = new EffectId(deep, 2);
        tasks.announce(ID);
        tasks.open(ID, task);

        assertThat(tasks.answer(head(), new Entry.TaskSucceeded(task, NOON, json("1"))))
                .isNotNull();
    }

    @Test
    void manyTasksAreForgottenAtOnce() {
        List<EffectId> many = java.util.stream.IntStream.range(0, 60)
                .mapToObj(i -> new EffectId(ScopePath.ROOT.child("Ask", 1, i), 1))
                .toList();
        many.forEach(task -> tasks.open(ID, task));

        tasks.forget(ID, many);

        assertThat(many).noneMatch(task -> tasks.heartbeat(ID, task, NOON));
    }

    @Test
    void whatAnOwnerThatDiedHadNoTimeToForgetIsForgottenLater() {
        opened();
        EffectId over = new EffectId(ScopePath.ROOT, TASK.step() + 1);
        tasks.open(ID, over);

        EffectId later = new EffectId(ScopePath.ROOT, TASK.step() + 2);
        List<EffectId> known = tasks.known(ID);
        tasks.open(ID, later);
        assertThat(known).containsExactlyInAnyOrder(TASK, over);

        tasks.forget(ID, List.of(over));

        assertThat(tasks.heartbeat(ID, over, NOON)).isFalse();
        assertThat(tasks.heartbeat(ID, TASK, NOON)).isTrue();
        assertThat(tasks.heartbeat(ID, later, NOON)).isTrue();
        assertThat(tasks.known(ID)).containsExactlyInAnyOrder(TASK, later);
    }

    // ---- executions

    @Test
    void aTaskKnowsTheExecutionThatDoesItUntilItIsAnswered() {
        String child = "arn:aws:states:us-east-1:123456789012:execution:child:one";
        EffectId nested = new EffectId(ScopePath.ROOT, TASK.step() + 1);
        opened();
        tasks.open(ID, nested, child);
        assertThat(tasks.child(ID, TASK)).isNull();
        assertThat(tasks.child(ID, nested)).isEqualTo(child);
        assertThat(tasks.children(ID)).isEqualTo(Map.of(nested, child));

        tasks.answer(head(), new Entry.TaskSucceeded(nested, NOON, json("1")));

        assertThat(tasks.child(ID, nested)).isNull();
        assertThat(tasks.children(ID)).isEmpty();
    }

    // ---- time

    @Test
    void aTaskWhoseTimeIsUpIsAnsweredNoMore() {
        opened();

        assertThat(tasks.timeUp(ID, callback(Duration.ofSeconds(1), null), TimerKind.TIMEOUT, NOON, NOON))
                .isEqualTo(new WaitingTasks.TimeUp.Over());

        assertThat(tasks.answer(head(), YES)).isNull();
        assertThat(tasks.heartbeat(ID, TASK, NOON)).isFalse();
    }

    @Test
    void aTaskThatWasAnsweredDoesNotTimeOut() {
        opened();
        tasks.answer(head(), YES);

        assertThat(tasks.timeUp(
                        ID,
                        callback(Duration.ofSeconds(1), null),
                        TimerKind.TIMEOUT,
                        NOON.plusSeconds(1),
                        NOON.plusSeconds(1)))
                .isEqualTo(new WaitingTasks.TimeUp.Answered());
    }

    @Test
    void anAnswerThatIsNotUnderWayAfterAMinuteIsLostAndAnsweringAgainComesTooLate() {
        opened();
        tasks.answer(head(), YES);

        assertThat(tasks.timeUp(
                        ID,
                        callback(Duration.ofSeconds(1), null),
                        TimerKind.TIMEOUT,
                        NOON.plusSeconds(60),
                        NOON.plusSeconds(60)))
                .isEqualTo(new WaitingTasks.TimeUp.Over());

        assertThat(tasks.answer(head(), YES)).isNull();
    }

    @Test
    void aHeartbeatKeepsATaskGoing() {
        Effect.RunTask task = callback(null, Duration.ofSeconds(10));
        opened();
        assertThat(tasks.heartbeat(ID, TASK, NOON.plusSeconds(4))).isTrue();
        assertThat(tasks.heartbeat(ID, TASK, NOON.plusSeconds(7))).isTrue();

        assertThat(tasks.timeUp(ID, task, TimerKind.HEARTBEAT, NOON.plusSeconds(10), NOON.plusSeconds(10)))
                .isEqualTo(new WaitingTasks.TimeUp.Heard(NOON.plusSeconds(7)));
        assertThat(tasks.timeUp(ID, task, TimerKind.HEARTBEAT, NOON.plusSeconds(17), NOON.plusSeconds(17)))
                .isEqualTo(new WaitingTasks.TimeUp.Over());
    }

    @Test
    void noHeartbeatMovesTheTimeOut() {
        Effect.RunTask task = callback(Duration.ofSeconds(20), Duration.ofSeconds(10));
        opened();
        tasks.heartbeat(ID, TASK, NOON.plusSeconds(19));

        assertThat(tasks.timeUp(ID, task, TimerKind.TIMEOUT, NOON.plusSeconds(20), NOON.plusSeconds(20)))
                .isEqualTo(new WaitingTasks.TimeUp.Over());
    }

    @Test
    void aHeartbeatWakesNobody() {
        opened();
        owner.readInbox();
        owner.suspend(null, () -> json("{}"));

        tasks.heartbeat(ID, TASK, NOON);

        assertThat(store.due(NOON, 1, new UnitMeter())).isEmpty();
    }

    // ---- activities

    @Test
    void aWorkerGetsTheTaskThatHasWaitedLongest() {
        tasks.announce(ID);
        EffectId second = new EffectId(ScopePath.ROOT, 2);
        tasks.queue(ID, task(second, TaskPattern.ACTIVITY, null, null, json("2")), "pack");
        tasks.queue(ID, requestedEarlier(activity(null, json("1"))), "pack");

        assertThat(tasks.take("pack", "w1", NOON).input()).isEqualTo(json("1"));
        assertThat(tasks.take("pack", "w2", NOON).input()).isEqualTo(json("2"));
        assertThat(tasks.take("pack", "w1", NOON)).isNull();
    }

    private static Effect.RunTask requestedEarlier(Effect.RunTask task) {
        return new Effect.RunTask(
                task.id(),
                task.state(),
                task.resource(),
                task.pattern(),
                task.semantics(),
                task.input(),
                0,
                NOON.minusSeconds(1),
                null,
                null,
                null,
                TaskPhase.Requested.INSTANCE.submitted(NOON, null));
    }

    @Test
    void eachActivityHasItsOwnQueue() {
        tasks.announce(ID);
        tasks.queue(ID, activity(null, json("1")), "pack");

        assertThat(tasks.take("send", null, NOON)).isNull();
        assertThat(tasks.take("pack", null, NOON).task()).isEqualTo(TASK);
    }

    @Test
    void aLargeInputReachesTheWorkerWhole() {
        JsonNode large = noise(1_000_000, 2);
        tasks.announce(ID);
        tasks.queue(ID, activity(null, large), "pack");

        assertThat(tasks.take("pack", null, NOON).input()).isEqualTo(large);
    }

    @Test
    void aTaskThatIsQueuedAgainGoesToNoSecondWorker() {
        tasks.announce(ID);
        tasks.queue(ID, activity(null, json("1")), "pack");
        tasks.take("pack", "w1", NOON);

        tasks.queue(ID, activity(null, json("1")), "pack");

        assertThat(tasks.take("pack", "w2", NOON)).isNull();
    }

    @Test
    void theBoundsOfATaskAreTheReasonToTellThatItWasTakenAtOnce() {
        tasks.announce(ID);
        tasks.queue(ID, activity(Duration.ofSeconds(60), json("1")), "pack");

        assertThat(tasks.take("pack", "w1", NOON).delivery()).isEqualTo(new Inbox.Delivery.Owned());

        assertThat(inbox()).containsExactly(new Entry.TaskStarted(TASK, NOON, "w1"));
    }

    @Test
    void thatATaskWithoutBoundsWasTakenIsToldWithItsResult() {
        tasks.announce(ID);
        tasks.queue(ID, activity(null, json("1")), "pack");

        assertThat(tasks.take("pack", "w1", NOON).delivery()).isNull();
        tasks.answer(head(), later(YES));

        assertThat(inbox()).containsExactly(new Entry.TaskStarted(TASK, NOON, "w1"), later(YES));
    }

    @Test
    void aTaskOfAnExecutionThatHasEndedIsNotGivenOut() {
        tasks.announce(ID);
        tasks.queue(ID, activity(null, json("1")), "pack");
        owner.close(new Outcome.TimedOut(), NOON);

        assertThat(tasks.take("pack", "w1", NOON)).isNull();
    }

    @Test
    void aTaskThatNobodyWaitsForAnyMoreIsNotGivenOut() {
        tasks.announce(ID);
        tasks.queue(ID, activity(null, json("1")), "pack");
        tasks.forget(ID, List.of(TASK));
        assertThat(tasks.take("pack", "w1", NOON)).isNull();

        tasks.queue(ID, activity(null, json("1")), "pack");
        assertThat(store.tasks().queued("pack", "", 1, new UnitMeter())).isEmpty();
    }

    @Test
    void aTaskThatIsTakenOutOfTheQueueIsNotGivenOut() {
        tasks.announce(ID);
        tasks.queue(ID, activity(null, json("1")), "pack");

        tasks.unqueue(ID, activity(null, json("1")), "pack");

        assertThat(tasks.take("pack", "w1", NOON)).isNull();
    }

    @Test
    void aLongQueueIsWorkedOff() {
        tasks.announce(ID);
        for (int i = 0; i < 25; i++) {
            EffectId task = new EffectId(ScopePath.ROOT.child("Pack", 1, i), 1);
            tasks.queue(ID, task(task, TaskPattern.ACTIVITY, null, null, json("" + i)), "pack");
            if (i < 23) {
                tasks.forget(ID, List.of(task));
            }
        }

        assertThat(tasks.take("pack", null, NOON)).isNotNull();
        assertThat(tasks.take("pack", null, NOON)).isNotNull();
        assertThat(tasks.take("pack", null, NOON)).isNull();
    }

    // ---- a head's part

    @Test
    void whoAwaitsAnExecutionStandsInItsHead() {
        Caller caller = new Caller(
                "arn:aws:states:us-east-1:123456789012:execution:orders:one", NOON, TASK, Caller.Awaits.JSON);
        NewExecution child = execution("child", json("{}"));
        Fixtures.journals(store)
                .submit(new NewExecution(
                        child.identity(),
                        child.input(),
                        child.definitionHash(),
                        child.definition(),
                        NOON,
                        child.retention(),
                        true,
                        caller,
                        null));

        Head head = store.readHead(child.id(), new UnitMeter());
        assertThat(head.beginning().caller()).isEqualTo(caller);
        assertThat(head.beginning().tokenSecret()).hasSize(43);
        assertThat(head.lease()).isNull();
        assertThat(store.due(NOON, 10, new UnitMeter()))
                .extracting(DueExecution::id)
                .containsExactly(child.id());
        assertThat(Fixtures.all(open(store, "child"))).hasSize(1);
    }
}
