package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.NOON;
import static dev.reprise.journal.Fixtures.journals;
import static dev.reprise.journal.Fixtures.json;
import static dev.reprise.journal.Fixtures.noise;
import static dev.reprise.journal.Fixtures.open;
import static dev.reprise.journal.Fixtures.start;
import static dev.reprise.journal.Fixtures.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.Outcome;
import dev.reprise.journal.store.DueExecution;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.testing.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How facts from other invocations reach an execution's owner. */
class InboxTest {

    private static final ExecutionId ID = new ExecutionId("orders", "one");
    private static final Entry STOP = new Entry.Stopped(NOON, "Why", "because");

    private final InMemoryStore store = new InMemoryStore();

    @Test
    void theOwnerFindsWhatOthersPut() {
        Journal journal = start(store, "one").journal();
        assertThat(journal.readInbox()).isEmpty();

        assertThat(journals(store).inbox().put(ID, STOP)).isEqualTo(new Inbox.Delivery.Owned());

        List<InboxFact> facts = journal.readInbox();
        assertThat(facts).extracting(InboxFact::entry).containsExactly(STOP);
        journal.append(facts.get(0).entry());
        journal.flush();
        journal.taken(facts);
        assertThat(journal.readInbox()).isEmpty();
    }

    /** With little time left, hundreds of them must not take three requests each. */
    @Test
    void manyFactsThatAreLeftTogetherTakeFewRequestsAndKeepTheirOrder() {
        FaultyStore counting = new FaultyStore(store);
        Journal journal = start(store, "one").journal();
        List<Entry> facts = IntStream.range(0, 300)
                .mapToObj(i -> (Entry) new Entry.TaskStarted(EffectId.parse("/Each[" + i + "]:1"), NOON, null))
                .toList();

        assertThat(journals(counting).inbox().put(ID, facts)).isEqualTo(new Inbox.Delivery.Owned());

        assertThat(counting.requests()).isEqualTo(1 + 300 / 25 + 1);
        assertThat(journal.readInbox()).extracting(InboxFact::entry).isEqualTo(facts);
    }

    @Test
    void anOwnerThatHasNotReadAFactKeepsItsLease() {
        Journal journal = start(store, "one").journal();
        journals(store).inbox().put(ID, STOP);

        assertThat(journal.suspend(NOON, () -> json("{}"))).isFalse();

        journal.taken(journal.readInbox());
        assertThat(journal.suspend(NOON, () -> json("{}"))).isTrue();
    }

    @Test
    void anExecutionThatNobodyRunsIsToBeWoken() {
        start(store, "one").journal().suspend(null, () -> json("{}"));

        assertThat(journals(store).inbox().put(ID, STOP)).isEqualTo(new Inbox.Delivery.WakeNow());

        assertThat(journals(store).due(NOON, 10)).extracting(DueExecution::id).containsExactly(ID);
        Journal journal = Fixtures.replayed(open(store, "one"));
        assertThat(journal.suspend(null, () -> json("{}"))).isFalse();
        assertThat(journal.readInbox()).extracting(InboxFact::entry).containsExactly(STOP);
    }

    @Test
    void aFactIsDeletedOnlyOnceWhatCameOfItIsDurable() {
        Journal journal = start(store, "one").journal();
        journals(store).inbox().put(ID, STOP);
        List<InboxFact> facts = journal.readInbox();
        journal.append(facts.get(0).entry());

        assertThatThrownBy(() -> journal.taken(facts)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClosedExecutionTakesNothing() {
        start(store, "one").journal().close(new Outcome.TimedOut(), NOON);

        assertThat(journals(store).inbox().put(ID, STOP)).isInstanceOf(Inbox.Delivery.Closed.class);
        assertThat(journals(store).inbox().put(new ExecutionId("orders", "none"), STOP))
                .isEqualTo(new Inbox.Delivery.Unknown());
    }

    @Test
    void anExecutionThatEverHadAnInboxIsLeftToTheSweeper() {
        Journal journal = start(store, "one").journal();
        journals(store).inbox().put(ID, STOP);

        journal.close(new Outcome.TimedOut(), NOON);

        assertThat(store.expired(NOON.plusSeconds(15 * 24 * 3600), 10, new UnitMeter()))
                .hasSize(1);
    }

    @Test
    void aLargeFactArrivesWhole() {
        Journal journal = start(store, "one").journal();
        Entry large = succeeded(0, noise(1_000_000, 1));
        journals(store).inbox().put(ID, large);

        assertThat(journal.readInbox()).extracting(InboxFact::entry).containsExactly(large);
    }

    @Test
    void factsComeInTheOrderOfTheirTime() {
        Journal journal = start(store, "one").journal();
        List<Entry> put = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            java.time.Instant at = NOON.plusMillis(i);
            put.add(succeeded(i));
            new Inbox(store, java.time.InstantSource.fixed(at), new java.util.Random(i)).put(ID, put.get(i));
        }

        assertThat(journal.readInbox()).extracting(InboxFact::entry).isEqualTo(put);
    }

    /**
     * A fact is put while the owner goes to sleep, at every moment of either. Either the owner sees it, or the one who
     * put it is told to wake the execution.
     */
    @Test
    void noWakeUpIsLost() {
        List<String> ways = new ArrayList<>();
        for (int at = 1; at <= 4; at++) {
            ways.add(suspendDuringPut(at));
            ways.add(putDuringSuspend(at));
        }
        assertThat(ways).contains("owner", "woken");
    }

    private static String suspendDuringPut(int at) {
        InMemoryStore shared = new InMemoryStore();
        Journal journal = start(shared, "one").journal();
        boolean[] asleep = {false};
        FaultyStore putters = new FaultyStore(shared).before(at, () -> asleep[0] = fallsAsleep(journal));

        Inbox.Delivery delivery = journals(putters).inbox().put(ID, STOP);

        return reached(shared, journal, asleep[0], delivery);
    }

    private static String putDuringSuspend(int at) {
        InMemoryStore shared = new InMemoryStore();
        Inbox.Delivery[] delivery = {null};
        FaultyStore owners = new FaultyStore(shared);
        Journal journal = start(owners, "one").journal();
        owners.before(
                owners.requests() + at,
                () -> delivery[0] = journals(shared).inbox().put(ID, STOP));

        boolean asleep = fallsAsleep(journal);

        if (delivery[0] == null) {
            delivery[0] = journals(shared).inbox().put(ID, STOP);
        }
        return reached(shared, journal, asleep, delivery[0]);
    }

    /** Reads the inbox, and suspends if there is nothing in it. */
    private static boolean fallsAsleep(Journal journal) {
        return journal.readInbox().isEmpty() && journal.suspend(null, () -> json("{}"));
    }

    private static String reached(ExecutionStore shared, Journal journal, boolean asleep, Inbox.Delivery delivery) {
        if (asleep) {
            assertThat(delivery).isEqualTo(new Inbox.Delivery.WakeNow());
            assertThat(journals(shared).due(NOON, 1)).hasSize(1);
            return "woken";
        }
        // The owner is awake: it has seen the fact already, or does before it can suspend.
        boolean suspended = journal.suspend(null, () -> json("{}"));
        if (!suspended) {
            assertThat(journal.readInbox()).hasSize(1);
        }
        return "owner";
    }
}
