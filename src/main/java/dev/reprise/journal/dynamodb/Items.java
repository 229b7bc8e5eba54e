package dev.reprise.journal.dynamodb;

import static dev.reprise.journal.dynamodb.Attributes.number;
import static dev.reprise.journal.dynamodb.Attributes.text;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.InboxItem;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Segment;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Segments, chunks and facts of the inbox as items. */
public final class Items {

    private Items() {}

    public static Map<String, AttributeValue> write(ExecutionId id, Segment segment) {
        return Attributes.item(id.partition(), JournalTable.segmentKey(segment.number()))
                .put("writer", text(segment.writer()))
                .put("first", number(segment.first()))
                .put("count", number(segment.count()))
                .put("resume", number(segment.resume()))
                .put("entries", segment.body())
                .values();
    }

    /** A label, where it is found. */
    public static Map<String, AttributeValue> label(ExecutionId id, String name, String value, Instant startedAt) {
        return Attributes.item(id.partition(), JournalTable.labelKey(name, value))
                .put(JournalTable.LABEL, text(JournalTable.label(name, value)))
                .put(JournalTable.STARTED_AT, Attributes.millis(startedAt))
                .values();
    }

    public static Segment readSegment(ExecutionId id, Map<String, AttributeValue> values) {
        Attributes item = new Attributes(values);
        String key = item.textAt(JournalTable.SK).substring(JournalTable.SEGMENT.length());
        try {
            item.requireKnownFormat("Execution " + id + ": segment " + key);
            return new Segment(
                    Long.parseLong(key),
                    item.textAt("writer"),
                    item.longAt("first"),
                    item.intAt("count"),
                    item.longAt("resume"),
                    item.bodyAt("entries"));
        } catch (UnreadableItemException | NumberFormatException | ArithmeticException e) {
            throw unreadable(id.toString(), "segment " + key, e);
        }
    }

    public static Map<String, AttributeValue> write(String partition, Chunk chunk) {
        return Attributes.item(partition, JournalTable.chunkKey(chunk.name(), chunk.index()))
                .put("count", number(chunk.count()))
                .put("json", chunk.body())
                .values();
    }

    public static Chunk readChunk(Map<String, AttributeValue> values) {
        Attributes item = new Attributes(values);
        String key = item.textAt(JournalTable.SK);
        try {
            item.requireKnownFormat(item.textAt(JournalTable.PK) + ": chunk " + key);
            int last = key.lastIndexOf('#');
            return new Chunk(
                    key.substring(0, last),
                    Integer.parseInt(key.substring(last + 1)),
                    item.intAt("count"),
                    item.bodyAt("json"));
        } catch (UnreadableItemException | IndexOutOfBoundsException | NumberFormatException | ArithmeticException e) {
            throw unreadable(item.textAt(JournalTable.PK), "chunk " + key, e);
        }
    }

    public static Map<String, AttributeValue> write(ExecutionId id, InboxItem fact) {
        return Attributes.item(id.partition(), JournalTable.INBOX + fact.key())
                .put("entry", fact.body())
                .values();
    }

    public static InboxItem readInboxItem(ExecutionId id, Map<String, AttributeValue> values) {
        Attributes item = new Attributes(values);
        String key = item.textAt(JournalTable.SK).substring(JournalTable.INBOX.length());
        try {
            item.requireKnownFormat("Execution " + id + ": inbox item " + key);
            return new InboxItem(key, item.bodyAt("entry"));
        } catch (UnreadableItemException | ArithmeticException e) {
            throw unreadable(id.toString(), "inbox item " + key, e);
        }
    }

    private static CorruptJournalException unreadable(String execution, String item, RuntimeException e) {
        return new CorruptJournalException(execution, item, String.valueOf(e.getMessage()), e);
    }
}
