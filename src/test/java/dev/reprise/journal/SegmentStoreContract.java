package dev.reprise.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.codec.Body;
import dev.reprise.journal.codec.ByteSink;
import dev.reprise.journal.codec.Compressor;
import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.InboxItem;
import dev.reprise.journal.store.ItemTooLargeException;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Segment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store does with segments. */
abstract class SegmentStoreContract extends StoreContract {

    private final Segment segment =
            new Segment(1, "w1", 2, 1, 0, Body.text("{\"fired\":\"/:1\",\"at\":1,\"kind\":\"WAIT\"}"));

    SegmentStoreContract(ExecutionStore store) {
        super(store);
    }

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
        store.putInboxItems(ID, List.of(new InboxItem("1", Body.text("{}"))), meter);
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
