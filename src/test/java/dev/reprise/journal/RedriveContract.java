package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.NOON;
import static dev.reprise.journal.Fixtures.all;
import static dev.reprise.journal.Fixtures.history;
import static dev.reprise.journal.Fixtures.journals;
import static dev.reprise.journal.Fixtures.json;
import static dev.reprise.journal.Fixtures.noise;
import static dev.reprise.journal.Fixtures.start;
import static dev.reprise.journal.Fixtures.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.StatesError;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.DueExecution;
import dev.reprise.journal.store.Ending;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Redrive;
import dev.reprise.journal.store.RetryingStore;
import dev.reprise.journal.store.UnitMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** On every store: an execution that is closed goes on, and nothing of it is lost, whatever happens meanwhile. */
abstract class RedriveContract {

    private static final ExecutionId ID = new ExecutionId("orders", "one");
    private static final Outcome FAILED = new Outcome.Failed(new StatesError("Oops", "because"));
    private static final Instant LATER = NOON.plusSeconds(100);
    private static final Lease REDRIVER = new Lease("redriver", LATER.plusSeconds(900));
    private static final Entry REDRIVEN = new Entry.Redriven(LATER, 1);

    private final ExecutionStore store = new AlwaysDue(newStore());

    abstract ExecutionStore newStore();

    private static Head head(ExecutionStore store) {
        return Objects.requireNonNull(journals(store).head(ID));
    }

    private static OpenOutcome redrive(ExecutionStore on, Head closed) {
        return switch (journals(on).redrive(closed, REDRIVER, LATER)) {
            case OpenOutcome.Redriven redriven -> redriven.opening().get();
            case OpenOutcome.HeldByOther held -> held;
            case OpenOutcome.AlreadyClosed ended -> ended;
            case OpenOutcome.Unknown unknown -> unknown;
        };
    }

    private static OpenOutcome.Opened redriven(ExecutionStore on) {
        return (OpenOutcome.Opened) redrive(on, head(on));
    }

    /** One that ended with three entries in its head, and nothing else. */
    private static void fail(ExecutionStore on) {
        Journal journal = start(on, "one", json("{'order': 17}")).journal();
        journal.append(succeeded(0));
        journal.append(succeeded(1));
        journal.append(succeeded(2));
        journal.close(FAILED, NOON.plusSeconds(1));
    }

    @Test
    void itRunsAgainWithAllItsEntries() {
        fail(store);
        List<Entry> before = history(store, "one");

        OpenOutcome.Opened redriven = redriven(store);

        assertThat(redriven.head().status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(redriven.head().redrive()).isEqualTo(new Redrive(1, LATER));
        assertThat(head(store)).isEqualTo(redriven.head());
        assertThat(redriven.input()).isEqualTo(json("{'order': 17}"));
        assertThat(all(redriven)).isEqualTo(before).hasSize(4);
        Fixtures.replayed(redriven).append(REDRIVEN);
        Fixtures.replayed(redriven).append(succeeded(3));
        Fixtures.replayed(redriven).close(new Outcome.Succeeded(json("'done'")), LATER.plusSeconds(1));
        assertThat(history(store, "one"))
                .startsWith(before.toArray(Entry[]::new))
                .hasSize(6)
                .contains(REDRIVEN);
        assertThat(head(store).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(head(store).redrives()).isEqualTo(1);
    }

    @Test
    void itMayBeRedrivenAgainAndAgain() {
        fail(store);
        for (int count = 1; count <= 3; count++) {
            OpenOutcome.Opened redriven = redriven(store);
            assertThat(redriven.head().redrives()).isEqualTo(count);
            assertThat(all(redriven)).hasSize(3 + count);
            Fixtures.replayed(redriven).append(new Entry.Redriven(LATER, count));
            Fixtures.replayed(redriven).close(FAILED, LATER);
        }
        assertThat(history(store, "one")).hasSize(7);
    }

    @Test
    void longEntriesAndSnapshotsAreWhereTheyWere() {
        Journal journal = start(store, "one", noise(400_000, 1)).journal();
        journal.append(succeeded(0, noise(500_000, 2)));
        journal.flush();
        journal.keep(json("{'at': 2}"));
        journal.append(succeeded(1));
        journal.close(new Outcome.Failed(new StatesError("Oops", "x".repeat(300_000))), NOON);

        OpenOutcome.Opened redriven = redriven(store);

        assertThat(redriven.input()).isEqualTo(noise(400_000, 1));
        assertThat(redriven.snapshot()).isEqualTo(json("{'at': 2}"));
        assertThat(all(redriven)).containsExactly(succeeded(1));
        assertThat(history(store, "one")).hasSize(3).contains(succeeded(0, noise(500_000, 2)));
    }

    @Test
    void ofTwoAtOnceOneWins() {
        fail(store);
        Head closed = head(store);

        assertThat(redrive(store, closed)).isInstanceOf(OpenOutcome.Opened.class);
        assertThat(redrive(store, closed)).isEqualTo(new OpenOutcome.HeldByOther(REDRIVER.until()));
        assertThat(head(store).redrives()).isEqualTo(1);
    }

    @Test
    void whoComesWhenItHasEndedAgainChangesNothing() {
        fail(store);
        Head closed = head(store);
        Journal journal = Fixtures.replayed(redriven(store));
        journal.append(REDRIVEN);
        journal.close(FAILED, LATER);

        assertThat(redrive(store, closed)).isInstanceOf(OpenOutcome.AlreadyClosed.class);
        assertThat(history(store, "one")).hasSize(5);
    }

    @Test
    void aStopThatCameTooLateDoesNotStopIt() {
        Journal journal = start(store, "one").journal();
        journals(store).inbox().put(ID, new Entry.Stopped(NOON, null, null));
        journal.close(FAILED, NOON);

        Journal redriven = Fixtures.replayed(redriven(store));

        assertThat(redriven.readInbox()).isEmpty();
        journals(store).inbox().put(ID, new Entry.Stopped(LATER, "Now", null));
        assertThat(redriven.readInbox()).hasSize(1);
    }

    @Test
    void whoComesSecondTakesNothingAwayThatTheFirstWasTold() {
        fail(store);
        Head closed = head(store);
        List<OpenOutcome.Opened> first = new ArrayList<>();
        FaultyStore second = new FaultyStore(store).before(1, () -> {
            first.add(redriven(store));
            journals(store).inbox().put(ID, new Entry.Stopped(LATER, "Now", null));
        });

        assertThat(redrive(second, closed)).isInstanceOf(OpenOutcome.HeldByOther.class);

        assertThat(Fixtures.replayed(first.get(0)).readInbox())
                .extracting(InboxFact::entry)
                .containsExactly(new Entry.Stopped(LATER, "Now", null));
    }

    @Test
    void whatIsPutWhileItIsRedrivenIsForItAsItGoesOn() {
        for (int request = 1; request <= 3; request++) {
            ExecutionStore fresh = new AlwaysDue(newStore());
            Journal journal = start(fresh, "one").journal();
            List<OpenOutcome.Opened> redriven = new ArrayList<>();
            FaultyStore putters = new FaultyStore(fresh).before(request, () -> {
                journal.close(FAILED, NOON);
                redriven.add(redriven(fresh));
            });

            Inbox.Delivery delivery = journals(putters).inbox().put(ID, new Entry.Stopped(LATER, "Now", null));

            assertThat(delivery).isEqualTo(new Inbox.Delivery.Owned());
            assertThat(Fixtures.replayed(redriven.get(0)).readInbox()).hasSize(1);
        }
    }

    @Test
    void nothingOfItExpiresWhileItRunsAgain() {
        fail(store);
        redriven(store);

        Journals muchLater = new Journals(store, InstantSource.fixed(NOON.plus(Duration.ofDays(10_000))), new Random());
        assertThat(muchLater.head(ID)).isNotNull();
        assertThat(muchLater.expired().find(10)).isEmpty();
        assertThat(muchLater.due(LATER.plusSeconds(1_000), 10)).containsExactly(new DueExecution(ID, REDRIVER.until()));
    }

    @Test
    void itIsDeletedItsRetentionAfterItsNewEnd() {
        fail(store);
        Journal journal = Fixtures.replayed(redriven(store));
        journal.append(REDRIVEN);
        journal.close(FAILED, LATER);

        Instant over = LATER.plus(Duration.ofDays(14)).plus(ExpiredExecutions.MARGIN);
        Journals then = new Journals(store, InstantSource.fixed(over), new Random());
        assertThat(then.expired().find(10)).containsExactly(ID);
        assertThat(then.expired().delete(ID, 1_000).complete()).isTrue();
        assertThat(store.readItemKeys(ID, "", new UnitMeter()).items()).isEmpty();
    }

    @Test
    void theAnswerToItMayBeLost() {
        fail(store);
        for (int time = 1; time <= 2; time++) {
            FaultyStore faulty = new FaultyStore(store).losingAnswer("replaceClosed", time);
            OpenOutcome outcome = redrive(new RetryingStore(faulty, new FakeSleeper(), new Random(1)), head(store));
            assertThat(outcome).isInstanceOf(OpenOutcome.Opened.class);
            Journal journal = Fixtures.replayed(outcome);
            journal.append(new Entry.Redriven(LATER, time));
            journal.close(FAILED, LATER);
        }
        assertThat(history(store, "one")).hasSize(6);
    }

    @Test
    void whereverItDiesItIsClosedOrRunsAndNothingIsLost() {
        boolean diedAtAll = true;
        for (int request = 1; diedAtAll; request++) {
            ExecutionStore fresh = new AlwaysDue(newStore());
            fail(fresh);
            List<Entry> before = history(fresh, "one");
            diedAtAll = diesAt(request, fresh);

            assertThat(history(fresh, "one")).isEqualTo(before);
            OpenOutcome.Opened opened = head(fresh).ending() == null ? resumed(fresh) : redriven(fresh);
            assertThat(opened.head().redrive()).isEqualTo(new Redrive(1, LATER));
            assertThat(all(opened)).isEqualTo(before);
            Fixtures.replayed(opened).append(REDRIVEN);
            Fixtures.replayed(opened).close(FAILED, LATER);
            assertThat(history(fresh, "one")).hasSize(5).last().isEqualTo(REDRIVEN);
        }
    }

    private static boolean diesAt(int request, ExecutionStore on) {
        Head closed = head(on);
        FaultyStore dying = new FaultyStore(on).before(request, () -> {
            throw new IllegalStateException("killed");
        });
        try {
            redrive(dying, closed);
            return false;
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("killed");
            return true;
        }
    }

    /** By whoever finds it when the redriver's lease is over. */
    private static OpenOutcome.Opened resumed(ExecutionStore on) {
        Instant then = REDRIVER.until().plusSeconds(1);
        return (OpenOutcome.Opened) new Journals(on, InstantSource.fixed(then), new Random())
                .open(ID, new Lease("resumer", then.plusSeconds(900)));
    }

    @Test
    void aStoreReplacesOnlyTheHeadThatIsMeant() {
        fail(store);
        Head closed = head(store);
        Head another = closed.closed(
                new Ending(ExecutionStatus.FAILED, NOON.plusSeconds(2), null, null), closed.progress(), false);
        UnitMeter meter = new UnitMeter();

        assertThat(store.replaceClosed(another, another.shared(), meter)).isInstanceOf(ConditionalWrite.Refused.class);
        assertThat(head(store).dueAt()).isNull();
        assertThat(store.replaceClosed(closed, closed.shared(), meter)).isInstanceOf(ConditionalWrite.Made.class);
        assertThat(head(store).dueAt()).isEqualTo(NOON.plusSeconds(1).plus(Duration.ofDays(14)));
        Head running = start(store, "two").head();
        assertThat(store.replaceClosed(running.closed(another.ending(), closed.progress(), false), running, meter))
                .isEqualTo(new ConditionalWrite.Refused<>(running));
    }
}
