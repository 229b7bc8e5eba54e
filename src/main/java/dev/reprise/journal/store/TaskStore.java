package dev.reprise.journal.store;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where tasks are kept that somebody outside does. What is said of {@link ExecutionStore} holds here too. */
public interface TaskStore {

    /** Null when there is no such task. */
    @Nullable
    WaitingTask read(ExecutionId id, EffectId task, UnitMeter meter);

    /**
     * An execution's tasks in order of their keys, those of about 1 MB of items.
     *
     * @param after a key to go on after; empty for the beginning
     * @return its {@code next} is the key to go on after
     */
    Page<WaitingTask> readAll(ExecutionId id, String after, UnitMeter meter);

    /** Puts a task, on the condition that the version before is there; of version 1, that there is none. */
    ConditionalWrite<WaitingTask> put(ExecutionId id, WaitingTask task, UnitMeter meter);

    /**
     * Puts tasks in the place of whatever is there of them.
     *
     * @param tasks at most {@link ExecutionStore#LARGEST_BATCH}
     * @param until some time after it, they are deleted
     * @return those that the store did not get to
     */
    List<WaitingTask> replace(ExecutionId id, List<WaitingTask> tasks, Instant until, UnitMeter meter);

    /** Puts a task into its activity's queue, in which it may be already. */
    void enqueue(QueuedTask task, UnitMeter meter);

    /**
     * Tasks in an activity's queue, in the order of their keys.
     *
     * @param after a key to go on after; empty for the beginning
     * @param limit at least 1
     */
    List<QueuedTask> queued(String activity, String after, int limit, UnitMeter meter);

    /** Takes a task out of its queue; nothing happens when it is not in it. */
    void dequeue(QueuedTask task, UnitMeter meter);
}
