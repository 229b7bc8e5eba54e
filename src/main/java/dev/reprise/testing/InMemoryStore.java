package dev.reprise.testing;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.dynamodb.Attributes;
import dev.reprise.journal.dynamodb.ItemSize;
import dev.reprise.journal.dynamodb.Items;
import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.DocumentStore;
import dev.reprise.journal.store.DueExecution;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.InboxItem;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Progress;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.TaskStore;
import dev.reprise.journal.store.UnitMeter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Keeps executions in memory, item for item as DynamoDB would: the same conditions, limits and consumed units. For
 * tests, and for runs that need not survive the process.
 */
public final class InMemoryStore implements ExecutionStore {

    private static final String AFTER_ALL = "~";

    private final InMemoryTable table = new InMemoryTable();
    private final InMemoryHeads heads = new InMemoryHeads(table);
    private final InMemoryIndex index = new InMemoryIndex(table);
    private final InMemoryTasks tasks = new InMemoryTasks(table);
    private final InMemoryDocuments documents = new InMemoryDocuments(table);

    @Override
    public String table() {
        return InMemoryTable.NAME;
    }

    /** All items as they stand, ordered by partition and sort key. */
    public List<Map<String, AttributeValue>> items() {
        return table.items();
    }

    /** Puts items as they are, such as another store's {@link #items()}. */
    public void putItems(Iterable<? extends Map<String, AttributeValue>> all) {
        all.forEach(item -> table.put(item, new UnitMeter()));
    }

    @Override
    public TaskStore tasks() {
        return tasks;
    }

    @Override
    public DocumentStore documents() {
        return documents;
    }

    @Override
    public ConditionalWrite<Head> createHead(Head head, Instant now, UnitMeter meter) {
        return heads.createHead(head, now, meter);
    }

    @Override
    public @Nullable Head readHead(ExecutionId id, UnitMeter meter) {
        return heads.readHead(id, meter);
    }

    @Override
    public ConditionalWrite<Head> takeLease(ExecutionId id, String writer, Lease lease, Instant now, UnitMeter meter) {
        return heads.takeLease(id, writer, lease, now, meter);
    }

    @Override
    public ConditionalWrite<Head> suspend(
            ExecutionId id,
            String writer,
            @Nullable Instant wakeAt,
            long inboxSeen,
            Progress progress,
            UnitMeter meter) {
        return heads.suspend(id, writer, wakeAt, inboxSeen, progress, meter);
    }

    @Override
    public ConditionalWrite<Head> postpone(Head head, Instant until, UnitMeter meter) {
        return heads.postpone(head, until, meter);
    }

    @Override
    public ConditionalWrite<Head> close(Head closed, UnitMeter meter) {
        return heads.close(closed, meter);
    }

    @Override
    public ConditionalWrite<Head> settle(Head unsettled, UnitMeter meter) {
        return heads.settle(unsettled, meter);
    }

    @Override
    public ConditionalWrite<Head> replaceClosed(Head closed, Head by, UnitMeter meter) {
        return heads.replaceClosed(closed, by, meter);
    }

    @Override
    public ConditionalWrite<Head> announceInbox(ExecutionId id, UnitMeter meter) {
        return heads.announceInbox(id, meter);
    }

    @Override
    public ConditionalWrite<Head> countInbox(
            ExecutionId id, int redrives, boolean leased, Instant now, UnitMeter meter) {
        return heads.countInbox(id, redrives, leased, now, meter);
    }

    @Override
    public ConditionalWrite<Head> deleteHead(Head closed, UnitMeter meter) {
        return heads.deleteHead(closed, meter);
    }

    @Override
    public double writeUnits(Head before, Head after) {
        return heads.writeUnits(before, after);
    }

    @Override
    public Page<Head> list(String workflow, int limit, @Nullable String token, UnitMeter meter) {
        return index.list(workflow, limit, token, meter);
    }

    @Override
    public Page<Head> labelled(
            String partition,
            @Nullable Instant from,
            @Nullable Instant to,
            int limit,
            @Nullable String token,
            UnitMeter meter) {
        return index.labelled(partition, from, to, limit, token, meter);
    }

    @Override
    public void putLabels(ExecutionId id, Map<String, String> labels, Instant startedAt, UnitMeter meter) {
        index.putLabels(id, labels, startedAt, meter);
    }

    @Override
    public List<DueExecution> due(Instant until, int limit, UnitMeter meter) {
        return index.due(until, limit, meter);
    }

    @Override
    public List<DueExecution> expired(Instant until, int limit, UnitMeter meter) {
        return index.expired(until, limit, meter);
    }

    @Override
    public ConditionalWrite<Segment> putSegment(ExecutionId id, Segment segment, UnitMeter meter) {
        Map<String, AttributeValue> item = Items.write(id, segment);
        return table.in(id.partition(), items -> {
            Map<String, AttributeValue> taken = items.get(JournalTable.segmentKey(segment.number()));
            if (taken != null) {
                return new ConditionalWrite.Refused<>(Items.readSegment(id, taken));
            }
            items.put(item, meter);
            return ConditionalWrite.made();
        });
    }

    @Override
    public Page<Segment> readSegments(ExecutionId id, long from, UnitMeter meter) {
        return table.query(
                id.partition(),
                JournalTable.segmentKey(from),
                JournalTable.SEGMENT + AFTER_ALL,
                item -> Items.readSegment(id, item),
                segment -> Long.toString(segment.number() + 1),
                meter);
    }

    @Override
    public Page<Segment> readSegmentsBackwards(ExecutionId id, long below, UnitMeter meter) {
        return table.query(
                id.partition(),
                items -> items.subMap(JournalTable.SEGMENT, true, JournalTable.segmentKeyBelow(below), false)
                        .descendingMap(),
                item -> Items.readSegment(id, item),
                segment -> Long.toString(segment.number()),
                meter);
    }

    @Override
    public void putChunk(String partition, Chunk chunk, UnitMeter meter) {
        table.put(Items.write(partition, chunk), meter);
    }

    @Override
    public Page<Chunk> readChunks(String partition, String name, int from, UnitMeter meter) {
        return table.query(
                partition,
                JournalTable.chunkKey(name, from),
                name + '#' + AFTER_ALL,
                Items::readChunk,
                chunk -> Integer.toString(chunk.index() + 1),
                meter);
    }

    @Override
    public @Nullable Chunk readLastChunk(String partition, String prefix, String before, UnitMeter meter) {
        var last = table.in(partition, items -> items.lower(before));
        if (last == null || !last.getKey().startsWith(prefix)) {
            meter.read(1);
            return null;
        }
        meter.read(ItemSize.readUnits(ItemSize.of(last.getValue())));
        return Items.readChunk(last.getValue());
    }

    @Override
    public List<InboxItem> putInboxItems(ExecutionId id, List<InboxItem> items, UnitMeter meter) {
        items.forEach(item -> table.put(Items.write(id, item), meter));
        return List.of();
    }

    @Override
    public Page<InboxItem> readInbox(ExecutionId id, String after, UnitMeter meter) {
        return table.query(
                id.partition(),
                JournalTable.inboxKeyAfter(after),
                JournalTable.INBOX + AFTER_ALL,
                item -> Items.readInboxItem(id, item),
                InboxItem::key,
                meter);
    }

    @Override
    public void deleteInboxItem(ExecutionId id, String key, UnitMeter meter) {
        table.remove(id.partition(), JournalTable.INBOX + key, meter);
    }

    @Override
    public Page<String> readItemKeys(ExecutionId id, String after, UnitMeter meter) {
        Page<String> page = table.query(
                id.partition(),
                after + '!',
                AFTER_ALL,
                item -> new Attributes(item).textAt(JournalTable.SK),
                key -> key,
                meter);
        return new Page<>(
                page.items().stream()
                        .filter(key -> !key.equals(JournalTable.HEAD))
                        .toList(),
                page.next());
    }

    @Override
    public List<String> deleteItems(ExecutionId id, List<String> keys, UnitMeter meter) {
        if (keys.size() > LARGEST_BATCH) {
            throw new IllegalArgumentException("At most " + LARGEST_BATCH + " at once, these are " + keys.size());
        }
        return table.in(id.partition(), items -> {
            keys.forEach(key -> items.remove(key, meter));
            return List.of();
        });
    }
}
