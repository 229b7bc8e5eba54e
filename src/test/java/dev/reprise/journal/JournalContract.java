package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.LEASE;
import static dev.reprise.journal.Fixtures.NOON;
import static dev.reprise.journal.Fixtures.all;
import static dev.reprise.journal.Fixtures.execution;
import static dev.reprise.journal.Fixtures.history;
import static dev.reprise.journal.Fixtures.journals;
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
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.StatesError;
import dev.reprise.journal.codec.Body;
import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.DueExecution;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Payload;
import dev.reprise.journal.store.RetryingStore;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a journal does on every store. */
abstract class JournalContract {

    private static final ExecutionId ID = new ExecutionId("orders", "one");
    private static final Outcome DONE = new Outcome.Succeeded(json("{'done': true}"));

    private static JsonNode noSnapshot() {
        throw new AssertionError("no snapshot is worth it here");
    }

    private final ExecutionStore store = new AlwaysDue(newStore());

    abstract ExecutionStore newStore();

    @Nested
    class Starting {

        @Test
        void theHeadCarriesWhatTheStartFixes() {
            JsonNode input = json("{'order': 17}");

            StartOutcome.Created created = start(store, "one", input);

            assertThat(created.started()).isEqualTo(new Entry.Started(NOON, input));
            Head head = journals(store).head(ID);
            assertThat(head).isEqualTo(created.head());
            assertThat(head.status()).isEqualTo(ExecutionStatus.RUNNING);
            assertThat(head.lease()).isEqualTo(LEASE);
            assertThat(head.identity()).isEqualTo(execution("one", input).identity());
            assertThat(journals(store).input(head)).isEqualTo(input);
            assertThat(journals(store).definition(head.beginning().definition()))
                    .isEqualTo(Fixtures.DEFINITION);
        }

        @Test
        void theSameNameAndInputIsTheSameStart() {
            start(store, "one", json("{'a': 1, 'b': 2}"));

            assertThat(journals(store).start(execution("one", json("{'b': 2, 'a': 1}"))))
                    .isInstanceOf(StartOutcome.Exists.class);
        }

        @Test
        void theSameNameWithAnotherInputIsAConflict() {
            start(store, "one", json("{'a': 1}"));

            assertThat(journals(store).start(execution("one", json("{'a': 2}"))))
                    .isInstanceOf(StartOutcome.Conflict.class);
        }

        @Test
        void aLargeInputIsKeptInChunks() {
            JsonNode input = noise(1_000_000, 1);

            StartOutcome.Created created = start(store, "one", input);

            assertThat(created.head().beginning().input()).isInstanceOf(Payload.Stored.class);
            assertThat(journals(store).input(created.head())).isEqualTo(input);
            assertThat(open(store, "one").input()).isEqualTo(input);
        }

        @Test
        void whereverAStartDiesItLeavesNothingToBeFoundOrAWholeExecution() {
            JsonNode input = noise(1_000_000, 1);
            boolean died = true;
            for (int request = 1; died; request++) {
                ExecutionStore fresh = new AlwaysDue(newStore());
                died = diesAt(request, fresh, input);

                Head head = journals(fresh).head(ID);
                if (head != null) {
                    assertThat(history(fresh, "one")).containsExactly(new Entry.Started(NOON, input));
                }
                StartOutcome again = journals(fresh).start(execution("one", input));
                assertThat(again).isInstanceOf(head == null ? StartOutcome.Created.class : StartOutcome.Exists.class);
                assertThat(open(fresh, "one").input()).isEqualTo(input);
            }
        }

        private boolean diesAt(int request, ExecutionStore on, JsonNode input) {
            FaultyStore dying = new FaultyStore(on).before(request, () -> {
                throw new IllegalStateException("killed");
            });
            try {
                journals(dying).start(execution("one", input));
                return false;
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("killed");
                return true;
            }
        }

        @Test
        void aStartThatIsRepeatedDoesNotWriteItsLargeInputAgain() {
            JsonNode input = noise(10_000, 1);
            start(store, "one", input);
            FaultyStore counted = new FaultyStore(store);

            assertThat(journals(counted).start(execution("one", input))).isInstanceOf(StartOutcome.Exists.class);

            assertThat(counted.requests("putChunk")).isZero();
        }

        @Test
        void aNameIsFreeAgainOnceTheExecutionThatHadItIsGone() {
            start(store, "one", json("1")).journal().close(DONE, NOON.minusSeconds(15 * 24 * 3600));

            assertThat(journals(store).start(execution("one", json("2")))).isInstanceOf(StartOutcome.Created.class);
        }

        @Test
        void theAnswerToItsOwnStartMayBeLost() {
            ExecutionStore losing = new RetryingStore(
                    new FaultyStore(store).losingAnswer("createHead", 1), FakeSleeper.of(), new java.util.Random(1));

            assertThat(journals(losing).start(execution("one", json("{}")))).isInstanceOf(StartOutcome.Created.class);
        }
    }

    @Nested
    class Appending {

        @Test
        void whatIsFlushedIsDurable() {
            Journal journal = start(store, "one").journal();
            journal.append(succeeded(0));
            journal.append(succeeded(1));
            assertThat(journal.position()).isEqualTo(3);
            assertThat(journal.durablePosition()).isEqualTo(1);

            journal.flush();

            assertThat(journal.durablePosition()).isEqualTo(3);
            assertThat(history(store, "one"))
                    .containsExactly(new Entry.Started(NOON, json("{}")), succeeded(0), succeeded(1));
        }

        @Test
        void entriesAppendedTogetherShareAWrite() {
            Journal journal = start(store, "one").journal();
            double before = journal.consumed().write();
            for (int i = 0; i < 1000; i++) {
                journal.append(succeeded(i, text(200)));
            }
            journal.flush();

            assertThat(journal.consumed().write() - before).isLessThan(100);
            assertThat(store.readSegments(ID, 1, new UnitMeter()).items()).hasSize(1);
        }

        @Test
        void manyEntriesAreSplitIntoSeveralSegments() {
            Journal journal = start(store, "one").journal();
            for (int i = 0; i < 100; i++) {
                journal.append(succeeded(i, noise(10_000, i)));
            }
            journal.flush();

            assertThat(store.readSegments(ID, 1, new UnitMeter()).items()).hasSize(3);
            assertThat(history(store, "one")).hasSize(101).last().isEqualTo(succeeded(99, noise(10_000, 99)));
        }

        @Test
        void aLargeValueStandsElsewhere() {
            JsonNode large = noise(2_000_000, 7);
            Journal journal = start(store, "one").journal();
            journal.append(succeeded(0, large));
            journal.append(succeeded(1));
            journal.flush();

            List<Segment> segments = store.readSegments(ID, 1, new UnitMeter()).items();
            assertThat(segments).hasSize(1);
            assertThat(segments.get(0).body().text()).hasSizeLessThan(400).contains("outputBlob");
            assertThat(history(store, "one")).contains(succeeded(0, large), succeeded(1));
        }

        @Test
        void theAnswerToItsOwnWriteMayBeLost() {
            ExecutionStore losing = new RetryingStore(
                    new FaultyStore(store).losingAnswer("putSegment", 1), FakeSleeper.of(), new java.util.Random(1));
            Journal journal = start(losing, "one").journal();
            journal.append(succeeded(0));

            journal.flush();

            assertThat(journal.durablePosition()).isEqualTo(2);
            journal.append(succeeded(1));
            journal.flush();
            assertThat(history(store, "one")).hasSize(3);
        }

        @Test
        void anEntryThatCannotBeStoredLeavesTheJournalAsItWas() {
            Journal journal = start(store, "one").journal();
            journal.append(succeeded(0));

            assertThatThrownBy(() -> journal.append(succeeded(1, JsonNodeFactory.instance.pojoNode(new Object()))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("java.lang.Object");

            journal.append(succeeded(2));
            journal.flush();
            assertThat(history(store, "one")).endsWith(succeeded(0), succeeded(2));
        }

        @Test
        void whatIsAppliedIsWhatAReplayReads() {
            Journal journal = start(store, "one").journal();

            Entry applied = journal.append(succeeded(0, JsonNodeFactory.instance.numberNode(1.5f)));

            assertThat(applied).isEqualTo(succeeded(0, JsonNodeFactory.instance.numberNode(1.5)));
            journal.flush();
            assertThat(history(store, "one")).last().isEqualTo(applied);
        }
    }

    @Nested
    class Resuming {

        @Test
        void anExecutionGoesOnWhereItWas() {
            Journal first = start(store, "one").journal();
            first.append(succeeded(0));
            first.suspend(NOON.plusSeconds(60), JournalContract::noSnapshot);

            OpenOutcome.Opened opened = open(store, "one");
            assertThat(all(opened)).containsExactly(new Entry.Started(NOON, json("{}")), succeeded(0));
            Fixtures.replayed(opened).append(succeeded(1));
            Fixtures.replayed(opened).close(DONE, NOON);

            assertThat(history(store, "one")).endsWith(succeeded(0), succeeded(1));
        }

        @Test
        void aReplayThatIsCutShortGoesOnBehindTheEntryThatItGaveLast() {
            Journal first = start(store, "one").journal();
            first.append(succeeded(0));
            first.append(succeeded(1));
            first.suspend(null, JournalContract::noSnapshot);
            JournalReplay replay = open(store, "one").replay();
            List<Entry> given = new ArrayList<>();

            assertThatThrownBy(() -> replay.toItsEnd(entry -> {
                        given.add(entry);
                        if (entry.equals(succeeded(0))) {
                            throw new IllegalArgumentException("not this one");
                        }
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
            Journal journal = replay.toItsEnd(given::add);

            assertThat(given).containsExactly(new Entry.Started(NOON, json("{}")), succeeded(0), succeeded(1));
            assertThat(journal.position()).isEqualTo(3);
        }

        @Test
        void aReplayThatIsAtItsEndGivesNothingMoreButTheJournal() {
            start(store, "one").journal().suspend(null, JournalContract::noSnapshot);
            JournalReplay replay = open(store, "one").replay();
            Journal journal = replay.toItsEnd(entry -> {});
            journal.append(succeeded(0));
            journal.flush();
            List<Entry> given = new ArrayList<>();

            assertThat(replay.toItsEnd(given::add)).isSameAs(journal);
            assertThat(given).isEmpty();
        }

        @Test
        void anotherRequestWaitsForTheLeaseToEnd() {
            start(store, "one");

            assertThat(journals(store).open(ID, new Lease("request-2", NOON.plusSeconds(900))))
                    .isEqualTo(new OpenOutcome.HeldByOther(LEASE.until()));
        }

        @Test
        void theVerySameRequestTakesOverAtOnce() {
            start(store, "one");

            assertThat(journals(store).open(ID, LEASE)).isInstanceOf(OpenOutcome.Opened.class);
        }

        @Test
        void aClosedExecutionIsNotOpened() {
            start(store, "one").journal().close(DONE, NOON);

            assertThat(journals(store).open(ID, LEASE)).isInstanceOf(OpenOutcome.AlreadyClosed.class);
        }

        @Test
        void anUnknownOneNeither() {
            assertThat(journals(store).open(ID, LEASE)).isEqualTo(new OpenOutcome.Unknown());
        }

        @Test
        void afterSoManyResumesThatAddNothingItCanOnlyBeEnded() {
            start(store, "one");
            for (int i = 0; i < 3; i++) {
                assertThat(openAtMost(3)).isInstanceOf(OpenOutcome.Opened.class);
            }

            OpenOutcome.Fruitless fruitless = (OpenOutcome.Fruitless) openAtMost(3);

            assertThat(fruitless.resumes()).isEqualTo(3);
            Entry end = new Entry.GivenUp(NOON.plusSeconds(1000), new StatesError("Enough", "of it"));
            fruitless.journal().append(end);
            fruitless.journal().close(new Outcome.Failed(new StatesError("Enough", "of it")), NOON.plusSeconds(1000));
            assertThat(history(store, "one")).last().isEqualTo(end);
            assertThat(journals(store).head(ID).status()).isEqualTo(ExecutionStatus.FAILED);
        }

        @Test
        void aResumeThatAddsAnEntryBeginsTheCountAnew() {
            start(store, "one");
            openAtMost(3);
            openAtMost(3);
            Journal fruitful = Fixtures.replayed(openAtMost(3));
            fruitful.append(succeeded(0));
            fruitful.flush();

            openAtMost(3);
            openAtMost(3);
            openAtMost(3);
            assertThat(openAtMost(3)).isInstanceOf(OpenOutcome.Fruitless.class);
        }

        @Test
        void aResumeThatComesToAWaitDoesTooThoughItAddsNothing() {
            start(store, "one");
            openAtMost(3);
            openAtMost(3);
            Journal waiting = Fixtures.replayed(openAtMost(3));
            waiting.suspend(NOON, JournalContract::noSnapshot);

            assertThat(openAtMost(3)).isInstanceOf(OpenOutcome.Opened.class);
        }

        @Test
        void aResumeThatRunsOutOfTimeAndAddsNothingDoesNot() {
            start(store, "one");
            for (int i = 0; i < 3; i++) {
                Journal busy = Fixtures.replayed(openAtMost(3));
                busy.breakOff(NOON, JournalContract::noSnapshot);
            }

            assertThat(openAtMost(3)).isInstanceOf(OpenOutcome.Fruitless.class);
        }

        @Test
        void aSnapshotThatCannotBeReadIsNoReasonNotToEndIt() {
            Journal journal = start(store, "one").journal();
            journal.append(succeeded(0));
            journal.flush();
            journal.keep(json("{'at': 1}"));
            journal.breakOff(NOON, JournalContract::noSnapshot);
            Chunk damaged = new Chunk("SNAP#000000000002", 0, 1, Body.text("{\"semantics\""));
            store.putChunk(ID.partition(), damaged, new UnitMeter());
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> openAtMost(3)).isInstanceOf(CorruptJournalException.class);
            }

            assertThat(openAtMost(3)).isInstanceOf(OpenOutcome.Fruitless.class);
        }

        private OpenOutcome openAtMost(int fruitless) {
            Instant later = NOON.plusSeconds(1000);
            return new Journals(store, InstantSource.fixed(later), new Random())
                    .open(ID, new Lease("same", later.plusSeconds(900)), fruitless);
        }
    }

    @Nested
    class BackingOff {

        @Test
        void isLongerEachTimeUpToADay() {
            start(store, "one");
            Instant now = NOON.plusSeconds(1);
            List<Long> minutes = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                Journals journals = new Journals(store, InstantSource.fixed(now), new Random());
                Head before = journals.head(ID);
                Lease taken = new Lease("try-" + i, now.plusSeconds(900));
                now = i == 0 ? before.lease().until().plusSeconds(1) : before.dueAt();
                new Journals(store, InstantSource.fixed(now), new Random()).open(ID, taken);
                Instant again = journals.backOff(before, taken);
                minutes.add(Duration.between(taken.until(), again).toMinutes());
                assertThat(journals.head(ID).dueAt()).isEqualTo(again);
                now = again;
            }

            assertThat(minutes).containsExactly(15L, 30L, 60L, 120L, 240L, 480L, 960L, 1440L, 1440L);
        }

        @Test
        void isNotHeldAgainstIt() {
            start(store, "one");
            for (int i = 0; i < 5; i++) {
                Journals journals = journals(store);
                Head before = journals.head(ID);
                OpenOutcome outcome = journals.open(ID, LEASE, 3);
                assertThat(outcome).isInstanceOf(OpenOutcome.Opened.class);
                journals.backOff(before, LEASE);
            }
        }

        @Test
        void leavesItToWhoeverWantsIt() {
            start(store, "one");
            Head before = journals(store).head(ID);
            journals(store).open(ID, LEASE);
            journals(store).backOff(before, LEASE);

            assertThat(all(open(store, "one"))).isNotEmpty();
        }
    }

    @Nested
    class Closing {

        @Test
        void aShortExecutionTakesTwoWrites() {
            FaultyStore counting = new FaultyStore(store);
            // The same process knows by now that the definition is stored.
            Journals journals = journals(counting);
            journals.start(execution("warm", json("{}")));
            int before = counting.requests();
            Journal journal = ((StartOutcome.Created) journals.start(execution("one", json("{}")))).journal();
            journal.append(succeeded(0));
            journal.close(DONE, NOON.plusSeconds(1));

            assertThat(counting.requests() - before).isEqualTo(2);
            assertThat(history(store, "one")).containsExactly(new Entry.Started(NOON, json("{}")), succeeded(0));
        }

        @Test
        void theEndIsThereToBeDescribed() {
            for (Outcome outcome : List.of(
                    DONE,
                    new Outcome.Succeeded(noise(200_000, 3)),
                    new Outcome.Failed(new dev.reprise.execution.StatesError("Card.Declined", "expired")),
                    new Outcome.Failed(new dev.reprise.execution.StatesError(null, null)),
                    new Outcome.TimedOut(),
                    new Outcome.Aborted("Why", null))) {
                String name = outcome.getClass().getSimpleName() + outcome.hashCode();
                start(store, name).journal().close(outcome, NOON.plusSeconds(5));

                Head head = journals(store).head(new ExecutionId("orders", name));
                assertThat(journals(store).outcome(head)).isEqualTo(outcome);
                assertThat(head.ending().stoppedAt()).isEqualTo(NOON.plusSeconds(5));
                assertThat(head.lease()).isNull();
            }
        }

        @Test
        void aLargeOutputIsNotStoredBesideTheJournalThatItFollowsFrom() {
            ConsumedUnits small = closed(DONE);
            ConsumedUnits large = closed(new Outcome.Succeeded(noise(1_000_000, 3)));

            assertThat(large.write()).isLessThan(small.write() + 1);
        }

        private ConsumedUnits closed(Outcome outcome) {
            String name = "size" + outcome.hashCode();
            start(store, name).journal().close(outcome, NOON.plusSeconds(5));
            Head head = journals(store).head(new ExecutionId("orders", name));
            assertThat(head.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(journals(store).outcome(head)).isEqualTo(outcome.equals(DONE) ? DONE : null);
            return head.progress().consumed();
        }

        @Test
        void manyLastEntriesAreASegment() {
            Journal journal = start(store, "one").journal();
            for (int i = 0; i < 1000; i++) {
                journal.append(succeeded(i));
            }
            journal.close(DONE, NOON);

            assertThat(store.readSegments(ID, 1, new UnitMeter()).items()).hasSize(1);
            assertThat(history(store, "one")).hasSize(1001);
        }

        @Test
        void anExecutionThatIsOnlyAHeadIsLeftToTimeToLive() {
            start(store, "one").journal().close(DONE, NOON);

            assertThat(store.expired(NOON.plusSeconds(15 * 24 * 3600), 10, new UnitMeter()))
                    .isEmpty();
            assertThat(journals(store).head(ID).retainedUntil()).isEqualTo(NOON.plusSeconds(14 * 24 * 3600));
        }

        @Test
        void oneWithMoreItemsIsLeftToTheSweeper() {
            Journal journal = start(store, "one").journal();
            journal.append(succeeded(0));
            journal.flush();
            journal.close(DONE, NOON);

            assertThat(store.expired(NOON.plusSeconds(15 * 24 * 3600), 10, new UnitMeter()))
                    .containsExactly(new DueExecution(ID, NOON.plusSeconds(14 * 24 * 3600)));
        }

        @Test
        void theAnswerToItsOwnEndMayBeLost() {
            ExecutionStore losing = new RetryingStore(
                    new FaultyStore(store).losingAnswer("close", 1), FakeSleeper.of(), new java.util.Random(1));
            Journal journal = start(losing, "one").journal();

            journal.close(DONE, NOON);

            assertThat(journals(store).head(ID).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        }

        @Test
        void itsRetentionOverItIsGone() {
            start(store, "one").journal().close(DONE, NOON.minusSeconds(15 * 24 * 3600));

            assertThat(journals(store).head(ID)).isNull();
            assertThat(journals(store).list("orders", 10, null).items()).isEmpty();
            assertThat(journals(store).open(ID, LEASE)).isEqualTo(new OpenOutcome.Unknown());
        }
    }

    @Nested
    class Consuming {

        @Test
        void theHeadKeepsWhatTheExecutionConsumed() {
            Journal journal = start(store, "one").journal();
            journal.append(succeeded(0));
            journal.suspend(NOON, JournalContract::noSnapshot);
            assertThat(journals(store).head(ID).progress().consumed()).isEqualTo(journal.consumed());

            Journal resumed = Fixtures.replayed(open(store, "one"));
            assertThat(resumed.consumed().write())
                    .isGreaterThan(journal.consumed().write());
            resumed.append(succeeded(1));
            resumed.close(DONE, NOON);
            assertThat(journals(store).head(ID).progress().consumed()).isEqualTo(resumed.consumed());
        }

        @Test
        void tenThousandItemsCostATenthOfAUnitEach() {
            Journal journal = start(store, "one").journal();
            for (int i = 0; i < 10_000; i++) {
                journal.append(succeeded(
                        i,
                        json("{'orderId': 'order-" + i + "', 'status': 'CHARGED', 'amount': " + (i * 37 % 1000)
                                + ", 'note': '" + "charged after validation ".repeat(5) + "'}")));
            }
            journal.close(DONE, NOON);

            assertThat(journal.consumed().write() / 10_000).isLessThan(0.1);
        }

        @Test
        void noiseCostsItsBytes() {
            Journal journal = start(store, "one").journal();
            for (int i = 0; i < 10_000; i++) {
                journal.append(succeeded(i, noise(200, i)));
            }
            journal.close(DONE, NOON);

            assertThat(journal.consumed().write() / 10_000).isLessThan(0.25);
        }
    }
}
