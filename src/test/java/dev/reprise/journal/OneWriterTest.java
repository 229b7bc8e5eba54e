package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.NOON;
import static dev.reprise.journal.Fixtures.all;
import static dev.reprise.journal.Fixtures.history;
import static dev.reprise.journal.Fixtures.journals;
import static dev.reprise.journal.Fixtures.json;
import static dev.reprise.journal.Fixtures.open;
import static dev.reprise.journal.Fixtures.start;
import static dev.reprise.journal.Fixtures.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.Outcome;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.FencedException;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.RetryingStore;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.testing.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two invocations that both believe they own an execution: one goes on, the other is fenced. */
class OneWriterTest {

    private static final ExecutionId ID = new ExecutionId("orders", "one");
    private static final Outcome FIRST = new Outcome.Succeeded(json("'first'"));
    private static final Outcome SECOND = new Outcome.Succeeded(json("'second'"));

    private final InMemoryStore store = new InMemoryStore();

    @Test
    void anOwnerWhoseLeaseWasTakenOverCannotFlush() {
        Journal first = start(store, "one").journal();
        all(open(store, "one"));
        first.append(succeeded(0));

        assertThatThrownBy(first::flush)
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("orders/one")
                .hasMessageContaining("segment 1");
        assertThat(history(store, "one")).hasSize(1);
    }

    @Test
    void norClose() {
        Journal first = start(store, "one").journal();
        all(open(store, "one"));
        first.append(succeeded(0));

        assertThatThrownBy(() -> first.close(FIRST, NOON)).isInstanceOf(FencedException.class);
        assertThat(journals(store).head(ID).status()).isEqualTo(ExecutionStatus.RUNNING);
    }

    @Test
    void norSuspend() {
        Journal first = start(store, "one").journal();
        all(open(store, "one"));

        assertThatThrownBy(() -> first.suspend(NOON, () -> json("{}"))).isInstanceOf(FencedException.class);
    }

    @Test
    void norReadTheInbox() {
        Journal first = start(store, "one").journal();
        all(open(store, "one"));

        assertThatThrownBy(first::readInbox).isInstanceOf(FencedException.class);
    }

    @Test
    void norTakeFactsOutOfTheInboxThatItDoesNotUnderstand() {
        FaultyStore slow = new FaultyStore(store);
        Journal first = start(slow, "one").journal();
        journals(store).inbox().put(ID, succeeded(0));
        List<Journal> second = new ArrayList<>();
        slow.before(slow.requests() + 2, () -> {
            second.add(Fixtures.replayed(open(store, "one")));
            journals(store).inbox().put(ID, succeeded(1));
        });
        List<InboxFact> facts = first.readInbox();
        assertThat(facts).hasSize(2);

        assertThatThrownBy(() -> first.taken(facts)).isInstanceOf(FencedException.class);

        assertThat(second.get(0).readInbox()).isEqualTo(facts);
    }

    @Test
    void aFencedJournalRefusesEveryFurtherCall() {
        Journal first = start(store, "one").journal();
        all(open(store, "one"));
        first.append(succeeded(0));
        assertThatThrownBy(first::flush).isInstanceOf(FencedException.class);

        assertThatThrownBy(() -> first.append(succeeded(1))).isInstanceOf(FencedException.class);
        assertThatThrownBy(first::flush).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> first.close(FIRST, NOON)).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> first.suspend(NOON, () -> json("{}"))).isInstanceOf(FencedException.class);
    }

    @Test
    void anOwnerThatIsOvertakenBeforeItHasPutItsMarkIsFenced() {
        start(store, "one");
        JournalReplay second = open(store, "one").replay();
        Journal third = Fixtures.replayed(open(store, "one"));
        third.append(succeeded(0));
        third.close(SECOND, NOON);

        assertThatThrownBy(() -> all(second))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("later owner");
        assertThat(history(store, "one")).hasSize(2);
    }

    @Test
    void anOwnerThatIsOvertakenWhileItReadsIsFencedThoughItNeedsNoMark() {
        start(store, "one").journal().suspend(NOON, () -> json("{}"));
        JournalReplay second = open(store, "one").replay();
        Journal third = Fixtures.replayed(open(store, "one"));

        assertThatThrownBy(() -> all(second)).isInstanceOf(FencedException.class);
        third.append(succeeded(0));
        third.flush();
    }

    /**
     * The later owner's mark is before the snapshot, and its last entries are in the head: nothing is left to come
     * upon.
     */
    @Test
    void anOwnerThatReadsFromALaterOwnersSnapshotOnIsFenced() {
        start(store, "one");
        FaultyStore slow = new FaultyStore(store);
        slow.before(2, () -> {
            Journal third = Fixtures.replayed(open(store, "one"));
            third.keep(json("{}"));
            third.append(succeeded(0));
            third.close(SECOND, NOON);
        });
        JournalReplay second = open(slow, "one").replay();
        List<Entry> before = history(store, "one");

        assertThatThrownBy(() -> all(second)).isInstanceOf(FencedException.class);

        assertThat(history(store, "one")).isEqualTo(before);
        assertThat(store.readSegments(ID, 1, new UnitMeter()).items()).allMatch(segment -> segment.resume() == 2);
    }

    @Test
    void theVerySameRequestRunningTwiceIsTwoWriters() {
        Journal first = start(store, "one").journal();
        Journal second = Fixtures.replayed(journals(store).open(ID, Fixtures.LEASE));

        assertThatThrownBy(() -> first.close(FIRST, NOON)).isInstanceOf(FencedException.class);
        second.close(SECOND, NOON);
        assertThat(journals(store).outcome(journals(store).head(ID))).isEqualTo(SECOND);
    }

    @Test
    void whatTheEarlierOwnerWroteBeforeTheMarkIsPartOfTheJournal() {
        Journal first = start(store, "one").journal();
        JournalReplay second = open(store, "one").replay();
        first.append(succeeded(0));
        first.flush();

        assertThat(all(second)).hasSize(2).last().isEqualTo(succeeded(0));

        first.append(succeeded(1));
        assertThatThrownBy(first::flush).isInstanceOf(FencedException.class);
        second.toItsEnd(entry -> {}).close(SECOND, NOON);
        assertThat(history(store, "one")).hasSize(2);
    }

    @Test
    void anOwnerThatGaveUpItsLeaseNeedsNoMark() {
        start(store, "one").journal().suspend(NOON, () -> json("{}"));
        Fixtures.replayed(open(store, "one"));

        assertThat(store.readSegments(ID, 1, new UnitMeter()).items()).isEmpty();
    }

    /**
     * One invocation appends, flushes and closes; a second takes over and does the same, all of it at once, just before
     * the first one's request number {@code at}. The first one's answers may be lost, so that it asks again. Whatever
     * the moment, one of them closes, the journal is what that one knows, and what the other was told is durable is in
     * it.
     */
    @Test
    void whateverTheMomentOneOfThemEndsTheExecution() {
        List<String> winners = new ArrayList<>();
        for (int at = 1; at <= 6; at++) {
            for (String lost : List.of("none", "putSegment", "close")) {
                winners.add(race(at, lost, true));
                winners.add(race(at, lost, false));
            }
        }
        assertThat(winners).contains("first", "second");
    }

    private static String race(int at, String lost, boolean secondFlushes) {
        InMemoryStore shared = new InMemoryStore();
        FaultyStore faulty = new FaultyStore(shared).losingAnswer(lost, 1);
        List<Entry> secondsJournal = new ArrayList<>();
        faulty.before(at, () -> {
            OpenOutcome outcome = openLater(shared);
            if (outcome instanceof OpenOutcome.Opened opened) {
                Journal second = opened.replay().toItsEnd(secondsJournal::add);
                secondsJournal.add(second.append(succeeded(100)));
                if (secondFlushes) {
                    second.flush();
                }
                secondsJournal.add(second.append(succeeded(101)));
                second.close(SECOND, NOON);
            }
        });
        List<Entry> firstsJournal = new ArrayList<>();
        List<Entry> durable = new ArrayList<>();
        boolean firstClosed;
        try {
            ExecutionStore retrying = new RetryingStore(faulty, FakeSleeper.of(), new java.util.Random(1));
            StartOutcome.Created created = start(retrying, "one");
            firstsJournal.add(created.started());
            Journal first = created.journal();
            firstsJournal.add(first.append(succeeded(0)));
            first.flush();
            durable.add(succeeded(0));
            firstsJournal.add(first.append(succeeded(1)));
            first.close(FIRST, NOON);
            firstClosed = true;
        } catch (FencedException e) {
            firstClosed = false;
        }
        Head head = journals(shared).head(ID);
        assertThat(journals(shared).outcome(head)).isEqualTo(firstClosed ? FIRST : SECOND);
        assertThat(history(shared, "one")).isEqualTo(firstClosed ? firstsJournal : secondsJournal);
        assertThat(history(shared, "one")).containsAll(durable);
        return firstClosed ? "first" : "second";
    }

    private static OpenOutcome openLater(ExecutionStore store) {
        java.time.Instant later = NOON.plusSeconds(1000);
        return new Journals(store, java.time.InstantSource.fixed(later), new java.util.Random())
                .open(ID, new Lease("request-2", later.plusSeconds(900)));
    }
}
