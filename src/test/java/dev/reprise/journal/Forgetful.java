package dev.reprise.journal;

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
