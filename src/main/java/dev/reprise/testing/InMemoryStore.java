package dev.reprise.testing;

import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.dynamodb.Attributes;
import dev.reprise.journal.dynamodb.HeadItem;
import dev.reprise.journal.dynamodb.IndexCost;
import dev.reprise.journal.dynamodb.ItemSize;
import dev.reprise.journal.dynamodb.Items;
import dev.reprise.journal.dynamodb.ListToken;
import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.DueExecution;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.InboxItem;
import dev.reprise.journal.store.ItemTooLargeException;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Progress;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.TaskStore;
import dev.reprise.journal.store.UnitMeter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Keeps executions in memory, item for item as DynamoDB would: the same conditions, limits and consumed units. For
 * tests, and for runs that need not survive the process.
 */
public final class InMemoryStore implements ExecutionStore {

    private static final String TABLE = "in memory";
    private static final int PAGE_BYTES = 1024 * 1024;
    private static final String AFTER_ALL = "~";

    /** Each partition's items by sort key, guarded by the partition's own lock. */
    private final Map<String, NavigableMap<String, Map<String, AttributeValue>>> partitions = new ConcurrentHashMap<>();

    @Override
    public String table() {
        return TABLE;
    }

    /** All items as they stand, ordered by partition and sort key. */
    public List<Map<String, AttributeValue>> items() {
        List<Map<String, AttributeValue>> all = new ArrayList<>();
        new TreeMap<>(partitions).values().forEach(items -> {
            synchronized (items) {
                items.values().forEach(item -> all.add(Map.copyOf(item)));
            }
        });
        return all;
    }

    /** Puts items as they are, such as another store's {@link #items()}. */
    public void putItems(Iterable<? extends Map<String, AttributeValue>> all) {
        for (Map<String, AttributeValue> item : all) {
            NavigableMap<String, Map<String, AttributeValue>> items =
                    partition(new Attributes(item).textAt(JournalTable.PK));
            synchronized (items) {
                put(items, item, new UnitMeter());
            }
        }
    }

    @Override
    public TaskStore tasks() {
        return new InMemoryTasks(this);
    }

    @Override
    public ConditionalWrite<Head> createHead(Head head, Instant now, UnitMeter meter) {
        return withoutBefore(changeHead(
                head.id(), current -> current == null || mayBeReplaced(current, now), current -> head, meter));
    }

    @Override
    public @Nullable Head readHead(ExecutionId id, UnitMeter meter) {
        Map<String, AttributeValue> item = get(id.partition(), JournalTable.HEAD);
        meter.read(ItemSize.readUnits(item == null ? 0 : ItemSize.of(item)));
        return item == null ? null : HeadItem.read(item);
    }

    @Override
    public ConditionalWrite<Head> takeLease(ExecutionId id, String writer, Lease lease, Instant now, UnitMeter meter) {
        return changeExisting(
                id, head -> head.mayBeLeased(lease.owner(), now), head -> head.leased(writer, lease), meter);
    }

    @Override
    public ConditionalWrite<Head> suspend(
            ExecutionId id,
            String writer,
            @Nullable Instant wakeAt,
            long inboxSeen,
            Progress progress,
            UnitMeter meter) {
        return withoutBefore(changeExisting(
                id,
                head -> head.ownedBy(writer) && head.inbox() == inboxSeen,
                head -> head.suspended(wakeAt, progress),
                meter));
    }

    @Override
    public ConditionalWrite<Head> postpone(Head head, Instant until, UnitMeter meter) {
        if (head.isUnsettled()) {
            return replaceUnsettled(head, current -> current.postponed(until), meter);
        }
        String owner = Objects.requireNonNull(head.lease()).owner();
        return withoutBefore(changeExisting(
                head.id(),
                current -> current.lease() != null && current.lease().owner().equals(owner),
                current -> current.postponed(until),
                meter));
    }

    @Override
    public ConditionalWrite<Head> close(Head closed, UnitMeter meter) {
        return withoutBefore(changeExisting(
                closed.id(),
                head -> head.ownedBy(closed.writer()) && head.inbox() == closed.inbox(),
                head -> closed,
                meter));
    }

    @Override
    public ConditionalWrite<Head> settle(Head unsettled, UnitMeter meter) {
        return replaceUnsettled(unsettled, Head::settled, meter);
    }

    private ConditionalWrite<Head> replaceUnsettled(Head unsettled, UnaryOperator<Head> change, UnitMeter meter) {
        return withoutBefore(changeExisting(
                unsettled.id(), head -> head.isUnsettled() && head.writer().equals(unsettled.writer()), change, meter));
    }

    @Override
    public ConditionalWrite<Head> replaceClosed(Head closed, Head by, UnitMeter meter) {
        return withoutBefore(changeExisting(closed.id(), head -> head.isStill(closed), head -> by, meter));
    }

    @Override
    public ConditionalWrite<Head> announceInbox(ExecutionId id, UnitMeter meter) {
        return changeExisting(id, head -> head.status() == ExecutionStatus.RUNNING, Head::inboxAnnounced, meter);
    }

    @Override
    public ConditionalWrite<Head> countInbox(
            ExecutionId id, int redrives, boolean leased, Instant now, UnitMeter meter) {
        return withoutBefore(changeExisting(
                id,
                head -> head.status() == ExecutionStatus.RUNNING
                        && head.redrives() == redrives
                        && (head.lease() != null) == leased,
                head -> head.inboxCounted(now),
                meter));
    }

    @Override
    public ConditionalWrite<Segment> putSegment(ExecutionId id, Segment segment, UnitMeter meter) {
        NavigableMap<String, Map<String, AttributeValue>> partition = partition(id.partition());
        Map<String, AttributeValue> item = Items.write(id, segment);
        synchronized (partition) {
            Map<String, AttributeValue> taken = partition.get(JournalTable.segmentKey(segment.number()));
            if (taken != null) {
                return new ConditionalWrite.Refused<>(Items.readSegment(id, taken));
            }
            put(partition, item, meter);
            return ConditionalWrite.made();
        }
    }

    @Override
    public Page<Segment> readSegments(ExecutionId id, long from, UnitMeter meter) {
        return query(
                id.partition(),
                JournalTable.segmentKey(from),
                JournalTable.SEGMENT + AFTER_ALL,
                item -> Items.readSegment(id, item),
                segment -> Long.toString(segment.number() + 1),
                meter);
    }

    @Override
    public Page<Segment> readSegmentsBackwards(ExecutionId id, long below, UnitMeter meter) {
        return query(
                id.partition(),
                items -> items.subMap(JournalTable.SEGMENT, true, JournalTable.segmentKeyBelow(below), false)
                        .descendingMap(),
                item -> Items.readSegment(id, item),
                segment -> Long.toString(segment.number()),
                meter);
    }

    @Override
    public void putChunk(String partition, Chunk chunk, UnitMeter meter) {
        NavigableMap<String, Map<String, AttributeValue>> items = partition(partition);
        synchronized (items) {
            put(items, Items.write(partition, chunk), meter);
        }
    }

    @Override
    public Page<Chunk> readChunks(String partition, String name, int from, UnitMeter meter) {
        return query(
                partition,
                JournalTable.chunkKey(name, from),
                name + '#' + AFTER_ALL,
                Items::readChunk,
                chunk -> Integer.toString(chunk.index() + 1),
                meter);
    }

    @Override
    public @Nullable Chunk readLastChunk(String partition, String prefix, String before, UnitMeter meter) {
        NavigableMap<String, Map<String, AttributeValue>> items = partition(partition);
        Map.Entry<String, Map<String, AttributeValue>> last;
        synchronized (items) {
            last = items.lowerEntry(before);
        }
        if (last == null || !last.getKey().startsWith(prefix)) {
            meter.read(1);
            return null;
        }
        meter.read(ItemSize.readUnits(ItemSize.of(last.getValue())));
        return Items.readChunk(last.getValue());
    }

    @Override
    public void putInboxItem(ExecutionId id, InboxItem item, UnitMeter meter) {
        NavigableMap<String, Map<String, AttributeValue>> items = partition(id.partition());
        synchronized (items) {
            put(items, Items.write(id, item), meter);
        }
    }

    @Override
    public Page<InboxItem> readInbox(ExecutionId id, String after, UnitMeter meter) {
        return query(
                id.partition(),
                JournalTable.inboxKeyAfter(after),
                JournalTable.INBOX + AFTER_ALL,
                item -> Items.readInboxItem(id, item),
                InboxItem::key,
                meter);
    }

    @Override
    public void deleteInboxItem(ExecutionId id, String key, UnitMeter meter) {
        NavigableMap<String, Map<String, AttributeValue>> items = partition(id.partition());
        synchronized (items) {
            remove(items, JournalTable.INBOX + key, meter);
        }
    }

    @Override
    public Page<Head> list(String workflow, int limit, @Nullable String token, UnitMeter meter) {
        ListToken after = token == null ? null : ListToken.parse(token);
        List<Head> found = heads().filter(head -> head.id().workflow().equals(workflow))
                .sorted(Comparator.comparing(ListToken::after, NEWEST_FIRST))
                .filter(head -> after == null || NEWEST_FIRST.compare(ListToken.after(head), after) > 0)
                .limit(limit + 1L)
                .toList();
        meter.read(Math.max(1, found.size()));
        boolean more = found.size() > limit;
        List<Head> page = more ? found.subList(0, limit) : found;
        return new Page<>(page, more ? ListToken.after(page.get(limit - 1)).toString() : null);
    }

    private static final Comparator<ListToken> NEWEST_FIRST =
            Comparator.comparingLong(ListToken::startedAtMillis).reversed().thenComparing(ListToken::name);

    @Override
    public List<DueExecution> due(Instant until, int limit, UnitMeter meter) {
        return dueWhere(Head::isToBeResumed, until, limit, meter);
    }

    @Override
    public List<DueExecution> expired(Instant until, int limit, UnitMeter meter) {
        return dueWhere(head -> !head.isToBeResumed(), until, limit, meter);
    }

    @Override
    public Page<String> readItemKeys(ExecutionId id, String after, UnitMeter meter) {
        Page<String> page = query(
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
        NavigableMap<String, Map<String, AttributeValue>> items = partition(id.partition());
        synchronized (items) {
            keys.forEach(key -> remove(items, key, meter));
        }
        return List.of();
    }

    @Override
    public double writeUnits(Head before, Head after) {
        return HeadItem.writeUnits(before, after);
    }

    @Override
    public ConditionalWrite<Head> deleteHead(Head closed, UnitMeter meter) {
        NavigableMap<String, Map<String, AttributeValue>> items =
                partition(closed.id().partition());
        synchronized (items) {
            Map<String, AttributeValue> item = items.get(JournalTable.HEAD);
            Head head = item == null ? null : HeadItem.read(item);
            if (head == null || !head.isStill(closed)) {
                return new ConditionalWrite.Refused<>(head);
            }
            remove(items, JournalTable.HEAD, meter);
            return ConditionalWrite.made();
        }
    }

    /** Under the partition's lock. */
    private static void remove(NavigableMap<String, Map<String, AttributeValue>> items, String key, UnitMeter meter) {
        Map<String, AttributeValue> gone = items.remove(key);
        meter.write(gone == null ? 1 : ItemSize.writeUnits(ItemSize.of(gone)) + IndexCost.writeUnits(gone, Map.of()));
    }

    private List<DueExecution> dueWhere(Predicate<Head> kind, Instant until, int limit, UnitMeter meter) {
        meter.read(JournalTable.DUE_PARTITIONS * 0.5);
        List<DueExecution> due = new ArrayList<>();
        heads().filter(kind).forEach(head -> {
            Instant at = head.dueAt();
            if (at != null && !at.isAfter(until)) {
                due.add(new DueExecution(head.id(), at));
            }
        });
        due.sort(Comparator.comparing(DueExecution::at));
        return List.copyOf(due.subList(0, Math.min(limit, due.size())));
    }

    private Stream<Head> heads() {
        return partitions.values().stream().flatMap(items -> {
            synchronized (items) {
                Map<String, AttributeValue> head = items.get(JournalTable.HEAD);
                return head == null ? Stream.of() : Stream.of(HeadItem.read(head));
            }
        });
    }

    /** DynamoDB's time to live counts whole seconds. */
    private static boolean mayBeReplaced(Head head, Instant now) {
        return head.dueAt() == null && head.expired(now.truncatedTo(ChronoUnit.SECONDS));
    }

    private ConditionalWrite<Head> changeExisting(
            ExecutionId id, Predicate<Head> condition, Function<Head, Head> change, UnitMeter meter) {
        return changeHead(
                id,
                head -> head != null && condition.test(head),
                head -> change.apply(Objects.requireNonNull(head)),
                meter);
    }

    private static ConditionalWrite<Head> withoutBefore(ConditionalWrite<Head> change) {
        return change instanceof ConditionalWrite.Made ? ConditionalWrite.made() : change;
    }

    private ConditionalWrite<Head> changeHead(
            ExecutionId id,
            Predicate<@Nullable Head> condition,
            Function<@Nullable Head, Head> change,
            UnitMeter meter) {
        NavigableMap<String, Map<String, AttributeValue>> items = partition(id.partition());
        synchronized (items) {
            Map<String, AttributeValue> item = items.get(JournalTable.HEAD);
            Head head = item == null ? null : HeadItem.read(item);
            if (!condition.test(head)) {
                return new ConditionalWrite.Refused<>(head);
            }
            put(items, HeadItem.write(change.apply(head)), meter);
            return new ConditionalWrite.Made<>(head);
        }
    }

    /** Under the partition's lock. */
    static void put(
            NavigableMap<String, Map<String, AttributeValue>> items,
            Map<String, AttributeValue> item,
            UnitMeter meter) {
        Attributes keys = new Attributes(item);
        String key = keys.textAt(JournalTable.SK);
        int size = ItemSize.of(item);
        if (size > ItemSize.LIMIT) {
            throw new ItemTooLargeException(
                    TABLE, keys.textAt(JournalTable.PK), key, size + " bytes, at most " + ItemSize.LIMIT);
        }
        Map<String, AttributeValue> before = items.put(key, item);
        int larger = before == null ? size : Math.max(size, ItemSize.of(before));
        meter.write(ItemSize.writeUnits(larger) + IndexCost.writeUnits(before, item));
    }

    private @Nullable Map<String, AttributeValue> get(String partition, String key) {
        NavigableMap<String, Map<String, AttributeValue>> items = partition(partition);
        synchronized (items) {
            return items.get(key);
        }
    }

    private <T> Page<T> query(
            String partition,
            String from,
            String before,
            Function<Map<String, AttributeValue>, T> decode,
            Function<T, String> next,
            UnitMeter meter) {
        return query(partition, items -> items.subMap(from, true, before, false), decode, next, meter);
    }

    /** As much as DynamoDB answers at once: items are added until they pass 1 MB. */
    private <T> Page<T> query(
            String partition,
            UnaryOperator<NavigableMap<String, Map<String, AttributeValue>>> range,
            Function<Map<String, AttributeValue>, T> decode,
            Function<T, String> next,
            UnitMeter meter) {
        NavigableMap<String, Map<String, AttributeValue>> items = partition(partition);
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        int bytes = 0;
        boolean more = false;
        synchronized (items) {
            for (Map<String, AttributeValue> item : range.apply(items).values()) {
                if (bytes >= PAGE_BYTES) {
                    more = true;
                    break;
                }
                found.add(item);
                bytes += ItemSize.of(item);
            }
        }
        meter.read(ItemSize.readUnits(bytes));
        List<T> decoded = found.stream().map(decode).toList();
        return new Page<>(decoded, more ? next.apply(decoded.get(decoded.size() - 1)) : null);
    }

    NavigableMap<String, Map<String, AttributeValue>> partition(String partition) {
        return partitions.computeIfAbsent(partition, key -> new TreeMap<>());
    }
}
