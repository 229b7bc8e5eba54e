package dev.reprise.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;

/** Carries out the tasks of one {@code Resource}. Thread-safe: many calls may be in flight. */
@FunctionalInterface
public interface TaskRunner {

    /**
     * Runs one attempt. Nothing begins before the subscription, each subscription begins anew, and cancelling it stops
     * the work as far as that is possible.
     *
     * @return the task's result as JSON that equals what it would be after writing and reading it, or a {@link
     *     TaskException}; on whatever thread it came about. A task that blocks nowhere gives it within the call that
     *     subscribes.
     */
    Uni<JsonNode> run(TaskCall call);
}
