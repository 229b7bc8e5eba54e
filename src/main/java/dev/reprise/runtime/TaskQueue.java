package dev.reprise.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that are to be asked for, in their order. One that is given up while it queues leaves a gap, which is never
 * seen: gaps are passed over, and closed when there are more of them than tasks, so each costs a constant. Only the
 * thread that owns the execution touches it.
 */
public final class TaskQueue {

    private static final int FEW = 64;

    /** Many executions have one task at a time. */
    private final Deque<OpenTask> tasks = new ArrayDeque<>(1);

    private int gaps;

    public void addLast(OpenTask task) {
        tasks.addLast(task);
    }

    void addFirst(OpenTask task) {
        tasks.addFirst(task);
    }

    /** The first task; null when there is none. */
    public @Nullable OpenTask poll() {
        for (OpenTask task = tasks.pollFirst(); task != null; task = tasks.pollFirst()) {
            if (task.isQueued()) {
                return task;
            }
            gaps--;
        }
        return null;
    }

    /** A task that is in it is not queued any more. */
    public void left() {
        gaps++;
        if (gaps > FEW && gaps > tasks.size() / 2) {
            tasks.removeIf(task -> !task.isQueued());
            gaps = 0;
        }
    }

    public boolean isEmpty() {
        return tasks.size() == gaps;
    }

    /** How much room it takes, gaps included. */
    public int length() {
        return tasks.size();
    }

    void clear() {
        tasks.clear();
        gaps = 0;
    }
}
