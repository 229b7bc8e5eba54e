package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Effect;
import dev.reprise.execution.TimerKind;
import dev.reprise.journal.WaitingTasks.TimeUp;
import dev.reprise.task.Job;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the tasks of one execution are asked for. Called by the thread that owns the execution; what comes of it may come
 * about on any thread.
 */
public interface TaskRequests {

    /** What a request for a task is answered with. */
    sealed interface Reply {

        /** The task is over. */
        record Done(JsonNode output) implements Reply {}

        /**
         * Somebody has taken the task on, and its result will come from outside.
         *
         * @param response null when there is nothing to tell
         */
        record TakenOn(@Nullable JsonNode response) implements Reply {}
    }

    /**
     * Asks for a task. Cancelling the subscription stops the request as far as that is possible. A {@link
     * dev.reprise.journal.store.JournalException} is no failure of the task: the table is out of reach.
     */
    Uni<? extends Reply> request(Effect.RunTask task);

    /** Whether the task is done by a {@link Job}, which is to be polled once it was submitted. */
    default boolean isJob(Effect.RunTask task) {
        return false;
    }

    /**
     * How a job is.
     *
     * @param task one that is, and that was submitted
     */
    default Uni<Job.Progress> poll(Effect.RunTask task) {
        throw new IllegalStateException("No job: " + task);
    }

    /**
     * Whether a task that is answered from outside has run out of time, as one of its bounds says.
     *
     * @param bound {@code TIMEOUT} or {@code HEARTBEAT}
     * @param inboxReadAt when the inbox was last read: an answer that was there is known
     */
    Uni<TimeUp> timeUp(Effect.RunTask task, TimerKind bound, Instant inboxReadAt);

    /**
     * A task that nobody waits for any more.
     *
     * @param task as far as the journal tells of it
     * @param answered whether whoever does it has said how it ended; else it is given up, and is to be stopped where
     *     that can be
     */
    record Ended(Effect.RunTask task, boolean answered) {}

    /**
     * Nobody waits any more for these tasks, which are answered from outside: those that are given up are stopped, and
     * the table forgets all of them.
     *
     * @param ended their end is durable
     */
    Uni<?> forget(List<Ended> ended);
}
