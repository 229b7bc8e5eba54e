package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.NOON;
import static dev.reprise.journal.Fixtures.journals;
import static dev.reprise.journal.Fixtures.json;
import static dev.reprise.journal.Fixtures.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.asl.Resource;
import dev.reprise.asl.TaskSemantics;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TaskPattern;
import dev.reprise.execution.TaskPhase;
import dev.reprise.execution.TimerKind;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.RetryingStore;
import dev.reprise.journal.store.TransientStoreException;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.testing.InMemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two who change a waiting task at the same time, at every moment of either; and those who die on the way. */
class WaitingTasksRaceTest {

    private static final ExecutionId ID = new ExecutionId("orders", "one");
    private static final EffectId TASK = new EffectId(ScopePath.ROOT, 1);
    private static final Entry.OfEffect YES = new Entry.TaskSucceeded(TASK, NOON, json("'yes'"));
    private static final Entry.OfEffect NO = new Entry.TaskFailed(TASK, NOON, new StatesError("No", null));
    private static final Effect.RunTask ASKED = new Effect.RunTask(
            TASK,
            "Ask",
            Resource.parse("task:ask.waitForTaskToken"),
            TaskPattern.WAIT_FOR_TASK_TOKEN,
            TaskSemantics.AT_LEAST_ONCE_PER_RETRY,
            json("{}"),
            0,
            NOON,
            Duration.ofSeconds(1),
            null,
            null,
            TaskPhase.Requested.INSTANCE.submitted(NOON, null));

    /** As many requests as anything here makes. */
    private static final int MOST_REQUESTS = 8;

    private final InMemoryStore store = new InMemoryStore();
    private Journal owner;

    private void opened() {
        owner = start(store, "one").journal();
        journals(store).waitingTasks().announce(ID);
        journals(store).waitingTasks().open(ID, TASK);
    }

    private Head head() {
        return store.readHead(ID, new UnitMeter());
    }

    private List<Entry> inbox() {
        return owner.readInbox().stream().map(InboxFact::entry).toList();
    }

    @Test
    void oneOfTwoAnswersCounts() {
        List<String> ways = new ArrayList<>();
        for (int at = 1; at <= MOST_REQUESTS; at++) {
            WaitingTasksRaceTest race = new WaitingTasksRaceTest();
            race.opened();
            boolean[] other = new boolean[1];
            FaultyStore store = new FaultyStore(race.store)
                    .before(
                            at,
                            () -> other[0] = journals(race.store).waitingTasks().answer(race.head(), NO) != null);

            boolean first = journals(store).waitingTasks().answer(race.head(), YES) != null;

            List<Entry> inbox = race.inbox();
            assertThat(inbox).containsExactly(first ? YES : NO);
            ways.add(first ? "yes" : "no");
            assertThat(other[0]).isEqualTo(!first);
        }
        assertThat(ways).contains("yes", "no");
    }

    @Test
    void anAnswerThatWasTakenIsNotLostToATimeOut() {
        List<String> ways = new ArrayList<>();
        for (int at = 1; at <= MOST_REQUESTS; at++) {
            WaitingTasksRaceTest race = new WaitingTasksRaceTest();
            race.opened();
            WaitingTasks.TimeUp[] timeUp = new WaitingTasks.TimeUp[1];
            Runnable timeOut = () -> timeUp[0] = journals(race.store)
                    .waitingTasks()
                    .timeUp(ID, ASKED, TimerKind.TIMEOUT, NOON.plusSeconds(1), NOON.plusSeconds(1));
            FaultyStore store = new FaultyStore(race.store).before(at, timeOut);

            boolean taken = journals(store).waitingTasks().answer(race.head(), YES) != null;
            if (timeUp[0] == null) {
                timeOut.run();
            }

            assertThat(timeUp[0] instanceof WaitingTasks.TimeUp.Over).isEqualTo(!taken);
            assertThat(race.inbox()).hasSize(taken ? 1 : 0);
            ways.add(taken ? "answered" : "timed out");
        }
        assertThat(ways).contains("answered", "timed out");
    }

    @Test
    void oneOfTwoWorkersGetsATask() {
        for (int at = 1; at <= MOST_REQUESTS; at++) {
            WaitingTasksRaceTest race = new WaitingTasksRaceTest();
            race.owner = start(race.store, "one").journal();
            journals(race.store).waitingTasks().announce(ID);
            journals(race.store).waitingTasks().queue(ID, ASKED, "pack");
            List<WaitingTasks.TakenTask> given = new ArrayList<>();
            FaultyStore store = new FaultyStore(race.store)
                    .before(
                            at,
                            () -> given.add(journals(race.store).waitingTasks().take("pack", "w2", NOON)));

            given.add(journals(store).waitingTasks().take("pack", "w1", NOON));

            assertThat(given).filteredOn(taken -> taken != null).hasSize(1);
            // Both may tell that it was taken, but not that it was taken by different workers.
            assertThat(Set.copyOf(race.inbox())).hasSize(1);
        }
    }

    @Test
    void whoDiesWhileAnsweringHasNotAnsweredUntilTheAnswerIsSentAgain() {
        for (String request : List.of("readTask", "putTask", "putInboxItems", "countInbox")) {
            for (boolean carriedOut : new boolean[] {false, true}) {
                WaitingTasksRaceTest race = new WaitingTasksRaceTest();
                race.opened();
                FaultyStore dying = new FaultyStore(race.store);
                if (carriedOut) {
                    dying.losingAnswer(request, 1);
                } else {
                    dying.failing(request, 1);
                }
                assertThatThrownBy(() -> journals(dying).waitingTasks().answer(race.head(), YES))
                        .isInstanceOf(TransientStoreException.class);

                assertThat(journals(race.store).waitingTasks().answer(race.head(), YES))
                        .isNotNull();

                assertThat(Set.copyOf(race.inbox())).containsExactly(YES);
            }
        }
    }

    @Test
    void aRequestWhoseAnswerWasLostFindsItsOwnWork() {
        opened();
        FaultyStore lossy = new FaultyStore(store).losingAnswer("putTask", 1).losingAnswer("putTask", 3);
        WaitingTasks tasks = journals(new RetryingStore(lossy, new FakeSleeper(), new Random(1)))
                .waitingTasks();

        assertThat(tasks.heartbeat(ID, TASK, NOON)).isTrue();
        assertThat(tasks.answer(head(), YES)).isNotNull();

        assertThat(lossy.requests("putTask")).isEqualTo(4);
    }
}
