package dev.reprise.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.codec.ByteSink;
import dev.reprise.journal.codec.EntryKind;
import dev.reprise.journal.codec.EntryReader;
import dev.reprise.journal.codec.EntryWriter;
import dev.reprise.journal.codec.Json;
import dev.reprise.journal.dynamodb.HeadItem;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.testing.InMemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Journals that earlier versions wrote, and this one: whatever was left open goes on to the same end, and what ended
 * tells the same history.
 */
class JournalsOfVersionsTest {

    static List<Path> files() {
        try (Stream<Path> files = Files.walk(JournalDump.ALL)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void comeToTheSameEnd(Path file) {
        JournalDump dump = JournalDump.read(file);
        InMemoryStore store = dump.restored();
        if (head(store, dump).ending() == null) {
            SampleRun.resume(store, dump.name()).toItsEnd();
        }

        assertThat(head(store, dump).status().name())
                .isEqualTo(dump.end().path("status").textValue());
        assertThat(SampleRun.end(store, dump.name())).isEqualTo(dump.end());
    }

    private static Head head(ExecutionStore store, JournalDump dump) {
        return Objects.requireNonNull(store.readHead(new ExecutionId("samples", dump.name()), new UnitMeter()));
    }

    @Test
    void ofThisVersionAreThere() {
        assertThat(JournalDump.ofThisVersion())
                .as("run SampleJournals.main for the version that was raised, see CONTRIBUTING")
                .isDirectory();
    }

    @Test
    void ofThisVersionAreWhatComesOfTheSamplesStill() {
        assertThat(SampleJournals.written())
                .allSatisfy(written -> assertThat(
                                JournalDump.read(JournalDump.ofThisVersion().resolve(written.name() + ".json"))
                                        .end())
                        .as("the semantics have changed: raise their version (%s)", written.name())
                        .isEqualTo(written.end()));
    }

    @Test
    void holdEveryKindOfEntryAndOfItem() throws IOException {
        Set<EntryKind> kinds = EnumSet.noneOf(EntryKind.class);
        Set<Class<?>> entries = new HashSet<>();
        Set<String> items = new TreeSet<>();
        for (Path file : files()) {
            if (!file.startsWith(JournalDump.ofThisVersion())) {
                continue;
            }
            JournalDump dump = JournalDump.read(file);
            Iterable<Entry> all = () -> Objects.requireNonNull(
                            Fixtures.journals(dump.restored()).history(new ExecutionId("samples", dump.name())))
                    .entries();
            for (Entry entry : all) {
                entries.add(entry.getClass());
                if (!(entry instanceof Entry.Started)) {
                    kinds.add(EntryKind.of(entry));
                }
            }
            dump.items().forEach(item -> items.addAll(traits(item)));
        }

        assertThat(kinds).containsExactlyInAnyOrder(EntryKind.values());
        assertThat(entries).contains(Entry.Interrupted.class, Entry.Started.class);
        assertThat(items)
                .contains("HEAD", "SEG", "SNAP", "BLOB", "IN", "WAIT", "TEXT", "TASK")
                .contains("tail", "redrives", "leaseUntil", "dueAt", "inputBlob", "tokenSecret", "entriesDeflated");
    }

    private static Set<String> traits(Map<String, AttributeValue> item) {
        Set<String> traits = new HashSet<>(item.keySet());
        traits.add(Objects.requireNonNull(item.get("sk")).s().split("#", -1)[0]);
        return traits;
    }

    @ParameterizedTest
    @MethodSource("files")
    void areWrittenAsTheyWereRead(Path file) throws IOException {
        for (Map<String, AttributeValue> item : JournalDump.read(file).items()) {
            String key = Objects.requireNonNull(item.get("sk")).s();
            if (!file.startsWith(JournalDump.ofThisVersion())) {
                continue;
            }
            if (key.equals(JournalTable.HEAD)) {
                assertThat(HeadItem.write(HeadItem.read(item))).isEqualTo(item);
            } else if (key.startsWith(JournalTable.SEGMENT) && item.containsKey("entries")) {
                String text = Objects.requireNonNull(item.get("entries")).s();
                assertThat(rewritten(text)).isEqualTo(text);
            }
        }
    }

    private static String rewritten(String text) throws IOException {
        List<String> lines = new ArrayList<>();
        try (JsonParser parser = Json.FACTORY.createParser(text)) {
            String[] hash = {null};
            for (Entry entry = next(parser, hash); entry != null; entry = next(parser, hash)) {
                ByteSink out = new ByteSink(100);
                EntryWriter.write(entry, hash[0], out);
                lines.add(out.toString(UTF_8));
                hash[0] = null;
            }
        }
        return String.join("\n", lines);
    }

    private static Entry next(JsonParser parser, String[] hash) throws IOException {
        return EntryReader.next(parser, stored -> {
            hash[0] = stored;
            return Fixtures.json("{}");
        });
    }
}
