package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.NOON;
import static dev.reprise.journal.Fixtures.all;
import static dev.reprise.journal.Fixtures.json;
import static dev.reprise.journal.Fixtures.noise;
import static dev.reprise.journal.Fixtures.open;
import static dev.reprise.journal.Fixtures.start;
import static dev.reprise.journal.Fixtures.succeeded;
import static dev.reprise.journal.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.journal.store.TransientStoreException;
import dev.reprise.testing.InMemoryStore;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SnapshotTest {

    private static final JsonNode STATE = json("{'state': 'Charge', 'variables': {'n': 17}}");

    private final InMemoryStore store = new InMemoryStore();

    @Test
    void aResumeReadsOnlyWhatCameAfterIt() {
        Journal journal = start(store, "one").journal();
        flushed(journal, 0, 1000);
        assertThat(journal.snapshot(STATE)).isTrue();
        flushed(journal, 1000, 1003);
        journal.suspend(NOON, SnapshotTest::noSnapshot);

        OpenOutcome.Opened opened = open(store, "one");

        assertThat(opened.snapshot()).isEqualTo(STATE);
        assertThat(all(opened)).containsExactly(succeeded(1000), succeeded(1001), succeeded(1002));
        assertThat(Fixtures.replayed(opened).position()).isEqualTo(1004);
    }

    @Test
    void itIsFoundEvenWhenTheOwnerDiedBeforeItSaidWhere() {
        Journal journal = start(store, "one").journal();
        flushed(journal, 0, 1000);
        journal.snapshot(STATE);
        flushed(journal, 1000, 1001);

        OpenOutcome.Opened opened = open(store, "one");

        assertThat(opened.snapshot()).isEqualTo(STATE);
        assertThat(all(opened)).containsExactly(succeeded(1000));
    }

    @Test
    void oneThatIsNotWholeIsPassedOver() {
        Journal journal =
                start(new FaultyStore(store).failing("putChunk", 4), "one").journal();
        flushed(journal, 0, 20_000);
        assertThat(journal.snapshot(STATE)).isTrue();
        flushed(journal, 20_000, 80_000);
        // Two chunks, of which the second is the fourth chunk ever, after that of the definition.
        assertThatThrownBy(() -> journal.snapshot(noise(500_000, 1))).isInstanceOf(TransientStoreException.class);

        OpenOutcome.Opened opened = open(store, "one");

        assertThat(opened.snapshot()).isEqualTo(STATE);
        assertThat(all(opened)).hasSize(60_000);
    }

    @Test
    void aLargeOneIsReadWhole() {
        JsonNode large = noise(1_000_000, 1);
        Journal journal = start(store, "one").journal();
        flushed(journal, 0, 80_000);
        assertThat(journal.snapshot(large)).isTrue();

        assertThat(open(store, "one").snapshot()).isEqualTo(large);
    }

    @Test
    void oneThatWeighsTooMuchIsNotWritten() {
        Journal journal = start(store, "one").journal();
        flushed(journal, 0, 1000);
        double before = journal.consumed().write();

        assertThat(journal.snapshot(text(60_000))).isFalse();

        assertThat(journal.consumed().write()).isEqualTo(before);
        assertThat(journal.snapshotDue()).isFalse();
        assertThat(open(store, "one").snapshot()).isNull();
    }

    @Test
    void aStateThatJsonDoesNotCarryWholeIsNotWritten() {
        Journal journal = start(store, "one").journal();
        flushed(journal, 0, 1000);

        assertThat(journal.snapshot(JsonNodeFactory.instance.textNode("half a character: \ud83d")))
                .isFalse();
    }

    @Test
    void nothingMayBePending() {
        Journal journal = start(store, "one").journal();
        journal.append(succeeded(0));

        assertThatThrownBy(() -> journal.snapshot(STATE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theFewEntriesOfAShortExecutionAreNotWorthOne() {
        Journal journal = start(store, "one").journal();
        flushed(journal, 0, 10);

        assertThat(journal.snapshotDue()).isFalse();
        journal.suspend(NOON, SnapshotTest::noSnapshot);
    }

    /** A loop that suspends at every turn, as one that polls does. */
    @Test
    void aLoopThatSuspendsReadsLittleAndWritesLittle() {
        Journal journal = start(store, "one").journal();
        int longest = 0;
        for (int turn = 0; turn < 500; turn++) {
            journal.append(succeeded(turn));
            journal.suspend(NOON, () -> STATE);
            OpenOutcome.Opened opened = open(store, "one");
            longest = Math.max(longest, all(opened).size());
            journal = Fixtures.replayed(opened);
        }
        assertThat(longest).isLessThan(40);
        // A turn is a segment, a suspension and a resume with their index entries: 7 units.
        assertThat(journal.consumed().write()).isLessThan(500 * 7.2);
    }

    /**
     * The interpreter's state grows with the results of a Map, so it weighs about as much as the entries: snapshots
     * would be no use, and making them must not cost much either.
     */
    @Test
    void snapshotsTogetherWeighAQuarterOfTheEntriesAndAttemptsAreFew() {
        for (double growth : new double[] {0, 0.01, 0.1, 0.5, 1, 2}) {
            SnapshotPolicy policy = new SnapshotPolicy();
            Random random = new Random(1);
            long entries = 0;
            long attempted = 0;
            long written = 0;
            for (int segment = 0; segment < 100_000; segment++) {
                int bytes = 100 + random.nextInt(10_000);
                policy.segment();
                policy.entries(bytes);
                entries += bytes;
                if (policy.due(false)) {
                    long size = 500 + (long) (entries * growth);
                    if (size <= policy.largestWorthWriting()) {
                        attempted += size;
                        written += size;
                        policy.startFrom(size);
                    } else {
                        attempted += policy.largestWorthWriting();
                        policy.refused();
                    }
                }
            }
            // Each segment counts for some bytes more than its entries: the keys and names of its item.
            assertThat(written).as("written at growth " + growth).isLessThan(entries * 3 / 10);
            assertThat(attempted).as("attempted at growth " + growth).isLessThan(entries * 6 / 10);
        }
    }

    private static JsonNode noSnapshot() {
        throw new AssertionError("no snapshot is worth it here");
    }

    private static void flushed(Journal journal, int from, int to) {
        for (int i = from; i < to; i++) {
            journal.append(succeeded(i));
        }
        journal.flush();
    }
}
