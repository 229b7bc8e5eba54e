package dev.reprise.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.StatesError;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Work that somebody else does for a {@code .sync} task, and that is looked after until it is done: how an integration
 * is written whose service has no way to call back. Thread-safe. What blocks belongs on {@link TaskThreads}; nothing
 * begins before the subscription; cancelling it stops the request as far as that is possible.
 *
 * <p>The runtime submits, records the response in the journal ({@code TaskSubmitted}), and only then polls. Polls leave
 * no trace: they come seconds apart at first, later minutes, and while the next is far off the execution sleeps and
 * costs nothing. A process may die at any moment. Then another polls on by the recorded response; a job that was
 * submitted and whose response was not recorded yet is submitted again.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-sync">AWS, Run a
 *     Job</a>
 */
public interface Job {

    /**
     * A job as it is known once it was submitted.
     *
     * @param resource the state's {@code Resource}
     * @param response what {@link #submit} gave
     * @param idempotencyKey as in the context of the call that submitted it
     * @param credentials the state's {@code Credentials}, evaluated; null when it has none
     */
    record Submission(
            String resource,
            JsonNode response,
            String idempotencyKey,
            @Nullable JsonNode credentials) {}

    /** How a job is. */
    sealed interface Progress {

        /**
         * It goes on.
         *
         * @param again how long to wait before the next poll; null leaves that to the runtime: a quarter of the time
         *     since it was submitted, from a second to five minutes
         */
        record Running(@Nullable Duration again) implements Progress {

            public Running {
                if (again != null && (again.isNegative() || again.isZero())) {
                    throw new IllegalArgumentException("again must be positive, was " + again);
                }
            }
        }

        /** It is done. */
        record Succeeded(JsonNode output) implements Progress {}

        /** It failed, and so does the task. */
        record Failed(StatesError error) implements Progress {}
    }

    /**
     * Has the job begin. It happens at least once: after a crash the same call may come again, with the same {@link
     * TaskContext#idempotencyKey}, and must then give the job that runs already, if the service can tell at all.
     *
     * @return what the job is known by, at most {@link #LONGEST_RESPONSE} characters of JSON; it is the {@code output}
     *     of the event {@code TaskSubmitted}. Or a {@link TaskException}, with which the task fails
     */
    Uni<JsonNode> submit(TaskCall call);

    /**
     * How the job is. A {@link TaskException} fails the task, as {@link Progress.Failed} does; after any other
     * exception it is polled again, and fails the task with it the tenth time in a row.
     */
    Uni<Progress> poll(Submission job);

    /**
     * Nobody waits for the job any more: its task timed out or was given up, or its execution ended. It may come more
     * than once, and for a job that has ended: then it does nothing. A failure is logged, and repeated at the latest
     * when the execution has ended.
     */
    Uni<Void> cancel(Submission job);

    /** Characters of JSON in a response. */
    int LONGEST_RESPONSE = 32_768;
}
