package dev.reprise.journal.store;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes every request on to another store. Who extends it sees them all in {@link #request}, those that change nothing
 * in {@link #readRequest}, or those of one kind in its method.
 */
public abstract class ForwardingStore implements ExecutionStore {

    private final ExecutionStore store;

    protected ForwardingStore(ExecutionStore store) {
        this.store = store;
    }

    /**
     * Every request comes through here.
     *
     * @param name the method's
     * @param meter what the request adds its units to
     * @param request does it
     */
    protected <T extends @Nullable Object> T request(String name, UnitMeter meter, Supplier<T> request) {
        return request.get();
    }

    /** Makes a request that changes nothing. */
    protected <T extends @Nullable Object> T readRequest(String name, UnitMeter meter, Supplier<T> request) {
        return request(name, meter, request);
    }

    /** Makes a request that changes that execution's head. */
    protected ConditionalWrite<Head> headChange(
            String name, ExecutionId id, UnitMeter meter, Supplier<ConditionalWrite<Head>> request) {
        return request(name, meter, request);
    }

    @Override
    public String table() {
        return store.table();
    }

    @Override
    public DocumentStore documents() {
        return store.documents();
    }

    @Override
    public TaskStore tasks() {
        TaskStore tasks = store.tasks();
        return new TaskStore() {
            @Override
            public @Nullable WaitingTask read(ExecutionId id, EffectId task, UnitMeter meter) {
                return ForwardingStore.this.<@Nullable WaitingTask>readRequest(
                        "readTask", meter, () -> tasks.read(id, task, meter));
            }

            @Override
            public Page<WaitingTask> readAll(ExecutionId id, String after, UnitMeter meter) {
                return readRequest("readTasks", meter, () -> tasks.readAll(id, after, meter));
            }

            @Override
            public ConditionalWrite<WaitingTask> put(ExecutionId id, WaitingTask task, UnitMeter meter) {
                return putTask(tasks, id, task, meter);
            }

            @Override
            public List<WaitingTask> replace(ExecutionId id, List<WaitingTask> all, Instant until, UnitMeter meter) {
                return replaceTasks(tasks, id, all, until, meter);
            }

            @Override
            public void enqueue(QueuedTask task, UnitMeter meter) {
                request("enqueue", meter, () -> {
                    tasks.enqueue(task, meter);
                    return true;
                });
            }

            @Override
            public List<QueuedTask> queued(String activity, String after, int limit, UnitMeter meter) {
                return readRequest("queued", meter, () -> tasks.queued(activity, after, limit, meter));
            }

            @Override
            public void dequeue(QueuedTask task, UnitMeter meter) {
                request("dequeue", meter, () -> {
                    tasks.dequeue(task, meter);
                    return true;
                });
            }
        };
    }

    /** {@link TaskStore#put}. */
    protected ConditionalWrite<WaitingTask> putTask(
            TaskStore tasks, ExecutionId id, WaitingTask task, UnitMeter meter) {
        return request("putTask", meter, () -> tasks.put(id, task, meter));
    }

    /** {@link TaskStore#replace}. */
    protected List<WaitingTask> replaceTasks(
            TaskStore tasks, ExecutionId id, List<WaitingTask> all, Instant until, UnitMeter meter) {
        return request("replaceTasks", meter, () -> tasks.replace(id, all, until, meter));
    }

    @Override
    public ConditionalWrite<Head> createHead(Head head, Instant now, UnitMeter meter) {
        return headChange("createHead", head.id(), meter, () -> store.createHead(head, now, meter));
    }

    @Override
    public @Nullable Head readHead(ExecutionId id, UnitMeter meter) {
        return this.<@Nullable Head>readRequest("readHead", meter, () -> store.readHead(id, meter));
    }

    @Override
    public ConditionalWrite<Head> takeLease(ExecutionId id, String writer, Lease lease, Instant now, UnitMeter meter) {
        return headChange("takeLease", id, meter, () -> store.takeLease(id, writer, lease, now, meter));
    }

    @Override
    public ConditionalWrite<Head> suspend(
            ExecutionId id,
            String writer,
            @Nullable Instant wakeAt,
            long inboxSeen,
            Progress progress,
            UnitMeter meter) {
        return headChange("suspend", id, meter, () -> store.suspend(id, writer, wakeAt, inboxSeen, progress, meter));
    }

    @Override
    public ConditionalWrite<Head> postpone(Head head, Instant until, UnitMeter meter) {
        return headChange("postpone", head.id(), meter, () -> store.postpone(head, until, meter));
    }

    @Override
    public ConditionalWrite<Head> close(Head closed, UnitMeter meter) {
        return headChange("close", closed.id(), meter, () -> store.close(closed, meter));
    }

    @Override
    public ConditionalWrite<Head> settle(Head unsettled, UnitMeter meter) {
        return headChange("settle", unsettled.id(), meter, () -> store.settle(unsettled, meter));
    }

    @Override
    public ConditionalWrite<Head> replaceClosed(Head closed, Head by, UnitMeter meter) {
        return headChange("replaceClosed", by.id(), meter, () -> store.replaceClosed(closed, by, meter));
    }

    @Override
    public ConditionalWrite<Head> announceInbox(ExecutionId id, UnitMeter meter) {
        return headChange("announceInbox", id, meter, () -> store.announceInbox(id, meter));
    }

    @Override
    public ConditionalWrite<Head> countInbox(
            ExecutionId id, int redrives, boolean leased, Instant now, UnitMeter meter) {
        return headChange("countInbox", id, meter, () -> store.countInbox(id, redrives, leased, now, meter));
    }

    @Override
    public ConditionalWrite<Segment> putSegment(ExecutionId id, Segment segment, UnitMeter meter) {
        return request("putSegment", meter, () -> store.putSegment(id, segment, meter));
    }

    @Override
    public Page<Segment> readSegments(ExecutionId id, long from, UnitMeter meter) {
        return readRequest("readSegments", meter, () -> store.readSegments(id, from, meter));
    }

    @Override
    public Page<Segment> readSegmentsBackwards(ExecutionId id, long below, UnitMeter meter) {
        return readRequest("readSegmentsBackwards", meter, () -> store.readSegmentsBackwards(id, below, meter));
    }

    @Override
    public void putChunk(String partition, Chunk chunk, UnitMeter meter) {
        request("putChunk", meter, () -> {
            store.putChunk(partition, chunk, meter);
            return true;
        });
    }

    @Override
    public Page<Chunk> readChunks(String partition, String name, int from, UnitMeter meter) {
        return readRequest("readChunks", meter, () -> store.readChunks(partition, name, from, meter));
    }

    @Override
    public @Nullable Chunk readLastChunk(String partition, String prefix, String before, UnitMeter meter) {
        return this.<@Nullable Chunk>readRequest(
                "readLastChunk", meter, () -> store.readLastChunk(partition, prefix, before, meter));
    }

    @Override
    public List<InboxItem> putInboxItems(ExecutionId id, List<InboxItem> items, UnitMeter meter) {
        return request("putInboxItems", meter, () -> store.putInboxItems(id, items, meter));
    }

    @Override
    public Page<InboxItem> readInbox(ExecutionId id, String after, UnitMeter meter) {
        return readRequest("readInbox", meter, () -> store.readInbox(id, after, meter));
    }

    @Override
    public void deleteInboxItem(ExecutionId id, String key, UnitMeter meter) {
        request("deleteInboxItem", meter, () -> {
            store.deleteInboxItem(id, key, meter);
            return true;
        });
    }

    @Override
    public Page<Head> list(String workflow, int limit, @Nullable String token, UnitMeter meter) {
        return readRequest("list", meter, () -> store.list(workflow, limit, token, meter));
    }

    @Override
    public Page<Head> labelled(
            String partition,
            @Nullable Instant from,
            @Nullable Instant to,
            int limit,
            @Nullable String token,
            UnitMeter meter) {
        return readRequest("labelled", meter, () -> store.labelled(partition, from, to, limit, token, meter));
    }

    @Override
    public void putLabels(ExecutionId id, Map<String, String> labels, Instant startedAt, UnitMeter meter) {
        request("putLabels", meter, () -> {
            store.putLabels(id, labels, startedAt, meter);
            return true;
        });
    }

    @Override
    public List<DueExecution> due(Instant until, int limit, UnitMeter meter) {
        return readRequest("due", meter, () -> store.due(until, limit, meter));
    }

    @Override
    public List<DueExecution> expired(Instant until, int limit, UnitMeter meter) {
        return readRequest("expired", meter, () -> store.expired(until, limit, meter));
    }

    @Override
    public Page<String> readItemKeys(ExecutionId id, String after, UnitMeter meter) {
        return readRequest("readItemKeys", meter, () -> store.readItemKeys(id, after, meter));
    }

    @Override
    public List<String> deleteItems(ExecutionId id, List<String> keys, UnitMeter meter) {
        return request("deleteItems", meter, () -> store.deleteItems(id, keys, meter));
    }

    @Override
    public ConditionalWrite<Head> deleteHead(Head closed, UnitMeter meter) {
        return headChange("deleteHead", closed.id(), meter, () -> store.deleteHead(closed, meter));
    }

    @Override
    public double writeUnits(Head before, Head after) {
        return store.writeUnits(before, after);
    }
}
