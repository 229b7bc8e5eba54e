package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.NOON;
import static dev.reprise.journal.Fixtures.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonParser;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TimerKind;
import dev.reprise.journal.codec.ByteSink;
import dev.reprise.journal.codec.EntryKind;
import dev.reprise.journal.codec.EntryReader;
import dev.reprise.journal.codec.EntryWriter;
import dev.reprise.journal.codec.Fidelity;
import dev.reprise.journal.codec.Json;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How entries look in the table. What stands there must be readable by every later version. */
class EntryCodecTest {

    private static final EffectId ITEM = new EffectId(ScopePath.ROOT.child("ProcessOrders", 1, 17), 2);

    static Stream<Arguments> entries() {
        return Stream.of(
                arguments(
                        new Entry.TaskSucceeded(ITEM, NOON, json("{'charged': true}")),
                        "{'succeeded':'/ProcessOrders[17]:2','at':1795176000000,'output':{'charged':true}}"),
                arguments(
                        new Entry.TaskFailed(ITEM, NOON, new StatesError("Card.Declined", "expired")),
                        "{'failed':'/ProcessOrders[17]:2','at':1795176000000,'error':'Card.Declined','cause':'expired'}"),
                arguments(
                        new Entry.TaskFailed(ITEM, NOON, new StatesError(null, null)),
                        "{'failed':'/ProcessOrders[17]:2','at':1795176000000}"),
                arguments(
                        new Entry.TimerFired(new EffectId(ScopePath.ROOT, 3), NOON, TimerKind.WAIT),
                        "{'fired':'/:3','at':1795176000000,'kind':'WAIT'}"),
                arguments(
                        new Entry.TaskSubmitted(ITEM, NOON, json("{'SdkHttpMetadata': {}}")),
                        "{'submitted':'/ProcessOrders[17]:2','at':1795176000000,'output':{'SdkHttpMetadata':{}}}"),
                arguments(
                        new Entry.TaskSubmitted(ITEM, NOON, null),
                        "{'submitted':'/ProcessOrders[17]:2','at':1795176000000}"),
                arguments(
                        new Entry.ItemsRead(new EffectId(ScopePath.ROOT, 1), NOON, "etag-1", 0),
                        "{'read':'/:1','at':1795176000000,'version':'etag-1','count':0}"),
                arguments(
                        new Entry.TaskStarted(ITEM, NOON, "w1"),
                        "{'started':'/ProcessOrders[17]:2','at':1795176000000,'worker':'w1'}"),
                arguments(
                        new Entry.TaskStarted(ITEM, NOON, null),
                        "{'started':'/ProcessOrders[17]:2','at':1795176000000}"),
                arguments(
                        new Entry.TaskHeard(ITEM, NOON, NOON.minusSeconds(1)),
                        "{'heard':'/ProcessOrders[17]:2','at':1795176000000,'heardAt':1795175999000}"),
                arguments(new Entry.Redriven(NOON, 2), "{'redriven':'/:0','at':1795176000000,'count':2}"),
                arguments(new Entry.Stopped(NOON, "Why", null), "{'stopped':'/:0','at':1795176000000,'error':'Why'}"),
                arguments(
                        new Entry.GivenUp(NOON, new StatesError("Reprise.NoProgress", "again")),
                        "{'givenUp':'/:0','at':1795176000000,'error':'Reprise.NoProgress','cause':'again'}"),
                arguments(
                        new Entry.Interrupted(0, new Entry.GivenUp(NOON, new StatesError("Reprise.NoProgress", null))),
                        "{'givenUp':'/:0','at':1795176000000,'error':'Reprise.NoProgress','transitions':0}"),
                arguments(
                        new Entry.Interrupted(3_000_000_000L, new Entry.Stopped(NOON, null, null)),
                        "{'stopped':'/:0','at':1795176000000,'transitions':3000000000}"),
                arguments(
                        new Entry.Interrupted(1, new Entry.TimerFired(EffectId.EXECUTION, NOON, TimerKind.TIMEOUT)),
                        "{'fired':'/:0','at':1795176000000,'kind':'TIMEOUT','transitions':1}"),
                arguments(
                        new Entry.TaskSucceeded(
                                new EffectId(
                                        ScopePath.ROOT.child("a:b/c#d", 2, 0).child("日本", 1, 3), 1),
                                NOON,
                                json("null")),
                        "{'succeeded':'/a:b~1c~2d#2[0]/日本[3]:1','at':1795176000000,'output':null}"));
    }

    @Test
    void everyKindOfEntryHasAnExampleHere() {
        Set<Class<?>> shown =
                entries().map(arguments -> arguments.get()[0].getClass()).collect(Collectors.<Class<?>>toSet());

        assertThat(kinds(Entry.class).filter(kind -> kind != Entry.Started.class))
                .isNotEmpty()
                .allSatisfy(kind -> assertThat(shown).contains(kind));
        assertThat(entries().map(arguments -> EntryKind.of((Entry) arguments.get()[0])))
                .contains(EntryKind.values());
    }

    private static Stream<Class<?>> kinds(Class<?> kind) {
        return kind.isInterface()
                ? Stream.of(kind.getPermittedSubclasses()).flatMap(EntryCodecTest::kinds)
                : Stream.of(kind);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void isWrittenLikeThisAndReadAsItWas(Entry entry, String line) throws IOException {
        ByteSink out = new ByteSink(100);

        assertThat(EntryWriter.write(entry, null, out)).isEqualTo(Fidelity.EXACT);

        assertThat(out.toString(UTF_8)).isEqualTo(line.replace('\'', '"'));
        assertThat(read(out)).isEqualTo(entry);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'read':'/:1','at':1795176000000,'version':'etag-1'}",
                "{'read':'/:1','at':1795176000000,'count':1}",
                "{'succeeded':'/:1','at':1795176000000}",
                "{'fired':'/:1','at':1795176000000}",
                "{'fired':'/:1','kind':'WAIT'}",
                "{'at':1795176000000}",
                "{'fired':'/:1','at':1795176000000,'kind':'LUNCH'}",
                "{'fired':'1','at':1795176000000,'kind':'WAIT'}",
                "{'stopped':'/:0','at':1795176000000,'transitions':-1}",
                "{'fired':'/:1','at':1795176000000,'kind':'WAIT','transitions':1}",
                "{'read':'/:1','at':1795176000000,'version':'etag-1','count':-1}",
                "{'read':'/:1','at':1795176000000,'version':'etag-1','count':1.5}",
                "{'read':'/:1','at':1795176000000,'version':'etag-1','count':4294967297}",
                "{'read':'/:1','at':1795176000000,'version':7,'count':1}",
                "{'redriven':'/:0','at':1795176000000}",
                "{'redriven':'/:0','at':1795176000000,'count':0}",
                "{'redriven':'/:1','at':1795176000000,'count':1}",
                "{'stopped':'/A[0]:0','at':1795176000000}",
                "{'givenUp':'/:3','at':1795176000000,'error':'E'}",
                "{'stopped':'/:0','at':1795176000000,'error':null}",
                "{'stopped':'/:0','at':1795176000000,'output':1}",
                "{'fired':'/:1','at':1795176000000,'kind':'WAIT','output':1}",
                "{'fired':'/:1','at':1795176000000,'at':1795176000001,'kind':'WAIT'}",
                "{'fired':'/:1','succeeded':'/:1','at':1795176000000,'kind':'WAIT'}",
                "{'at':1795176000000,'fired':'/:1','kind':'WAIT'}",
                "{'fired':'/:1','at':'1795176000000','kind':'WAIT'}",
                "{'fired':3,'at':1795176000000,'kind':'WAIT'}",
                "{'exploded':'/:1','at':1795176000000}",
                "{'succeeded':'/:1','at':1795176000000,'output':1,'outputBlob':'ab'}",
                "{'submitted':'/:1','at':1795176000000,'outputBlob':null}",
                "[]",
            })
    void anIncompleteOneIsRefused(String line) {
        ByteSink text = new ByteSink(100);
        text.writeBytes(line.replace('\'', '"').getBytes(UTF_8));

        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void aKindThatIsNotKnownIsNotTakenForAnother() {
        ByteSink text = new ByteSink(100);
        text.writeBytes("{\"paused\":\"/:0\",\"at\":1795176000000}".getBytes(UTF_8));

        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'paused'")
                .hasMessageContaining("a newer version of Reprise may have written it");
    }

    @Test
    void finerTimeThanMillisecondsIsCut() throws IOException {
        ByteSink out = new ByteSink(100);

        assertThat(EntryWriter.write(new Entry.Stopped(NOON.plusNanos(1), null, null), null, out))
                .isEqualTo(Fidelity.LOSSY);
        assertThat(read(out)).isEqualTo(new Entry.Stopped(NOON, null, null));
    }

    @Test
    void theStartIsTheHeadAndNoEntry() {
        assertThatThrownBy(() -> EntryWriter.write(new Entry.Started(NOON, json("1")), null, new ByteSink(10)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLargeErrorStandsElsewhereToo() {
        Entry failed = new Entry.TaskFailed(ITEM, NOON, new StatesError("E", "x".repeat(300_000)));
        PendingEntries pending = new PendingEntries();

        assertThat(pending.add(failed)).isEqualTo(failed);

        assertThat(pending.blobs()).hasSize(1);
        assertThat(pending.batches().get(0).json().size()).isLessThan(200);
    }

    private static Entry read(ByteSink json) throws IOException {
        try (JsonParser parser = Json.FACTORY.createParser(json.buffer(), 0, json.size())) {
            return EntryReader.next(parser, hash -> {
                throw new IOException("nothing stands elsewhere");
            });
        }
    }
}
