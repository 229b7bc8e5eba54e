package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.journal.codec.Body;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.InboxItem;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store does with inboxes. */
abstract class InboxStoreContract extends StoreContract {

    InboxStoreContract(ExecutionStore store) {
        super(store);
    }

    @Test
    void isReadInOrderAndAfterAKey() {
        for (String key : List.of("002", "001", "003")) {
            store.putInboxItems(ID, List.of(new InboxItem(key, Body.text("{}"))), meter);
        }

        assertThat(store.readInbox(ID, "", meter).items())
                .extracting(InboxItem::key)
                .containsExactly("001", "002", "003");
        assertThat(store.readInbox(ID, "001", meter).items())
                .extracting(InboxItem::key)
                .containsExactly("002", "003");
    }

    @Test
    void takesAsManyAtOnceAsABatchHas() {
        List<InboxItem> all = IntStream.range(100, 100 + ExecutionStore.LARGEST_BATCH)
                .mapToObj(i -> new InboxItem(Integer.toString(i), Body.text("{\"n\":" + i + "}")))
                .toList();

        assertThat(store.putInboxItems(ID, all, meter)).isEmpty();

        assertThat(store.readInbox(ID, "", meter).items())
                .usingRecursiveComparison()
                .isEqualTo(all);
    }

    @Test
    void forgetsWhatIsDeleted() {
        store.putInboxItems(ID, List.of(new InboxItem("001", Body.text("{}"))), meter);
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
