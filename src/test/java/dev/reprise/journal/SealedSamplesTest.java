package dev.reprise.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.seal.KeysInMemory;
import dev.reprise.journal.seal.SealingStore;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.testing.InMemoryStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Journals of every kind, sealed: nothing of their data is readable in the table, and they come to the same end. */
class SealedSamplesTest {

    /** What stands in the clear: by it items are found, counted, and made only under their conditions. */
    private static final Set<String> READABLE = Set.of(
            "pk",
            "sk",
            "format",
            "semantics",
            "arn",
            "roleArn",
            "definition",
            "inputBlob",
            "resultBlob",
            "startedAt",
            "retention",
            "workflow",
            "status",
            "writer",
            "tokenSecret",
            "owner",
            "leaseUntil",
            "due",
            "dueAt",
            "inbox",
            "resumes",
            "segments",
            "position",
            "snapshot",
            "fruitful",
            "readUnits",
            "writeUnits",
            "redrives",
            "redrivenAt",
            "label",
            "stoppedAt",
            "unsettled",
            "lastEvent",
            "tailCount",
            "expiresAt",
            "first",
            "count",
            "resume",
            "of",
            "task",
            "version",
            "bounded",
            "child",
            "heardAt",
            "answer",
            "settledAt",
            "callerArn",
            "startedBy",
            "awaits",
            "callerStartedAt",
            "execution");

    private final KeysInMemory keys = new KeysInMemory();

    @TestFactory
    Stream<DynamicTest> nothingIsReadableAndTheEndIsTheSame() {
        return SampleJournals.samples().entrySet().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.getKey(), () -> {
                    InMemoryStore table = new InMemoryStore();
                    sample.getValue().accept(keys.sealing(table, Fixtures.AT_NOON));
                    InMemoryStore plain = new InMemoryStore();
                    sample.getValue().accept(plain);

                    assertThat(readable(table.items())).isSubsetOf(READABLE);
                    assertThat(READABLE).doesNotContainAnyElementsOf(sealed(table.items()));
                    // By another process, which no longer seals.
                    assertThat(end(keys.opening(table), sample.getKey())).isEqualTo(end(plain, sample.getKey()));
                }));
    }

    private static Object end(ExecutionStore store, String name) {
        Head head = store.readHead(new ExecutionId("samples", name), new UnitMeter());
        if (head != null && head.ending() == null) {
            SampleRun.resume(store, name).toItsEnd();
        }
        return SampleRun.end(store, name);
    }

    private static final String SEALED = "Sealed";

    /** Of what is not sealed; the data keys are, by the key service. */
    private static Set<String> readable(List<Map<String, AttributeValue>> items) {
        Set<String> names = new TreeSet<>();
        items.stream()
                .filter(item -> !item.get("pk").s().equals("DATAKEYS"))
                .forEach(item -> names.addAll(item.keySet()));
        names.removeIf(name -> name.endsWith(SEALED));
        return names;
    }

    private static Set<String> sealed(List<Map<String, AttributeValue>> items) {
        Set<String> names = new TreeSet<>();
        items.forEach(item -> item.keySet().stream()
                .filter(name -> name.endsWith(SEALED))
                .map(name -> name.substring(0, name.length() - SEALED.length()))
                .forEach(names::add));
        return names;
    }

    /** What was written before there was a key is read, and sealed when it is written again. */
    @Test
    void aJournalInTheClearIsGoneOnWithSealed() {
        InMemoryStore table = new InMemoryStore();
        SampleJournals.samples().get("map-open").accept(table);
        assertThat(sealed(table.items())).isEmpty();
        InMemoryStore plain = new InMemoryStore();
        plain.putItems(table.items());

        Object end = end(keys.sealing(table, Fixtures.AT_NOON), "map-open");

        assertThat(end).isEqualTo(end(plain, "map-open"));
        assertThat(sealed(table.items())).contains("entries", "tail");
    }

    @Test
    void anItemInAnothersPlaceIsNoticed() {
        InMemoryStore table = new InMemoryStore();
        SealingStore sealing = keys.sealing(table, Fixtures.AT_NOON);
        SampleJournals.samples().get("map-open").accept(sealing);
        List<Map<String, AttributeValue>> segments = new ArrayList<>();
        table.items().stream()
                .filter(item -> item.get("sk").s().startsWith("SEG#"))
                .forEach(segments::add);
        segments.sort(Comparator.comparing(item -> item.get("sk").s()));
        Map<String, AttributeValue> swapped = new HashMap<>(segments.getLast());
        swapped.put("entriesSealed", segments.getFirst().get("entriesSealed"));
        table.putItems(List.of(swapped));

        assertThatThrownBy(() -> SampleRun.resume(sealing, "map-open"))
                .isInstanceOf(CorruptJournalException.class)
                .hasMessageContaining("SEG#")
                .hasMessageContaining("its seal is broken");
    }

    /** One head that was altered keeps nobody from seeing the others. */
    @Test
    void aListGoesOnWithoutWhatCannotBeOpened() {
        InMemoryStore table = new InMemoryStore();
        SealingStore sealing = keys.sealing(table, Fixtures.AT_NOON);
        SampleJournals.samples().get("tasks-ended").accept(sealing);
        SampleJournals.samples().get("map-open").accept(sealing);
        Map<String, AttributeValue> head = new HashMap<>(table.items().stream()
                .filter(item ->
                        item.get("sk").s().equals("HEAD") && item.get("pk").s().contains("map-open"))
                .findFirst()
                .orElseThrow());
        byte[] altered = head.get("inputSealed").b().asByteArray();
        altered[altered.length - 1] ^= 1;
        head.put("inputSealed", AttributeValue.fromB(software.amazon.awssdk.core.SdkBytes.fromByteArray(altered)));
        table.putItems(List.of(head));

        assertThat(sealing.list("samples", 10, null, new UnitMeter()).items())
                .extracting(listed -> listed.id().name())
                .containsExactly("tasks-ended");
    }
}
