package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.LEASE;
import static dev.reprise.journal.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.codec.Body;
import dev.reprise.journal.codec.ByteSink;
import dev.reprise.journal.codec.Compressor;
import dev.reprise.journal.store.Beginning;
import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.journal.store.DueExecution;
import dev.reprise.journal.store.Ending;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.InboxItem;
import dev.reprise.journal.store.ItemTooLargeException;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Origin;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Payload;
import dev.reprise.journal.store.Progress;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every store does, told by requests and answers. */
abstract class ExecutionStoreContract {

    private static final ExecutionId ID = new ExecutionId("orders", "one");
    private static final Lease OTHER = new Lease("request-2", LEASE.until().plusSeconds(900));
    private static final Instant LATER = LEASE.until().plusSeconds(1);
    private static final Duration RETENTION = Duration.ofDays(14);

    private static final ConditionalWrite<Head> MADE = ConditionalWrite.made();

    private final ExecutionStore store = new AlwaysDue(newStore());
    private final UnitMeter meter = new UnitMeter();

    abstract ExecutionStore newStore();

    private static Head head(ExecutionId id, Instant startedAt) {
        Beginning beginning = new Beginning(
                1,
                "arn:aws:states:us-east-1:123456789012:execution:" + id.workflow() + ":" + id.name(),
                "arn:aws:iam::123456789012:role/orders",
                "d".repeat(64),
                new Payload.Inline("{\"order\":17}"),
                startedAt,
                Period.ofDays(14));
        return Head.started(id, beginning, "w1", LEASE);
    }

    @Test
    void findsExecutionsByTheirLabelsNewestFirstInPages() {
        String partition = JournalTable.label("order", "17");
        for (int i = 0; i < 3; i++) {
            ExecutionId id = new ExecutionId("orders", "run-" + i);
            Instant at = NOON.plusSeconds(i);
            store.putLabels(id, Map.of("order", "17", "customer", "c" + i), at, meter);
            store.createHead(head(id, at), NOON, meter);
        }
        store.putLabels(new ExecutionId("orders", "never-started"), Map.of("order", "17"), NOON, meter);

        assertThat(names(partition, null, null)).containsExactly("run-2", "run-1", "run-0");
        assertThat(names(partition, NOON.plusSeconds(1), null)).containsExactly("run-2", "run-1");
        assertThat(names(partition, null, NOON.plusSeconds(1))).containsExactly("run-1", "run-0");
        assertThat(names(JournalTable.label("customer", "c1"), null, null)).containsExactly("run-1");
        assertThat(names(JournalTable.label("order", "18"), null, null)).isEmpty();
    }

    @Test
    void whatCannotBeThereIsNotFound() {
        String partition = JournalTable.label("order", "17");
        store.putLabels(ID, Map.of("order", "17"), NOON, meter);
        store.createHead(head(ID, NOON), NOON, meter);

        assertThat(names(partition, NOON.plusSeconds(1), NOON)).isEmpty();
        assertThat(names(partition, null, Instant.EPOCH.minusSeconds(1))).isEmpty();
        assertThat(names(JournalTable.label("order", "1".repeat(3_000)), null, null))
                .isEmpty();
    }

    @Test
    void aTokenOfAnotherListingIsRefused() {
        String partition = JournalTable.label("order", "17");
        for (String text : List.of(
                "1\n\nEXEC#orders#one",
                "1\nHEAD\n",
                "1\n\n",
                "1",
                "x\nHEAD\nEXEC#orders#one",
                "1\n" + "k".repeat(1_025) + "\nEXEC#orders#one",
                "1\nHEAD\nEXEC#" + "p".repeat(2_048))) {
            String token = Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.labelled(partition, null, null, 2, token, meter));
        }
    }

    private List<String> names(String partition, @Nullable Instant from, @Nullable Instant to) {
        List<String> names = new ArrayList<>();
        String token = null;
        do {
            Page<Head> page = store.labelled(partition, from, to, 2, token, meter);
            page.items().forEach(head -> names.add(head.id().name()));
            token = page.next();
        } while (token != null);
        return names;
    }

    @Test
    void findsThoseThatEndedWithoutSuccess() {
        store.createHead(head(ID, NOON), NOON, meter);
        Head closed = stored().closed(new Ending(ExecutionStatus.FAILED, NOON, null, null), Progress.START, true);
        store.close(closed, meter);

        assertThat(names(JournalTable.ended("orders", ExecutionStatus.FAILED), null, null))
                .containsExactly("one");
        assertThat(names(JournalTable.ended("orders", ExecutionStatus.ABORTED), null, null))
                .isEmpty();
    }

    @Test
    void keepsByWhatAnExecutionWasStarted() {
        Beginning plain = head(ID, NOON).beginning();
        Beginning told = new Beginning(
                plain.semantics(),
                plain.executionArn(),
                plain.roleArn(),
                plain.definition(),
                "",
                plain.input(),
                plain.startedAt(),
                plain.retention(),
                null,
                null,
                new Origin("3", "PROD", "r1", "Root=1", Map.of("order", "17")));
        store.createHead(Head.started(ID, told, "w1", LEASE), NOON, meter);

        assertThat(stored().beginning()).isEqualTo(told);
    }

    @Test
    void keepsWhichPartOfTheDefinitionAnExecutionRuns() {
        Beginning whole = head(ID, NOON).beginning();
        Beginning part = new Beginning(
                whole.semantics(),
                whole.executionArn(),
                whole.roleArn(),
                whole.definition(),
                "/States/Each/ItemProcessor",
                whole.input(),
                whole.startedAt(),
                whole.retention(),
                null,
                null);
        store.createHead(Head.started(ID, part, "w1", LEASE), NOON, meter);

        assertThat(stored().beginning()).isEqualTo(part);
        assertThat(whole.body()).isEmpty();
    }

    private Head created() {
        Head head = head(ID, NOON);
        assertThat(store.createHead(head, NOON, meter)).isEqualTo(MADE);
        return head;
    }

    private Head stored() {
        return store.readHead(ID, new UnitMeter());
    }

    private static Progress progress(long segments) {
        return new Progress(segments, segments + 1, -1, 0, new ConsumedUnits(1.5, 20));
    }

    private static Ending ending() {
        return new Ending(ExecutionStatus.SUCCEEDED, NOON.plusSeconds(5), new Payload.Inline("{\"done\":true}"), null);
    }

    private ConditionalWrite<Head> close(boolean alone) {
        return store.close(head(ID, NOON).closed(ending(), progress(0), alone), meter);
    }

    @Nested
    class AHead {

        @Test
        void isReadAsItWasWritten() {
            Head head = created();

            assertThat(stored()).isEqualTo(head);
        }

        @Test
        void isNotThereBeforeItIsWritten() {
            assertThat(stored()).isNull();
        }

        @Test
        void isCreatedOnce() {
            Head first = created();

            assertThat(store.createHead(head(ID, NOON.plusSeconds(1)), NOON, meter))
                    .isEqualTo(new ConditionalWrite.Refused<>(first));
            assertThat(stored()).isEqualTo(first);
        }

        @Test
        void mayBeReplacedWhenItIsAloneAndItsRetentionIsOver() {
            created();
            close(true);
            Instant over = NOON.plusSeconds(5).plus(RETENTION);
            Head second = head(ID, over);

            assertThat(store.createHead(second, over.minusSeconds(1), meter))
                    .isInstanceOf(ConditionalWrite.Refused.class);
            assertThat(store.createHead(second, over, meter)).isInstanceOf(ConditionalWrite.Made.class);
            assertThat(stored()).isEqualTo(second);
        }

        @Test
        void isNotReplacedWhileOtherItemsOfItAreThere() {
            created();
            close(false);
            Instant over = NOON.plusSeconds(5).plus(RETENTION);

            assertThat(store.createHead(head(ID, over), over, meter)).isInstanceOf(ConditionalWrite.Refused.class);
        }
    }

    @Nested
    class ALease {

        @Test
        void isRefusedWhileAnotherHoldsIt() {
            Head head = created();

            assertThat(store.takeLease(ID, "w2", OTHER, LEASE.until(), meter))
                    .isEqualTo(new ConditionalWrite.Refused<>(head));
        }

        @Test
        void isTakenOnceItIsOver() {
            Head head = created();

            assertThat(store.takeLease(ID, "w2", OTHER, LATER, meter)).isEqualTo(new ConditionalWrite.Made<>(head));
            assertThat(stored()).isEqualTo(head.leased("w2", OTHER));
        }

        @Test
        void isTakenAtOnceByTheSameRequest() {
            Head head = created();

            assertThat(store.takeLease(ID, "w2", LEASE, NOON, meter)).isEqualTo(new ConditionalWrite.Made<>(head));
        }

        @Test
        void isTakenWhenItWasGivenUp() {
            Head head = created();
            store.suspend(ID, "w1", null, 0, progress(3), meter);

            assertThat(store.takeLease(ID, "w2", OTHER, NOON, meter))
                    .isEqualTo(new ConditionalWrite.Made<>(head.suspended(null, progress(3))));
            assertThat(stored()).isEqualTo(head.suspended(null, progress(3)).leased("w2", OTHER));
        }

        @Test
        void isRefusedForAClosedExecution() {
            created();
            close(true);

            assertThat(store.takeLease(ID, "w2", OTHER, LATER, meter))
                    .isEqualTo(new ConditionalWrite.Refused<>(stored()));
        }

        @Test
        void isRefusedForAnUnknownExecution() {
            assertThat(store.takeLease(ID, "w2", OTHER, LATER, meter)).isEqualTo(new ConditionalWrite.Refused<>(null));
        }

        @Test
        void isGivenUpOnlyByItsHolder() {
            Head head = created();

            assertThat(store.suspend(ID, "w2", NOON, 0, progress(1), meter))
                    .isEqualTo(new ConditionalWrite.Refused<>(head));
        }

        @Test
        void isGivenUpOnlyWhenTheInboxHasNotMoved() {
            created();
            store.announceInbox(ID, meter);

            assertThat(store.suspend(ID, "w1", NOON, 0, progress(1), meter))
                    .isEqualTo(new ConditionalWrite.Refused<>(stored()));
            assertThat(store.suspend(ID, "w1", NOON, 1, progress(1), meter)).isInstanceOf(ConditionalWrite.Made.class);
            assertThat(store.suspend(ID, "w1", NOON, 1, progress(1), meter))
                    .as("there is none to give up any more")
                    .isInstanceOf(ConditionalWrite.Refused.class);
        }
    }

    @Nested
    class AnEnding {

        @Test
        void isWrittenByTheHolderOfTheLeaseOnly() {
            Head head = created();
            store.takeLease(ID, "w2", OTHER, LATER, meter);

            assertThat(close(true)).isEqualTo(new ConditionalWrite.Refused<>(head.leased("w2", OTHER)));
        }

        @Test
        void closesTheHead() {
            Head head = created();

            assertThat(close(true)).isEqualTo(MADE);
            assertThat(stored()).isEqualTo(head.closed(ending(), progress(0), true));
            assertThat(close(true)).isInstanceOf(ConditionalWrite.Refused.class);
        }

        @Test
        void carriesTheLastEntries() {
            Head head = created();
            Segment tail =
                    new Segment(3, "w1", 2, 2, 0, Body.text("{\"fired\":\"/:1\",\"at\":1,\"kind\":\"WAIT\"}\n…"));
            Ending ending = new Ending(ExecutionStatus.FAILED, NOON, new Payload.Stored("ab".repeat(32)), tail);
            Progress progress = new Progress(2, 3, 1, 4, ConsumedUnits.NONE);

            store.close(head.closed(ending, progress, false), meter);

            assertThat(stored()).usingRecursiveComparison().isEqualTo(head.closed(ending, progress, false));
        }

        @Test
        void isDueUntilEverybodyWasTold() {
            Ending unsettled =
                    new Ending(ExecutionStatus.SUCCEEDED, NOON.plusSeconds(5), new Payload.Inline("1"), true, null);
            Head head = created().closed(unsettled, progress(0), false);
            store.close(head, meter);
            assertThat(stored()).isEqualTo(head);
            assertThat(store.due(NOON.plusSeconds(5), 10, meter))
                    .containsExactly(new DueExecution(ID, NOON.plusSeconds(5)));
            assertThat(store.expired(Instant.MAX, 10, meter)).isEmpty();

            assertThat(store.postpone(head, NOON.plusSeconds(900), meter)).isEqualTo(MADE);
            assertThat(stored()).isEqualTo(head.postponed(NOON.plusSeconds(900)));
            assertThat(store.due(NOON.plusSeconds(899), 10, meter)).isEmpty();
            assertThat(store.due(NOON.plusSeconds(900), 10, meter)).hasSize(1);
            assertThat(store.settle(head, meter)).isEqualTo(MADE);

            assertThat(stored()).isEqualTo(head.settled());
            assertThat(store.due(Instant.MAX, 10, meter)).isEmpty();
            assertThat(store.expired(Instant.MAX, 10, meter)).hasSize(1);
            assertThat(store.postpone(head, NOON.plusSeconds(900), meter)).isInstanceOf(ConditionalWrite.Refused.class);
            assertThat(store.settle(head, meter)).isInstanceOf(ConditionalWrite.Refused.class);
        }

        @Test
        void isRefusedOnceTheInboxHasMoved() {
            Head head = created();
            store.announceInbox(ID, meter);
            Head moved = head.inboxAnnounced();

            assertThat(close(true)).isEqualTo(new ConditionalWrite.Refused<>(moved));
            assertThat(store.close(moved.closed(ending(), progress(0), false), meter))
                    .isEqualTo(MADE);
            assertThat(stored()).isEqualTo(moved.closed(ending(), progress(0), false));
        }
    }

    @Nested
    class ASegment {

        private final Segment segment =
                new Segment(1, "w1", 2, 1, 0, Body.text("{\"fired\":\"/:1\",\"at\":1,\"kind\":\"WAIT\"}"));

        @Test
        void isReadAsItWasWritten() {
            store.putSegment(ID, segment, meter);

            assertThat(read(1)).usingRecursiveFieldByFieldElementComparator().containsExactly(segment);
        }

        @Test
        void ofATakenNumberIsRefused() {
            assertThat(store.putSegment(ID, segment, meter)).isEqualTo(ConditionalWrite.made());

            Segment second = new Segment(1, "w2", 2, 1, 0, Body.text("{}"));
            assertThat(store.putSegment(ID, second, meter))
                    .usingRecursiveComparison()
                    .isEqualTo(new ConditionalWrite.Refused<>(segment));
        }

        @Test
        void mayHoldCompressedEntries() throws java.util.zip.DataFormatException {
            ByteSink json = new ByteSink(10);
            json.writeBytes("abc".repeat(1000).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            Segment compressed = new Segment(1, "w1", 2, 1, 0, Compressor.body(json, 100));
            assertThat(compressed.body().text()).isNull();
            store.putSegment(ID, compressed, meter);

            assertThat(read(1).get(0).body().bytes()).isEqualTo(json.toByteArray());
        }

        @Test
        void comesInOrderOfItsNumber() {
            for (long number : new long[] {10, 9, 100, 1_000_000, 1}) {
                store.putSegment(ID, new Segment(number, "w1", 2, 1, 0, Body.text("{}")), meter);
            }

            assertThat(read(9)).extracting(Segment::number).containsExactly(9L, 10L, 100L, 1_000_000L);
        }

        @Test
        void comesInPagesOfAboutOneMegabyte() {
            for (int number = 1; number <= 8; number++) {
                store.putSegment(ID, new Segment(number, "w1", 2, 1, 0, Body.text("x".repeat(350_000))), meter);
            }

            Page<Segment> first = store.readSegments(ID, 1, meter);
            assertThat(first.items()).hasSizeBetween(2, 4);
            assertThat(first.next()).isEqualTo(Integer.toString(first.items().size() + 1));
            assertThat(read(1)).hasSize(8);
        }

        @Test
        void comesInFallingOrderWhenReadBackwards() {
            for (long number : new long[] {10, 9, 100, 1_000_000, 1}) {
                store.putSegment(ID, new Segment(number, "w1", 2, 1, 0, Body.text("{}")), meter);
            }
            store.putChunk(ID.partition(), new Chunk("BLOB#ab", 0, 1, Body.text("1")), meter);
            store.putChunk(ID.partition(), new Chunk("SNAP#000000000001", 0, 1, Body.text("1")), meter);

            assertThat(store.readSegmentsBackwards(ID, Long.MAX_VALUE, meter).items())
                    .extracting(Segment::number)
                    .containsExactly(1_000_000L, 100L, 10L, 9L, 1L);
            assertThat(store.readSegmentsBackwards(ID, 100, meter).items())
                    .extracting(Segment::number)
                    .containsExactly(10L, 9L, 1L);
        }

        @Test
        void comesInPagesWhenReadBackwards() {
            for (int number = 1; number <= 8; number++) {
                store.putSegment(ID, new Segment(number, "w1", 2, 1, 0, Body.text("x".repeat(350_000))), meter);
            }

            Page<Segment> last = store.readSegmentsBackwards(ID, Long.MAX_VALUE, meter);
            assertThat(last.items()).hasSizeBetween(2, 4);
            assertThat(store.readSegmentsBackwards(ID, Long.parseLong(last.next()), meter)
                            .items()
                            .get(0)
                            .number())
                    .isEqualTo(8 - last.items().size());
        }

        @Test
        void isNotMixedUpWithOtherItems() {
            created();
            store.putSegment(ID, segment, meter);
            store.putChunk(ID.partition(), new Chunk("BLOB#ab", 0, 1, Body.text("1")), meter);
            store.putChunk(ID.partition(), new Chunk("SNAP#000000000001", 0, 1, Body.text("1")), meter);
            store.putInboxItem(ID, new InboxItem("1", Body.text("{}")), meter);
            store.putSegment(new ExecutionId("orders", "one-more"), segment, meter);

            assertThat(read(1)).hasSize(1);
        }

        @Test
        void ofMoreThan400KilobytesIsRefused() {
            Segment huge = new Segment(1, "w1", 2, 1, 0, Body.text("x".repeat(409_600)));

            assertThatThrownBy(() -> store.putSegment(ID, huge, meter)).isInstanceOf(ItemTooLargeException.class);
        }

        private List<Segment> read(long from) {
            List<Segment> segments = new ArrayList<>();
            String next = Long.toString(from);
            while (next != null) {
                Page<Segment> page = store.readSegments(ID, Long.parseLong(next), meter);
                segments.addAll(page.items());
                next = page.next();
            }
            return segments;
        }
    }

    @Nested
    class Postponing {

        @Test
        void makesAnExecutionDueLaterAndLeavesItsLeaseAsItIs() {
            Head head = created();

            assertThat(store.postpone(head, NOON.plusSeconds(5_000), meter)).isEqualTo(MADE);

            assertThat(stored()).isEqualTo(head.postponed(NOON.plusSeconds(5_000)));
            assertThat(stored().lease()).isEqualTo(LEASE);
            assertThat(store.due(NOON.plusSeconds(4_999), 10, meter)).isEmpty();
            assertThat(store.due(NOON.plusSeconds(5_000), 10, meter)).hasSize(1);
        }

        @Test
        void isRefusedOnceSomebodyElseHasTheLease() {
            Head head = created();
            Lease other = new Lease("request-2", NOON.plusSeconds(2_000));
            store.takeLease(ID, "w2", other, NOON.plusSeconds(1_000), meter);
            Head current = stored();

            assertThat(store.postpone(head, NOON.plusSeconds(5_000), meter))
                    .isEqualTo(new ConditionalWrite.Refused<>(current));
        }
    }

    @Nested
    class Chunks {

        @Test
        void comeInOrder() {
            for (int i = 11; i >= 0; i--) {
                store.putChunk(ID.partition(), new Chunk("BLOB#ab", i, 12, Body.text("" + i)), meter);
            }

            Page<Chunk> page = store.readChunks(ID.partition(), "BLOB#ab", 0, meter);
            assertThat(page.items()).extracting(Chunk::index).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
            assertThat(page.items()).extracting(chunk -> chunk.body().text()).startsWith("0", "1", "2");
            assertThat(page.next()).isNull();
        }

        @Test
        void mayBeWrittenAgain() {
            Chunk chunk = new Chunk("BLOB#ab", 0, 1, Body.text("1"));
            store.putChunk(ID.partition(), chunk, meter);
            store.putChunk(ID.partition(), chunk, meter);

            assertThat(store.readChunks(ID.partition(), "BLOB#ab", 0, meter).items())
                    .hasSize(1);
        }

        @Test
        void theLastCanBeFound() {
            for (String name : List.of("SNAP#000000000009", "SNAP#000000000010")) {
                store.putChunk(ID.partition(), new Chunk(name, 0, 2, Body.text("1")), meter);
                store.putChunk(ID.partition(), new Chunk(name, 1, 2, Body.text("2")), meter);
            }

            Chunk last = store.readLastChunk(ID.partition(), "SNAP#", "SNAP#~", meter);
            assertThat(last.name()).isEqualTo("SNAP#000000000010");
            assertThat(last.index()).isEqualTo(1);
            assertThat(store.readLastChunk(ID.partition(), "SNAP#", last.name(), meter)
                            .name())
                    .isEqualTo("SNAP#000000000009");
            assertThat(store.readLastChunk(ID.partition(), "BLOB#", "BLOB#~", meter))
                    .isNull();
        }
    }

    @Nested
    class TheInbox {

        @Test
        void isReadInOrderAndAfterAKey() {
            for (String key : List.of("002", "001", "003")) {
                store.putInboxItem(ID, new InboxItem(key, Body.text("{}")), meter);
            }

            assertThat(store.readInbox(ID, "", meter).items())
                    .extracting(InboxItem::key)
                    .containsExactly("001", "002", "003");
            assertThat(store.readInbox(ID, "001", meter).items())
                    .extracting(InboxItem::key)
                    .containsExactly("002", "003");
        }

        @Test
        void forgetsWhatIsDeleted() {
            store.putInboxItem(ID, new InboxItem("001", Body.text("{}")), meter);
            store.deleteInboxItem(ID, "001", meter);
            store.deleteInboxItem(ID, "001", meter);

            assertThat(store.readInbox(ID, "", meter).items()).isEmpty();
        }

        @Test
        void isCountedOnTheConditionThatSomebodyOrNobodyRunsIt() {
            Head head = created();

            assertThat(store.countInbox(ID, 0, false, NOON, meter)).isEqualTo(new ConditionalWrite.Refused<>(head));
            assertThat(store.countInbox(ID, 0, true, NOON, meter)).isEqualTo(MADE);
            assertThat(stored()).isEqualTo(head.inboxCounted(NOON));

            store.suspend(ID, "w1", NOON.plusSeconds(60), 1, progress(1), meter);
            Head suspended = stored();
            assertThat(store.countInbox(ID, 0, true, NOON, meter)).isEqualTo(new ConditionalWrite.Refused<>(suspended));
            assertThat(store.countInbox(ID, 0, false, NOON, meter)).isEqualTo(MADE);
            assertThat(stored()).isEqualTo(suspended.inboxCounted(NOON));
            assertThat(stored().dueAt()).isEqualTo(NOON);
        }

        @Test
        void ofAClosedOrUnknownExecutionIsNot() {
            assertThat(store.announceInbox(ID, meter)).isEqualTo(new ConditionalWrite.Refused<>(null));
            created();
            close(true);
            Head closed = stored();

            assertThat(store.announceInbox(ID, meter)).isEqualTo(new ConditionalWrite.Refused<>(closed));
            assertThat(store.countInbox(ID, 0, false, NOON, meter)).isEqualTo(new ConditionalWrite.Refused<>(closed));
            assertThat(store.countInbox(ID, 0, true, NOON, meter)).isEqualTo(new ConditionalWrite.Refused<>(closed));
        }
    }

    @Nested
    class Listing {

        @Test
        void isNewestFirstInPages() {
            for (int i = 0; i < 5; i++) {
                store.createHead(head(new ExecutionId("orders", "e" + i), NOON.plusSeconds(i)), NOON, meter);
            }
            store.createHead(head(new ExecutionId("returns", "other"), NOON), NOON, meter);

            List<String> names = new ArrayList<>();
            String token = null;
            do {
                Page<Head> page = store.list("orders", 2, token, meter);
                assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
                page.items().forEach(head -> names.add(head.id().name()));
                token = page.next();
            } while (token != null);

            assertThat(names).containsExactly("e4", "e3", "e2", "e1", "e0");
            assertThat(store.list("nobody", 2, null, meter).items()).isEmpty();
        }

        @Test
        void refusesAForeignToken() {
            assertThatThrownBy(() -> store.list("orders", 2, "what", meter))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'what'");
        }
    }

    @Nested
    class WhatIsDue {

        @Test
        void isTheSuspendedAtTheirTimeAndTheLeasedAtTheEndOfTheirLease() {
            created();
            for (int i = 0; i < 20; i++) {
                ExecutionId id = new ExecutionId("orders", "e" + i);
                store.createHead(head(id, NOON), NOON, meter);
                store.suspend(id, "w1", NOON.plusSeconds(i), 0, progress(0), meter);
            }
            ExecutionId waiting = new ExecutionId("orders", "waits-for-its-inbox");
            store.createHead(head(waiting, NOON), NOON, meter);
            store.suspend(waiting, "w1", null, 0, progress(0), meter);

            assertThat(store.due(NOON.plusSeconds(4), 100, meter))
                    .extracting(due -> due.id().name())
                    .containsExactly("e0", "e1", "e2", "e3", "e4");
            assertThat(store.due(NOON.plusSeconds(4), 2, meter)).hasSize(2);
            assertThat(store.due(Instant.MAX, 100, meter))
                    .hasSize(21)
                    .last()
                    .isEqualTo(new DueExecution(ID, LEASE.until()));
            assertThat(store.expired(Instant.MAX, 100, meter)).isEmpty();
        }

        @Test
        void isNothingOfAClosedOneUntilItsRetentionIsOver() {
            created();
            close(false);

            assertThat(store.due(Instant.MAX, 100, meter)).isEmpty();
            assertThat(store.expired(Instant.MAX, 100, meter))
                    .containsExactly(new DueExecution(ID, NOON.plusSeconds(5).plus(RETENTION)));
        }
    }

    @Nested
    class Deleting {

        @Test
        void needsTheKeysOfAllItemsButTheHead() {
            created();
            store.putSegment(ID, new Segment(1, "w1", 2, 1, 0, Body.text("{}")), meter);
            store.putChunk(ID.partition(), new Chunk("BLOB#ab", 0, 1, Body.text("1")), meter);
            store.putChunk(ID.partition(), new Chunk("SNAP#000000000001", 0, 1, Body.text("1")), meter);
            store.putInboxItem(ID, new InboxItem("1", Body.text("{}")), meter);
            store.putSegment(
                    new ExecutionId("orders", "one-more"), new Segment(1, "w1", 2, 1, 0, Body.text("{}")), meter);

            assertThat(keys()).containsExactly("BLOB#ab#0000", "IN#1", "SEG#000000000001", "SNAP#000000000001#0000");
        }

        @Test
        void getsTheKeysInPagesOfAboutOneMegabyteOfItems() {
            created();
            for (int number = 1; number <= 8; number++) {
                store.putSegment(ID, new Segment(number, "w1", 2, 1, 0, Body.text("x".repeat(350_000))), meter);
            }

            assertThat(store.readItemKeys(ID, "", meter).items()).hasSizeBetween(1, 4);
            assertThat(keys()).hasSize(8);
        }

        @Test
        void takesItemsAwayTogetherAndDoesNotMindThoseThatAreGone() {
            created();
            for (int number = 1; number <= 30; number++) {
                store.putSegment(ID, new Segment(number, "w1", 2, 1, 0, Body.text("{}")), meter);
            }

            assertThat(store.deleteItems(ID, keys().subList(0, 25), meter)).isEmpty();
            assertThat(store.deleteItems(ID, List.of("SEG#000000000001", "SEG#000000000030"), meter))
                    .isEmpty();

            assertThat(keys())
                    .containsExactly("SEG#000000000026", "SEG#000000000027", "SEG#000000000028", "SEG#000000000029");
            assertThat(stored()).isNotNull();
        }

        @Test
        void whoeverClaimsAClosedHeadKeepsOthersFromChangingIt() {
            created();
            close(false);
            Head closed = stored();
            Lease claim = new Lease("first", NOON.plusSeconds(60));
            Head claimed = closed.claimed(claim);

            assertThat(store.replaceClosed(closed, claimed, meter)).isEqualTo(MADE);

            Head read = stored();
            assertThat(read.lease()).isEqualTo(claim);
            assertThat(read.isStill(claimed)).isTrue();
            for (Head other : List.of(
                    closed,
                    closed.claimed(new Lease("second", claim.until())),
                    closed.claimed(new Lease("first", claim.until().plusSeconds(1))))) {
                assertThat(store.replaceClosed(other, closed.claimed(new Lease("third", NOON)), meter))
                        .isInstanceOf(ConditionalWrite.Refused.class);
                assertThat(store.deleteHead(other, meter)).isInstanceOf(ConditionalWrite.Refused.class);
            }
            assertThat(store.replaceClosed(claimed, claimed.unclaimed(), meter)).isEqualTo(MADE);
            assertThat(store.deleteHead(claimed, meter)).isInstanceOf(ConditionalWrite.Refused.class);
            assertThat(store.deleteHead(closed, meter)).isEqualTo(MADE);
        }

        @Test
        void takesAHeadAwayOnlyIfItIsClosedAsItWas() {
            Head running = created();
            close(false);
            Head closed = stored();
            Ending later = new Ending(ExecutionStatus.FAILED, NOON.plusSeconds(6), null, null);

            assertThat(store.deleteHead(running.closed(later, progress(0), false), meter))
                    .isEqualTo(new ConditionalWrite.Refused<>(closed));
            assertThat(store.deleteHead(closed, meter)).isEqualTo(MADE);
            assertThat(store.readHead(ID, meter)).isNull();
            assertThat(store.deleteHead(closed, meter)).isEqualTo(new ConditionalWrite.Refused<>(null));
            assertThat(store.expired(Instant.MAX, 100, meter)).isEmpty();
        }

        @Test
        void leavesAHeadThatRuns() {
            Head running = created();

            assertThat(store.deleteHead(running.closed(ending(), progress(0), false), meter))
                    .isEqualTo(new ConditionalWrite.Refused<>(running));
        }

        private List<String> keys() {
            List<String> keys = new ArrayList<>();
            String after = "";
            while (after != null) {
                Page<String> page = store.readItemKeys(ID, after, meter);
                keys.addAll(page.items());
                after = page.next();
            }
            return keys;
        }
    }

    @Nested
    class Consumption {

        @Test
        void ofAWriteIsAUnitAKilobyteAndOneForEachIndexEntry() {
            created();
            assertThat(meter.total()).isEqualTo(new ConsumedUnits(0, 3));

            UnitMeter segment = new UnitMeter();
            store.putSegment(ID, new Segment(1, "w1", 2, 1, 0, Body.text("x".repeat(10_000))), segment);
            assertThat(segment.total()).isEqualTo(new ConsumedUnits(0, 10));

            UnitMeter suspension = new UnitMeter();
            store.suspend(ID, "w1", NOON, 0, progress(1), suspension);
            assertThat(suspension.total()).isEqualTo(new ConsumedUnits(0, 3));
        }

        @Test
        void ofAReadIsAUnitForFourKilobytes() {
            created();
            store.putSegment(ID, new Segment(1, "w1", 2, 1, 0, Body.text("x".repeat(10_000))), meter);
            UnitMeter reads = new UnitMeter();
            store.readHead(ID, reads);
            assertThat(reads.total().read()).isEqualTo(1);

            store.readSegments(ID, 1, reads);
            assertThat(reads.total().read()).isEqualTo(4);
        }
    }
}
