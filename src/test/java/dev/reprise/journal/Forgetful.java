package dev.reprise.journal;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.dynamodb.TaskItems;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.TaskStore;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.journal.store.WaitingTask;
import java.time.Instant;
import java.util.List;

/** A table in which a task that is over leaves no trace. To see who notices. */
public final class Forgetful extends ForwardingStore {

    public Forgetful(ExecutionStore table) {
        super(table);
    }

    @Override
    protected List<WaitingTask> replaceTasks(
            TaskStore tasks, ExecutionId id, List<WaitingTask> all, Instant until, UnitMeter meter) {
        deleteItems(id, all.stream().map(task -> TaskItems.key(task.task())).toList(), meter);
        return List.of();
    }
}
