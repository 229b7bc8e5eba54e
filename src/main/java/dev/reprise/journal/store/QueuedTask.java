package dev.reprise.journal.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.codec.ByteSink;
import dev.reprise.journal.codec.ContentHash;
import java.time.Instant;

/**
 * The place of an activity's task in the queue that workers poll. It only points to the task: what it is, and whether
 * it still waits for a worker, stands with its execution.
 *
 * @param activity the activity's name
 * @param key its place: in order of time, and the same whenever the same task is queued
 * @param execution the task's execution
 * @param task which of its tasks
 */
public record QueuedTask(String activity, String key, ExecutionId execution, EffectId task) {

    private static final int HASH_DIGITS = 16;

    /**
     * A task that waits for a worker of an activity.
     *
     * @param requestedAt when the task was asked for, which orders the queue
     */
    public static QueuedTask of(String activity, ExecutionId execution, EffectId task, Instant requestedAt) {
        ByteSink name = new ByteSink(128);
        name.writeBytes((execution.partition() + task).getBytes(UTF_8));
        String hash = ContentHash.of(name).substring(0, HASH_DIGITS);
        return new QueuedTask(activity, String.format("%015d-%s", requestedAt.toEpochMilli(), hash), execution, task);
    }
}
