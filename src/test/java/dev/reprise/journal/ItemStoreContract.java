package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.codec.Body;
import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.Ending;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.InboxItem;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Segment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How every store deletes what it keeps of an execution. */
abstract class ItemStoreContract extends StoreContract {

    ItemStoreContract(ExecutionStore store) {
        super(store);
    }

    @Test
    void needsTheKeysOfAllItemsButTheHead() {
        created();
        store.putSegment(ID, new Segment(1, "w1", 2, 1, 0, Body.text("{}")), meter);
        store.putChunk(ID.partition(), new Chunk("BLOB#ab", 0, 1, Body.text("1")), meter);
        store.putChunk(ID.partition(), new Chunk("SNAP#000000000001", 0, 1, Body.text("1")), meter);
        store.putInboxItems(ID, List.of(new InboxItem("1", Body.text("{}"))), meter);
        store.putSegment(new ExecutionId("orders", "one-more"), new Segment(1, "w1", 2, 1, 0, Body.text("{}")), meter);

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
