package dev.reprise.api;

import dev.reprise.operations.TaskCallbacks;
import dev.reprise.operations.TaskCallbacks.ActivityTask;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Workers that wait for a task of an activity to come. Of all that wait for the same one, one at a time looks into the
 * table, in intervals that grow to a second; the others sleep. So hundreds of idle ones cost as much as one.
 */
final class ActivityPolls {

    /** As long as AWS keeps a request open. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    private static final long FIRST_INTERVAL_MILLIS = 50;
    private static final long LONGEST_INTERVAL_MILLIS = 1_000;

    private final TaskCallbacks callbacks;

    /** Held by the one that looks. Locks of activities that nobody polls any more are few, and small. */
    private final Map<String, ReentrantLock> looking = new ConcurrentHashMap<>();

    ActivityPolls(TaskCallbacks callbacks) {
        this.callbacks = callbacks;
    }

    /**
     * A task of the activity.
     *
     * @param atMost how long to wait for one
     * @return null when none came
     */
    @Nullable
    ActivityTask poll(String activityArn, String name, @Nullable String workerName, Duration atMost) {
        long until = System.nanoTime() + atMost.toNanos();
        ReentrantLock lock = looking.computeIfAbsent(name, unseen -> new ReentrantLock(true));
        try {
            if (!lock.tryLock(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                return null;
            }
            try {
                return look(activityArn, workerName, until);
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private @Nullable ActivityTask look(String activityArn, @Nullable String workerName, long until)
            throws InterruptedException {
        long interval = FIRST_INTERVAL_MILLIS;
        while (true) {
            ActivityTask task = callbacks.getActivityTask(activityArn, workerName);
            long left = until - System.nanoTime();
            if (task != null || left <= 0) {
                return task;
            }
            Thread.sleep(Math.min(interval, left / 1_000_000 + 1));
            interval = Math.min(2 * interval, LONGEST_INTERVAL_MILLIS);
        }
    }
}
