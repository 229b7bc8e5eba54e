package dev.reprise.journal.dynamodb;

import static dev.reprise.journal.dynamodb.Attributes.text;

import dev.reprise.execution.ExecutionId;
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
import dev.reprise.journal.store.RetryingStore;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.TaskStore;
import dev.reprise.journal.store.TransientStoreException;
import dev.reprise.journal.store.UnitMeter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Keeps executions in a DynamoDB table. Wrap it in a {@link RetryingStore}.
 *
 * <p>The client is the synchronous one: a journal has one write in flight, on the thread that owns the execution, so an
 * event loop would only add its hops.
 */
public final class DynamoDbStore implements ExecutionStore {

    /**
     * Comes after every key that begins with the same prefix: our keys are digits, letters, {@code #} and {@code -}.
     */
    private static final String AFTER_ALL = "~";

    private static final String NO_SUCH_SEGMENT = "attribute_not_exists(" + JournalTable.SK + ")";

    private final DynamoDbCalls calls;
    private final DynamoDbHeads heads;
    private final DynamoDbIndexes indexes;
    private final DynamoDbTasks tasks;
    private final DynamoDbDocuments documents;

    /**
     * @param client stays the caller's to close
     * @param table its name
     */
    public DynamoDbStore(DynamoDbClient client, String table) {
        this.calls = new DynamoDbCalls(client, table);
        this.heads = new DynamoDbHeads(calls);
        this.indexes = new DynamoDbIndexes(calls);
        this.tasks = new DynamoDbTasks(calls);
        this.documents = new DynamoDbDocuments(calls);
    }

    /**
     * Reads what is never there, so that the connection that the first invocation needs is open before it begins.
     *
     * @throws JournalException when the table cannot be reached
     */
    public void connect() {
        Map<String, AttributeValue> unused = calls.get(Attributes.key("connection", "connection"), new UnitMeter());
    }

    @Override
    public String table() {
        return calls.table();
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
    public double writeUnits(Head before, Head after) {
        return heads.writeUnits(before, after);
    }

    @Override
    public ConditionalWrite<Head> deleteHead(Head closed, UnitMeter meter) {
        return heads.deleteHead(closed, meter);
    }

    @Override
    public ConditionalWrite<Segment> putSegment(ExecutionId id, Segment segment, UnitMeter meter) {
        return calls.put(Items.write(id, segment), NO_SUCH_SEGMENT, Map.of(), meter)
                .map(item -> Items.readSegment(id, item));
    }

    @Override
    public Page<Segment> readSegments(ExecutionId id, long from, UnitMeter meter) {
        return read(
                id.partition(),
                JournalTable.segmentKey(from),
                JournalTable.SEGMENT + AFTER_ALL,
                item -> Items.readSegment(id, item),
                segment -> Long.toString(segment.number() + 1),
                meter);
    }

    @Override
    public Page<Segment> readSegmentsBackwards(ExecutionId id, long below, UnitMeter meter) {
        QueryRequest.Builder range = range(id.partition(), JournalTable.SEGMENT, JournalTable.segmentKeyBelow(below))
                .scanIndexForward(false);
        return read(range, item -> Items.readSegment(id, item), segment -> Long.toString(segment.number()), meter);
    }

    @Override
    public void putChunk(String partition, Chunk chunk, UnitMeter meter) {
        calls.put(Items.write(partition, chunk), meter);
    }

    @Override
    public Page<Chunk> readChunks(String partition, String name, int from, UnitMeter meter) {
        return read(
                partition,
                JournalTable.chunkKey(name, from),
                name + '#' + AFTER_ALL,
                Items::readChunk,
                chunk -> Integer.toString(chunk.index() + 1),
                meter);
    }

    @Override
    public @Nullable Chunk readLastChunk(String partition, String prefix, String before, UnitMeter meter) {
        QueryRequest.Builder last =
                range(partition, prefix, before).scanIndexForward(false).limit(1);
        QueryResponse response = calls.query(last, meter);
        return response.items().isEmpty()
                ? null
                : Items.readChunk(response.items().get(0));
    }

    @Override
    public List<InboxItem> putInboxItems(ExecutionId id, List<InboxItem> items, UnitMeter meter) {
        if (items.size() == 1) {
            calls.put(Items.write(id, items.getFirst()), meter);
            return List.of();
        }
        List<Map<String, AttributeValue>> facts =
                items.stream().map(item -> Items.write(id, item)).toList();
        return calls.put(facts, meter).stream()
                .map(item -> Items.readInboxItem(id, item))
                .toList();
    }

    @Override
    public Page<InboxItem> readInbox(ExecutionId id, String after, UnitMeter meter) {
        return read(
                id.partition(),
                JournalTable.inboxKeyAfter(after),
                JournalTable.INBOX + AFTER_ALL,
                item -> Items.readInboxItem(id, item),
                InboxItem::key,
                meter);
    }

    @Override
    public void deleteInboxItem(ExecutionId id, String key, UnitMeter meter) {
        calls.delete(Attributes.key(id.partition(), JournalTable.INBOX + key), meter);
    }

    @Override
    public Page<Head> list(String workflow, int limit, @Nullable String token, UnitMeter meter) {
        return indexes.list(workflow, limit, token, meter);
    }

    @Override
    public Page<Head> labelled(
            String partition,
            @Nullable Instant from,
            @Nullable Instant to,
            int limit,
            @Nullable String token,
            UnitMeter meter) {
        return indexes.labelled(partition, from, to, limit, token, meter);
    }

    @Override
    public void putLabels(ExecutionId id, Map<String, String> labels, Instant startedAt, UnitMeter meter) {
        List<Map<String, AttributeValue>> left = labels.entrySet().stream()
                .map(label -> Items.label(id, label.getKey(), label.getValue(), startedAt))
                .toList();
        while (!left.isEmpty()) {
            List<Map<String, AttributeValue>> unwritten = calls.put(left, meter);
            if (unwritten.size() == left.size()) {
                throw new TransientStoreException("it is throttled", null);
            }
            left = unwritten;
        }
    }

    @Override
    public List<DueExecution> due(Instant until, int limit, UnitMeter meter) {
        return indexes.due(JournalTable.RESUME, until, limit, meter);
    }

    @Override
    public List<DueExecution> expired(Instant until, int limit, UnitMeter meter) {
        return indexes.due(JournalTable.SWEEP, until, limit, meter);
    }

    @Override
    public Page<String> readItemKeys(ExecutionId id, String after, UnitMeter meter) {
        // What is read is billed whether or not it is sent.
        QueryRequest.Builder request =
                range(id.partition(), after + '!', AFTER_ALL).projectionExpression(JournalTable.SK);
        QueryResponse response = calls.query(request, meter);
        List<String> keys = response.items().stream()
                .map(item -> new Attributes(item).textAt(JournalTable.SK))
                .toList();
        String next = response.hasLastEvaluatedKey()
                ? new Attributes(response.lastEvaluatedKey()).textAt(JournalTable.SK)
                : null;
        return new Page<>(
                keys.stream().filter(key -> !key.equals(JournalTable.HEAD)).toList(), next);
    }

    @Override
    public List<String> deleteItems(ExecutionId id, List<String> keys, UnitMeter meter) {
        List<Map<String, AttributeValue>> items =
                keys.stream().map(key -> Attributes.key(id.partition(), key)).toList();
        return calls.delete(items, meter).stream()
                .map(key -> new Attributes(key).textAt(JournalTable.SK))
                .toList();
    }

    private <T> Page<T> read(
            String partition,
            String from,
            String to,
            Function<Map<String, AttributeValue>, T> decode,
            Function<T, String> next,
            UnitMeter meter) {
        return read(range(partition, from, to), decode, next, meter);
    }

    private <T> Page<T> read(
            QueryRequest.Builder range,
            Function<Map<String, AttributeValue>, T> decode,
            Function<T, String> next,
            UnitMeter meter) {
        QueryResponse response = calls.query(range, meter);
        List<T> items = response.items().stream().map(decode).toList();
        // Without a filter, an answer that is not the last holds at least one item.
        boolean more = response.hasLastEvaluatedKey() && !items.isEmpty();
        return new Page<>(items, more ? next.apply(Objects.requireNonNull(items.get(items.size() - 1))) : null);
    }

    /** Strongly consistent. */
    private static QueryRequest.Builder range(String partition, String from, String to) {
        return QueryRequest.builder()
                .keyConditionExpression(JournalTable.PK + " = :pk AND " + JournalTable.SK + " BETWEEN :from AND :to")
                .expressionAttributeValues(Map.of(":pk", text(partition), ":from", text(from), ":to", text(to)))
                .consistentRead(true);
    }
}
