package dev.reprise.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.Document;
import dev.reprise.journal.store.DocumentStore;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.UnitMeter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept beside the executions, in any store. */
abstract class DocumentStoreContract {

    private static final ConditionalWrite<Document> MADE = ConditionalWrite.made();

    private final DocumentStore store = newStore().documents();
    private final UnitMeter meter = new UnitMeter();

    abstract ExecutionStore newStore();

    private static Document first(String key) {
        return Document.first("MACHINES", key, "{\"key\":\"" + key + "\"}");
    }

    @Test
    void aDocumentIsReadAsItWasPut() {
        assertThat(store.read("MACHINES", "a", meter)).isNull();

        assertThat(store.put(first("a"), meter)).isEqualTo(MADE);

        assertThat(store.read("MACHINES", "a", meter)).isEqualTo(first("a"));
        assertThat(meter.total().write()).isPositive();
        assertThat(meter.total().read()).isPositive();
    }

    @Test
    void aDocumentIsMadeOnce() {
        store.put(first("a"), meter);

        assertThat(store.put(Document.first("MACHINES", "a", "[]"), meter))
                .isEqualTo(new ConditionalWrite.Refused<>(first("a")));
    }

    @Test
    void whoChangesADocumentHasSeenTheVersionThatIsThere() {
        store.put(first("a"), meter);
        Document second = first("a").saying("2");

        assertThat(store.put(second, meter)).isEqualTo(MADE);
        assertThat(store.put(first("a").saying("3"), meter)).isEqualTo(new ConditionalWrite.Refused<>(second));
        assertThat(store.put(first("b").saying("2"), meter)).isEqualTo(new ConditionalWrite.Refused<>(null));
    }

    @Test
    void whoDeletesADocumentHasSeenTheVersionThatIsThere() {
        store.put(first("a"), meter);
        Document second = first("a").saying("2");
        store.put(second, meter);

        assertThat(store.delete(first("a"), meter)).isEqualTo(new ConditionalWrite.Refused<>(second));
        assertThat(store.delete(second, meter)).isEqualTo(MADE);
        assertThat(store.read("MACHINES", "a", meter)).isNull();
        assertThat(store.delete(second, meter)).isEqualTo(new ConditionalWrite.Refused<>(null));
    }

    @Test
    void documentsOfAPartitionAreListedInPagesBothWays() {
        for (String key : List.of("c", "a", "e", "b", "d")) {
            store.put(first(key), meter);
        }
        store.put(Document.first("OTHERS", "a", "1"), meter);

        assertThat(keys(false)).containsExactly("a", "b", "c", "d", "e");
        assertThat(keys(true)).containsExactly("e", "d", "c", "b", "a");
        assertThat(store.list("NOTHING", "", false, 2, meter)).isEqualTo(new Page<>(List.of(), null));
    }

    private List<String> keys(boolean backwards) {
        List<String> keys = new ArrayList<>();
        String after = "";
        while (after != null) {
            Page<Document> page = store.list("MACHINES", after, backwards, 2, meter);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
            page.items().forEach(document -> keys.add(document.key()));
            after = page.next();
        }
        return keys;
    }

    @Test
    void aListGoesOnAfterAKeyThatIsNotThere() {
        store.put(first("a"), meter);
        store.put(first("c"), meter);

        assertThat(store.list("MACHINES", "b", false, 9, meter).items()).containsExactly(first("c"));
        assertThat(store.list("MACHINES", "b", true, 9, meter).items()).containsExactly(first("a"));
    }
}
