package dev.reprise.journal.seal;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.codec.Body;
import dev.reprise.journal.seal.Seal.BrokenSealException;
import dev.reprise.journal.seal.Seal.Place;
import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.Ending;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.InboxItem;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Payload;
import dev.reprise.journal.store.QueuedTask;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.TaskStore;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.journal.store.WaitingTask;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Seals what executions know before another store keeps it, and opens it when it is read: inputs, outputs, entries,
 * snapshots, large values, facts in the inbox, work of activities, definitions. What the table finds items by stays
 * readable: names, labels, times, states of executions, and the hashes by which large values are named.
 *
 * <p>What was stored before anything was sealed is read as it is. Without a key of the user's nothing is sealed, and
 * what was sealed can still be read for as long as the {@link KeyService} opens its data keys.
 *
 * <p>Every method that reads or writes such an item throws besides {@link
 * dev.reprise.journal.store.DataKeyUnavailableException} when the key service does not open a data key, and {@link
 * CorruptJournalException} for an item that was altered or put elsewhere.
 */
public final class SealingStore extends ForwardingStore {

    private static final Logger LOG = Logger.getLogger(SealingStore.class);

    private final DataKeys keys;
    private final SecureRandom random;

    /**
     * A store that seals.
     *
     * @param store keeps what is sealed
     * @param random draws nonces
     */
    public SealingStore(ExecutionStore store, DataKeys keys, SecureRandom random) {
        super(store);
        this.keys = keys;
        this.random = random;
    }

    /** Seals bodies, or opens them. */
    private interface Change {

        /** The same body when there is nothing to do. */
        Body of(Body body, Place place);
    }

    private Change sealing(UnitMeter meter) {
        DataKeys.Named current = keys.current(meter);
        return current == null ? (body, place) -> body : (body, place) -> Seal.close(body, current, place, random);
    }

    private Change opening(UnitMeter meter) {
        return (body, place) -> {
            byte[] sealed = body.sealed();
            return sealed == null ? body : opened(sealed, place, meter);
        };
    }

    private Body opened(byte[] sealed, Place place, UnitMeter meter) {
        try {
            DataKeyId id = Seal.keyOf(sealed);
            SecretKey key = keys.get(id, meter);
            if (key == null) {
                throw new BrokenSealException(
                        "it was sealed by the data key " + id + ", which is not in the table", null);
            }
            return Seal.open(sealed, key, place);
        } catch (BrokenSealException e) {
            throw new CorruptJournalException(
                    owner(place.partition()), place.item(), String.valueOf(e.getMessage()), e);
        }
    }

    /** For messages: whose item it is. */
    private static String owner(String partition) {
        return partition.startsWith(JournalTable.DEFINITION)
                ? "of any name"
                : ExecutionId.ofPartition(partition).toString();
    }

    private static Payload changed(Payload payload, Place place, Change change) {
        Body body = switch (payload) {
            case Payload.Inline(String json) -> Body.text(json);
            case Payload.Sealed(Body sealed) -> sealed;
            case Payload.Stored elsewhere -> null;
        };
        if (body == null) {
            return payload;
        }
        Body changed = change.of(body, place);
        if (changed == body) {
            return payload;
        }
        return changed.sealed() == null
                ? new Payload.Inline(Objects.requireNonNull(changed.text()))
                : new Payload.Sealed(changed);
    }

    // Heads

    private static Head changed(Head head, Change change) {
        String partition = head.id().partition();
        Payload input = changed(head.beginning().input(), new Place(partition, "HEAD input"), change);
        Ending ending = head.ending();
        return head.in(input, ending == null ? null : changed(partition, ending, change));
    }

    private static Ending changed(String partition, Ending ending, Change change) {
        Payload result = ending.result();
        Segment tail = ending.tail();
        return ending.in(
                result == null ? null : changed(result, new Place(partition, "HEAD result"), change),
                tail == null ? null : tail.in(change.of(tail.body(), new Place(partition, "HEAD tail"))));
    }

    @Override
    protected ConditionalWrite<Head> headChange(
            String name, ExecutionId id, UnitMeter meter, Supplier<ConditionalWrite<Head>> request) {
        return super.headChange(name, id, meter, request).map(head -> changed(head, opening(meter)));
    }

    @Override
    public ConditionalWrite<Head> createHead(Head head, Instant now, UnitMeter meter) {
        return super.createHead(changed(head, sealing(meter)), now, meter);
    }

    @Override
    public @Nullable Head readHead(ExecutionId id, UnitMeter meter) {
        Head head = super.readHead(id, meter);
        return head == null ? null : changed(head, opening(meter));
    }

    @Override
    public ConditionalWrite<Head> postpone(Head head, Instant until, UnitMeter meter) {
        // Of one that runs only times are changed: it is postponed for want of its key, perhaps.
        return super.postpone(head.isUnsettled() ? changed(head, sealing(meter)) : head, until, meter);
    }

    @Override
    public ConditionalWrite<Head> close(Head closed, UnitMeter meter) {
        return super.close(changed(closed, sealing(meter)), meter);
    }

    @Override
    public ConditionalWrite<Head> settle(Head unsettled, UnitMeter meter) {
        return super.settle(changed(unsettled, sealing(meter)), meter);
    }

    @Override
    public ConditionalWrite<Head> replaceClosed(Head closed, Head by, UnitMeter meter) {
        return super.replaceClosed(closed, changed(by, sealing(meter)), meter);
    }

    @Override
    public Page<Head> list(String workflow, int limit, @Nullable String token, UnitMeter meter) {
        return opened(super.list(workflow, limit, token, meter), meter);
    }

    @Override
    public Page<Head> labelled(
            String partition,
            @Nullable Instant from,
            @Nullable Instant to,
            int limit,
            @Nullable String token,
            UnitMeter meter) {
        return opened(super.labelled(partition, from, to, limit, token, meter), meter);
    }

    /** One that cannot be opened is left out, as one that cannot be read is; the log tells of it. */
    private Page<Head> opened(Page<Head> page, UnitMeter meter) {
        List<Head> opened = new ArrayList<>(page.items().size());
        for (Head head : page.items()) {
            try {
                opened.add(changed(head, opening(meter)));
            } catch (CorruptJournalException e) {
                LOG.errorf("It is left out of a list: %s", e.getMessage());
            }
        }
        return new Page<>(opened, page.next());
    }

    /** What stands in the table is sealed, so a little longer. */
    @Override
    public double writeUnits(Head before, Head after) {
        Change longer = keys.areUsed() ? (body, place) -> Seal.blank(body) : (body, place) -> body;
        return super.writeUnits(changed(before, longer), changed(after, longer));
    }

    // Segments and chunks

    private static Segment changed(ExecutionId id, Segment segment, Change change) {
        Place place = new Place(id.partition(), JournalTable.segmentKey(segment.number()));
        return segment.in(change.of(segment.body(), place));
    }

    @Override
    public ConditionalWrite<Segment> putSegment(ExecutionId id, Segment segment, UnitMeter meter) {
        return super.putSegment(id, changed(id, segment, sealing(meter)), meter)
                .map(current -> changed(id, current, opening(meter)));
    }

    @Override
    public Page<Segment> readSegments(ExecutionId id, long from, UnitMeter meter) {
        return super.readSegments(id, from, meter).map(segment -> changed(id, segment, opening(meter)));
    }

    @Override
    public Page<Segment> readSegmentsBackwards(ExecutionId id, long below, UnitMeter meter) {
        return super.readSegmentsBackwards(id, below, meter).map(segment -> changed(id, segment, opening(meter)));
    }

    private static Chunk changed(String partition, Chunk chunk, Change change) {
        Place place = new Place(partition, JournalTable.chunkKey(chunk.name(), chunk.index()));
        return new Chunk(chunk.name(), chunk.index(), chunk.count(), change.of(chunk.body(), place));
    }

    @Override
    public void putChunk(String partition, Chunk chunk, UnitMeter meter) {
        super.putChunk(partition, changed(partition, chunk, sealing(meter)), meter);
    }

    @Override
    public Page<Chunk> readChunks(String partition, String name, int from, UnitMeter meter) {
        return super.readChunks(partition, name, from, meter).map(chunk -> changed(partition, chunk, opening(meter)));
    }

    @Override
    public @Nullable Chunk readLastChunk(String partition, String prefix, String before, UnitMeter meter) {
        Chunk chunk = super.readLastChunk(partition, prefix, before, meter);
        return chunk == null ? null : changed(partition, chunk, opening(meter));
    }

    // The inbox

    private static InboxItem changed(ExecutionId id, InboxItem item, Change change) {
        Place place = new Place(id.partition(), JournalTable.INBOX + item.key());
        return new InboxItem(item.key(), change.of(item.body(), place));
    }

    @Override
    public List<InboxItem> putInboxItems(ExecutionId id, List<InboxItem> items, UnitMeter meter) {
        Change sealing = sealing(meter);
        Set<String> left =
                super.putInboxItems(
                                id,
                                items.stream()
                                        .map(item -> changed(id, item, sealing))
                                        .toList(),
                                meter)
                        .stream()
                        .map(InboxItem::key)
                        .collect(Collectors.toSet());
        return items.stream().filter(item -> left.contains(item.key())).toList();
    }

    @Override
    public Page<InboxItem> readInbox(ExecutionId id, String after, UnitMeter meter) {
        return super.readInbox(id, after, meter).map(item -> changed(id, item, opening(meter)));
    }

    // Waiting tasks: what an activity's worker gets

    private static WaitingTask changed(ExecutionId id, WaitingTask task, Change change) {
        WaitingTask.Work work = task.work();
        Place place = new Place(id.partition(), JournalTable.WAITING + task.task());
        return work == null ? task : task.in(changed(work.input(), place, change));
    }

    @Override
    public TaskStore tasks() {
        return new Tasks(super.tasks());
    }

    private final class Tasks implements TaskStore {

        private final TaskStore tasks;

        Tasks(TaskStore tasks) {
            this.tasks = tasks;
        }

        @Override
        public @Nullable WaitingTask read(ExecutionId id, EffectId task, UnitMeter meter) {
            WaitingTask found = tasks.read(id, task, meter);
            return found == null ? null : changed(id, found, opening(meter));
        }

        @Override
        public Page<WaitingTask> readAll(ExecutionId id, String after, UnitMeter meter) {
            return tasks.readAll(id, after, meter).map(task -> changed(id, task, opening(meter)));
        }

        @Override
        public ConditionalWrite<WaitingTask> put(ExecutionId id, WaitingTask task, UnitMeter meter) {
            return tasks.put(id, changed(id, task, sealing(meter)), meter)
                    .map(current -> changed(id, current, opening(meter)));
        }

        @Override
        public List<WaitingTask> replace(ExecutionId id, List<WaitingTask> all, Instant until, UnitMeter meter) {
            Change sealing = sealing(meter);
            Set<EffectId> left =
                    tasks
                            .replace(
                                    id,
                                    all.stream()
                                            .map(task -> changed(id, task, sealing))
                                            .toList(),
                                    until,
                                    meter)
                            .stream()
                            .map(WaitingTask::task)
                            .collect(Collectors.toSet());
            return all.stream().filter(task -> left.contains(task.task())).toList();
        }

        @Override
        public void enqueue(QueuedTask task, UnitMeter meter) {
            tasks.enqueue(task, meter);
        }

        @Override
        public List<QueuedTask> queued(String activity, String after, int limit, UnitMeter meter) {
            return tasks.queued(activity, after, limit, meter);
        }

        @Override
        public void dequeue(QueuedTask task, UnitMeter meter) {
            tasks.dequeue(task, meter);
        }
    }
}
