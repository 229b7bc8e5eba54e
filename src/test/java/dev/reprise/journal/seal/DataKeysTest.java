package dev.reprise.journal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.Document;
import dev.reprise.journal.store.StoreUnavailableException;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.testing.InMemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** One data key for a day and a table, whoever is first; each process asks for it once. */
class DataKeysTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final InMemoryStore store = new InMemoryStore();
    private final KeysInMemory service = new KeysInMemory();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final UnitMeter meter = new UnitMeter();

    private DataKeys process(String keyArn) {
        return new DataKeys(store.documents(), "reprise", service, keyArn, now::get);
    }

    private List<Document> documents() {
        return store.documents().list("DATAKEYS", "", false, 100, meter).items();
    }

    private DataKeys.Named current(DataKeys keys) {
        return keys.current(meter);
    }

    @Test
    void aDayHasOneKeyForAllProcesses() {
        DataKeys first = process(KeysInMemory.ARN);

        DataKeys.Named key = current(first);

        assertThat(current(process(KeysInMemory.ARN))).isEqualTo(key);
        assertThat(current(first)).isEqualTo(key);
        assertThat(service.requests()).isEqualTo(2);
        assertThat(documents())
                .extracting(Document::key)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("2026-11-20#");
    }

    @Test
    void anotherDayAndAnotherArnHaveOthers() {
        DataKeys keys = process(KeysInMemory.ARN);
        DataKeys.Named today = current(keys);

        now.set(NOON.plusSeconds(86_400));
        DataKeys.Named tomorrow = current(keys);
        DataKeys other = process(KeysInMemory.ARN + "-other");

        assertThat(Set.of(today.id(), tomorrow.id(), current(other).id())).hasSize(3);
        assertThat(Set.of(today.key(), tomorrow.key(), current(other).key())).hasSize(3);
        assertThat(other.get(today.id(), meter)).isEqualTo(today.key());
    }

    @Test
    void ofManyThreadsOneAsks() throws Exception {
        DataKeys keys = process(KeysInMemory.ARN);
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<DataKeys.Named>> all = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                all.add(threads.submit(() -> keys.current(new UnitMeter())));
            }
            for (Future<DataKeys.Named> one : all) {
                assertThat(one.get()).isEqualTo(all.getFirst().get());
            }
        }
        assertThat(service.requests()).isEqualTo(1);
    }

    /** Both found no key and made one: what stands in the table counts. */
    @Test
    void whoIsSecondTakesTheFirstOnesKey() {
        DataKeys second = process(KeysInMemory.ARN);
        DataKeys first = new DataKeys(
                new LateFirst(store.documents(), () -> current(second)),
                "reprise",
                service,
                KeysInMemory.ARN,
                now::get);

        DataKeys.Named key = current(first);

        assertThat(current(second)).isEqualTo(key);
        assertThat(documents()).hasSize(1);
        assertThat(process(null).get(key.id(), meter)).isEqualTo(key.key());
    }

    @Test
    void withoutAnArnNothingIsSealedAndEverythingOpened() {
        DataKeys.Named key = current(process(KeysInMemory.ARN));

        assertThat(current(process(null))).isNull();
        assertThat(process(null).get(key.id(), meter)).isEqualTo(key.key());
        assertThat(process(null).get(new DataKeyId(1, 2), meter)).isNull();
    }

    @Test
    void aServiceThatRefusesIsAskedAgain() {
        DataKeys keys = process(KeysInMemory.ARN);
        service.outOfReach(true);
        assertThatThrownBy(() -> current(keys))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(KeysInMemory.ARN);

        service.outOfReach(false);
        assertThat(current(keys)).isNotNull();
    }

    /** A table that was restored from a backup has another name; its keys were made for the old one. */
    @Test
    void aTableUnderAnotherNameOpensItsKeys() {
        DataKeys keys = process(KeysInMemory.ARN);
        DataKeys.Named key = current(keys);

        DataKeys restored = new DataKeys(store.documents(), "restored", service, KeysInMemory.ARN, now::get);
        assertThat(current(restored)).isEqualTo(key);
    }

    @Test
    void aDocumentThatIsNoKeyIsNamed() throws Exception {
        String id = current(process(KeysInMemory.ARN)).id().toString();
        for (String json : List.of("{", "{\"keyArn\": \"a\"}", new ObjectMapper().writeValueAsString(List.of()))) {
            InMemoryStore damaged = new InMemoryStore();
            damaged.documents().put(Document.first("DATAKEYS", id, json), meter);
            DataKeys broken = new DataKeys(damaged.documents(), "reprise", service, KeysInMemory.ARN, now::get);
            assertThatThrownBy(() -> current(broken))
                    .isInstanceOf(CorruptJournalException.class)
                    .hasMessageContaining("data key 2026-11-20#");
        }
    }
}
