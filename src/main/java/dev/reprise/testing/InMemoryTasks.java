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
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The tasks of an {@link InMemoryStore}. */
final class InMemoryTasks implements TaskStore {

    private final InMemoryTable table;

    InMemoryTasks(InMemoryTable table) {
        this.table = table;
    }

    @Override
    public @Nullable WaitingTask read(ExecutionId id, EffectId task, UnitMeter meter) {
        Map<String, AttributeValue> item = table.get(id.partition(), TaskItems.key(task));
        meter.read(ItemSize.readUnits(item == null ? 0 : ItemSize.of(item)));
        return item == null ? null : TaskItems.readWaiting(id, item);
    }

    @Override
    public Page<WaitingTask> readAll(ExecutionId id, String after, UnitMeter meter) {
        List<Map<String, AttributeValue>> found =
                after(id.partition(), JournalTable.WAITING + after, Integer.MAX_VALUE, meter);
        return new Page<>(
                found.stream().map(item -> TaskItems.readWaiting(id, item)).toList(), null);
    }

    /** No other item's key comes after theirs. */
    private List<Map<String, AttributeValue>> after(String partition, String key, int limit, UnitMeter meter) {
        List<Map<String, AttributeValue>> found = table.in(
                partition, items -> items.after(key).stream().limit(limit).toList());
        meter.read(ItemSize.readUnits(found.stream().mapToInt(ItemSize::of).sum()));
        return found;
    }

    @Override
    public ConditionalWrite<WaitingTask> put(ExecutionId id, WaitingTask task, UnitMeter meter) {
        return table.in(id.partition(), items -> {
            Map<String, AttributeValue> item = items.get(TaskItems.key(task.task()));
            WaitingTask current = item == null ? null : TaskItems.readWaiting(id, item);
            long version = current == null ? 0 : current.version();
            if (version != task.version() - 1) {
                return new ConditionalWrite.Refused<>(current);
            }
            items.put(TaskItems.write(id, task), meter);
            return ConditionalWrite.made();
        });
    }

    @Override
    public List<WaitingTask> replace(ExecutionId id, List<WaitingTask> tasks, Instant until, UnitMeter meter) {
        tasks.forEach(task -> table.put(TaskItems.write(id, task, until), meter));
        return List.of();
    }

    @Override
    public void enqueue(QueuedTask task, UnitMeter meter) {
        table.put(TaskItems.write(task), meter);
    }

    @Override
    public List<QueuedTask> queued(String activity, String after, int limit, UnitMeter meter) {
        String partition = JournalTable.activityPartition(activity);
        return after(partition, JournalTable.QUEUED + after, limit, meter).stream()
                .map(item -> TaskItems.readQueued(activity, item))
                .toList();
    }

    @Override
    public void dequeue(QueuedTask task, UnitMeter meter) {
        table.remove(JournalTable.activityPartition(task.activity()), JournalTable.QUEUED + task.key(), meter);
    }
}
