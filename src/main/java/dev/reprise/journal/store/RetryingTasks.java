package dev.reprise.journal.store;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tasks of a {@link RetryingStore}: repeats requests as it does. */
final class RetryingTasks implements TaskStore {

    private final RetryingStore retrying;
    private final TaskStore tasks;

    RetryingTasks(RetryingStore retrying, TaskStore tasks) {
        this.retrying = retrying;
        this.tasks = tasks;
    }

    @Override
    public @Nullable WaitingTask read(ExecutionId id, EffectId task, UnitMeter meter) {
        return retrying.<@Nullable WaitingTask>retrying(() -> tasks.read(id, task, meter));
    }

    @Override
    public Page<WaitingTask> readAll(ExecutionId id, String after, UnitMeter meter) {
        return retrying.retrying(() -> tasks.readAll(id, after, meter));
    }

    @Override
    public ConditionalWrite<WaitingTask> put(ExecutionId id, WaitingTask task, UnitMeter meter) {
        return retrying.retrying(() -> tasks.put(id, task, meter));
    }

    @Override
    public List<WaitingTask> replace(ExecutionId id, List<WaitingTask> all, Instant until, UnitMeter meter) {
        return retrying.untilNothingIsLeft(all, left -> tasks.replace(id, left, until, meter));
    }

    @Override
    public void enqueue(QueuedTask task, UnitMeter meter) {
        retrying.retrying(() -> tasks.enqueue(task, meter));
    }

    @Override
    public List<QueuedTask> queued(String activity, String after, int limit, UnitMeter meter) {
        return retrying.retrying(() -> tasks.queued(activity, after, limit, meter));
    }

    @Override
    public void dequeue(QueuedTask task, UnitMeter meter) {
        retrying.retrying(() -> tasks.dequeue(task, meter));
    }
}
