package dev.reprise.testing;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.dynamodb.ItemSize;
import dev.reprise.journal.dynamodb.TaskItems;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.QueuedTask;
import dev.reprise.journal.store.TaskStore;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.journal.store.WaitingTask;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The tasks of an {@link InMemoryStore}. */
final class InMemoryTasks implements TaskStore {

    private final InMemoryStore store;

    InMemoryTasks(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public @Nullable WaitingTask read(ExecutionId id, EffectId task, UnitMeter meter) {
        NavigableMap<String, Map<String, AttributeValue>> items = store.partition(id.partition());
        synchronized (items) {
            Map<String, AttributeValue> item = items.get(TaskItems.key(task));
            meter.read(ItemSize.readUnits(item == null ? 0 : ItemSize.of(item)));
            return item == null ? null : TaskItems.readWaiting(id, item);
        }
    }

    @Override
    public Page<WaitingTask> readAll(ExecutionId id, String after, UnitMeter meter) {
        NavigableMap<String, Map<String, AttributeValue>> items = store.partition(id.partition());
        synchronized (items) {
            List<Map<String, AttributeValue>> found = List.copyOf(
                    items.tailMap(JournalTable.WAITING + after, false).values());
            meter.read(ItemSize.readUnits(found.stream().mapToInt(ItemSize::of).sum()));
            return new Page<>(
                    found.stream().map(item -> TaskItems.readWaiting(id, item)).toList(), null);
        }
    }

    @Override
    public ConditionalWrite<WaitingTask> put(ExecutionId id, WaitingTask task, UnitMeter meter) {
        NavigableMap<String, Map<String, AttributeValue>> items = store.partition(id.partition());
        synchronized (items) {
            Map<String, AttributeValue> item = items.get(TaskItems.key(task.task()));
            WaitingTask current = item == null ? null : TaskItems.readWaiting(id, item);
            long version = current == null ? 0 : current.version();
            if (version != task.version() - 1) {
                return new ConditionalWrite.Refused<>(current);
            }
            InMemoryStore.put(items, TaskItems.write(id, task), meter);
            return ConditionalWrite.made();
        }
    }

    @Override
    public List<WaitingTask> replace(ExecutionId id, List<WaitingTask> tasks, Instant until, UnitMeter meter) {
        NavigableMap<String, Map<String, AttributeValue>> items = store.partition(id.partition());
        synchronized (items) {
            tasks.forEach(task -> InMemoryStore.put(items, TaskItems.write(id, task, until), meter));
        }
        return List.of();
    }

    @Override
    public void enqueue(QueuedTask task, UnitMeter meter) {
        NavigableMap<String, Map<String, AttributeValue>> items =
                store.partition(JournalTable.activityPartition(task.activity()));
        synchronized (items) {
            InMemoryStore.put(items, TaskItems.write(task), meter);
        }
    }

    @Override
    public List<QueuedTask> queued(String activity, String after, int limit, UnitMeter meter) {
        NavigableMap<String, Map<String, AttributeValue>> items =
                store.partition(JournalTable.activityPartition(activity));
        synchronized (items) {
            List<Map<String, AttributeValue>> found =
                    items.tailMap(JournalTable.QUEUED + after, false).values().stream()
                            .limit(limit)
                            .toList();
            meter.read(ItemSize.readUnits(found.stream().mapToInt(ItemSize::of).sum()));
            return found.stream()
                    .map(item -> TaskItems.readQueued(activity, item))
                    .toList();
        }
    }

    @Override
    public void dequeue(QueuedTask task, UnitMeter meter) {
        NavigableMap<String, Map<String, AttributeValue>> items =
                store.partition(JournalTable.activityPartition(task.activity()));
        synchronized (items) {
            Map<String, AttributeValue> gone = items.remove(JournalTable.QUEUED + task.key());
            meter.write(ItemSize.writeUnits(gone == null ? 0 : ItemSize.of(gone)));
        }
    }
}
