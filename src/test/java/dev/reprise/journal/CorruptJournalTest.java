package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.LEASE;
import static dev.reprise.journal.Fixtures.NOON;
import static dev.reprise.journal.Fixtures.all;
import static dev.reprise.journal.Fixtures.history;
import static dev.reprise.journal.Fixtures.journals;
import static dev.reprise.journal.Fixtures.json;
import static dev.reprise.journal.Fixtures.noise;
import static dev.reprise.journal.Fixtures.open;
import static dev.reprise.journal.Fixtures.start;
import static dev.reprise.journal.Fixtures.succeeded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.Outcome;
import dev.reprise.journal.codec.Body;
import dev.reprise.journal.codec.ContentHash;
import dev.reprise.journal.codec.Json;
import dev.reprise.journal.dynamodb.HeadItem;
import dev.reprise.journal.dynamodb.Items;
import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.journal.store.UnknownVersionException;
import dev.reprise.testing.InMemoryStore;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item that is not as it was written gives an error that names the execution and the item; nothing else suffers. */
class CorruptJournalTest {

    private static final ExecutionId ID = new ExecutionId("orders", "one");
    private static final String ENTRY = "{\"fired\":\"/:1\",\"at\":1,\"kind\":\"WAIT\"}";

    private final InMemoryStore store = new InMemoryStore();

    static Stream<Arguments> damagedSegments() {
        return Stream.of(
                arguments("no JSON", new Segment(1, "w", 2, 1, 0, Body.text("{\"fired\":"))),
                arguments("not an entry", new Segment(1, "w", 2, 1, 0, Body.text("[1]"))),
                arguments(
                        "an unknown field", new Segment(1, "w", 2, 1, 0, Body.text("{\"exploded\":\"/:1\",\"at\":1}"))),
                arguments("no time", new Segment(1, "w", 2, 1, 0, Body.text("{\"fired\":\"/:1\",\"kind\":\"WAIT\"}"))),
                arguments("no output", new Segment(1, "w", 2, 1, 0, Body.text("{\"succeeded\":\"/:1\",\"at\":1}"))),
                arguments("an unknown kind", new Segment(1, "w", 2, 1, 0, Body.text(ENTRY.replace("WAIT", "NAP")))),
                arguments("a bad scope", new Segment(1, "w", 2, 1, 0, Body.text(ENTRY.replace("/:1", "/Map[x]:1")))),
                arguments("a bad step", new Segment(1, "w", 2, 1, 0, Body.text(ENTRY.replace("/:1", "/:one")))),
                arguments("too few entries", new Segment(1, "w", 2, 2, 0, Body.text(ENTRY))),
                arguments("too many entries", new Segment(1, "w", 2, 1, 0, Body.text(ENTRY + "\n" + ENTRY))),
                arguments("a wrong position", new Segment(1, "w", 3, 1, 0, Body.text(ENTRY))),
                arguments("bad deflate", new Segment(1, "w", 2, 1, 0, Body.deflated(new byte[] {-1, 2, 3}, 100))),
                arguments("short deflate", new Segment(1, "w", 2, 1, 0, Body.deflated(new byte[] {3, 0}, 100))),
                arguments(
                        "long deflate",
                        new Segment(1, "w", 2, 1, 0, Body.deflated(deflated(ENTRY + " "), ENTRY.length()))),
                arguments(
                        "cut deflate",
                        new Segment(1, "w", 2, 1, 0, Body.deflated(cut(deflated(ENTRY)), ENTRY.length()))),
                arguments("a bomb", new Segment(1, "w", 2, 1, 0, Body.deflated(deflated(" ".repeat(50_000_000)), 100))),
                arguments("an absurd length", new Segment(1, "w", 2, 1, 0, Body.deflated(new byte[] {3, 0}, 1 << 30))));
    }

    private static byte[] deflated(String text) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(text.getBytes(UTF_8));
            deflater.finish();
            byte[] out = new byte[100_000];
            return Arrays.copyOf(out, deflater.deflate(out));
        } finally {
            deflater.end();
        }
    }

    private static byte[] cut(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length - 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damagedSegments")
    void aDamagedSegmentIsNamed(String damage, Segment segment) {
        start(store, "one");
        store.putSegment(ID, segment, new UnitMeter());

        JournalReplay replay = open(store, "one").replay();

        assertThatThrownBy(() -> all(replay))
                .isInstanceOf(CorruptJournalException.class)
                .hasMessageContaining("Execution orders/one: segment 1 cannot be read")
                .hasMessageContaining("Nothing was changed");
        assertThatThrownBy(() -> all(replay)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anExecutionThatCannotBeReadCanStillBeStopped() {
        start(store, "one");
        store.putSegment(ID, new Segment(1, "w", 2, 1, 0, Body.text("[1]")), new UnitMeter());
        assertThatThrownBy(() -> all(open(store, "one"))).isInstanceOf(CorruptJournalException.class);

        Journals later = new Journals(store, InstantSource.fixed(NOON.plusSeconds(1000)), new Random());
        Lease lease = new Lease("request-2", NOON.plusSeconds(1900));
        Entry.Stopped stop = new Entry.Stopped(NOON, "Broken", null);

        assertThat(later.stopUnread(ID, lease, stop)).isTrue();

        assertThat(journals(store).outcome(journals(store).head(ID))).isEqualTo(new Outcome.Aborted("Broken", null));
        assertThat(later.stopUnread(ID, lease, stop)).isFalse();
    }

    @Test
    void aMissingSegmentIsNamed() {
        start(store, "one");
        store.putSegment(ID, new Segment(2, "w", 3, 1, 0, Body.text(ENTRY)), new UnitMeter());

        assertThatThrownBy(() -> all(open(store, "one")))
                .isInstanceOf(CorruptJournalException.class)
                .hasMessageContaining("segment 1 cannot be read: it is missing");
    }

    @Test
    void aMissingLastSegmentIsNamed() {
        Journal journal = start(store, "one").journal();
        journal.append(succeeded(0));
        journal.suspend(NOON, () -> json("{}"));
        InMemoryStore other = new InMemoryStore();
        other.createHead(store.readHead(ID, new UnitMeter()), NOON, new UnitMeter());

        assertThatThrownBy(() -> all(open(other, "one")))
                .isInstanceOf(CorruptJournalException.class)
                .hasMessageContaining("segment 1 cannot be read: it is missing, 1 were written");
    }

    @Test
    void aMissingOrAlteredValueIsNamed() {
        Journal journal = start(store, "one").journal();
        journal.append(succeeded(0, noise(400_000, 1)));
        journal.flush();
        String hash = ContentHash.of(Json.encode(noise(400_000, 1)).json());
        Body altered = Body.text("\"something else\"");
        store.putChunk(ID.partition(), new Chunk("BLOB#" + hash, 1, 2, altered), new UnitMeter());

        assertThatThrownBy(() -> history(store, "one"))
                .isInstanceOf(CorruptJournalException.class)
                .hasMessageContaining("value " + hash)
                .hasMessageContaining("another hash");
    }

    @Test
    void anUnknownVersionIsSaidToBeOne() {
        Map<String, AttributeValue> item =
                new HashMap<>(Items.write(ID, new Segment(1, "w", 2, 1, 0, Body.text(ENTRY))));
        item.put("format", AttributeValue.fromN("2"));

        assertThatThrownBy(() -> Items.readSegment(ID, item))
                .isInstanceOf(UnknownVersionException.class)
                .hasMessageContaining("Execution orders/one: segment 000000000001 has format version 2")
                .hasMessageContaining("newer");
    }

    @ParameterizedTest
    @CsvSource({"count, 1.5", "count, 4294967297", "first, 1e40", "resume, 0.1"})
    void aNumberThatIsNoneOfOursIsRefused(String attribute, String number) {
        Map<String, AttributeValue> item =
                new HashMap<>(Items.write(ID, new Segment(1, "w", 2, 1, 0, Body.text(ENTRY))));
        item.put(attribute, AttributeValue.fromN(number));

        assertThatThrownBy(() -> Items.readSegment(ID, item))
                .isInstanceOf(CorruptJournalException.class)
                .hasMessageContaining("'" + attribute + "'");
    }

    @Test
    void aSnapshotWithoutItsPlaceIsNamed() {
        Journal journal = start(store, "one").journal();
        journal.append(succeeded(0));
        journal.flush();
        String json = "{\"semantics\":1,\"position\":2,\"resume\":0,\"state\":{}}";
        store.putChunk(ID.partition(), new Chunk(Snapshot.name(1), 0, 1, Body.text(json)), new UnitMeter());

        assertThatThrownBy(() -> open(store, "one", "request-1"))
                .isInstanceOf(CorruptJournalException.class)
                .hasMessageContaining("the snapshot after segment 1")
                .hasMessageContaining("'owner'");
    }

    @Test
    void anItemWithoutWhatItNeedsIsNamed() {
        Map<String, AttributeValue> item =
                new HashMap<>(Items.write(ID, new Segment(1, "w", 2, 1, 0, Body.text(ENTRY))));
        item.remove("entries");

        assertThatThrownBy(() -> Items.readSegment(ID, item))
                .isInstanceOf(CorruptJournalException.class)
                .hasMessageContaining("'entries'");
    }

    @Test
    void aHeadWithoutWhatItNeedsIsNamed() {
        Map<String, AttributeValue> item =
                new HashMap<>(HeadItem.write(start(store, "one").head()));
        item.put("status", AttributeValue.fromS("NAPPING"));

        assertThatThrownBy(() -> HeadItem.read(item))
                .isInstanceOf(CorruptJournalException.class)
                .hasMessageContaining("Execution orders/one: its head")
                .hasMessageContaining("NAPPING");
    }

    @Test
    void anUnknownDefinitionIsNamed() {
        assertThatThrownBy(() -> journals(store).definition("ab".repeat(32)))
                .isInstanceOf(CorruptJournalException.class)
                .hasMessageContaining("ab".repeat(32));
    }

    @Test
    void othersGoOn() {
        start(store, "one");
        store.putSegment(ID, new Segment(1, "w", 2, 1, 0, Body.text("[1]")), new UnitMeter());
        Journal other = start(store, "two").journal();
        other.append(succeeded(0));
        other.flush();

        assertThat(journals(store).open(new ExecutionId("orders", "two"), LEASE))
                .isInstanceOf(OpenOutcome.Opened.class);
    }
}
