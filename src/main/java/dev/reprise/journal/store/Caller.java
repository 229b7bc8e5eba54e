package dev.reprise.journal.store;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The task that started an execution.
 *
 * @param executionArn of the execution that the task belongs to
 * @param startedAt when that one started, for its name may have been another's before and may be another's later; null
 *     when that is not known
 * @param task which of its tasks
 * @param awaits what the task waits for
 */
public record Caller(String executionArn, @Nullable Instant startedAt, EffectId task, Awaits awaits) {

    /** What a task waits for that has started an execution. */
    public enum Awaits {
        /** Nothing: that it has started is all. */
        NOTHING,
        /** Its end; its input and output are given as texts of JSON, as {@code .sync} does. */
        TEXT,
        /** Its end; its input and output are given as JSON, as {@code .sync:2} does. */
        JSON
    }

    /** Which execution the task belongs to. */
    public ExecutionId execution() {
        return ExecutionId.ofArn(executionArn);
    }

    /** Whether the task belongs to the execution of that head, and not to one that had its name before. */
    public boolean belongsTo(Head execution) {
        Beginning beginning = execution.beginning();
        return belongsTo(beginning.executionArn(), beginning.startedAt());
    }

    /** Whether the task belongs to the execution of that name that started then. */
    public boolean belongsTo(String arn, Instant started) {
        return executionArn.equals(arn) && (startedAt == null || startedAt.equals(started));
    }

    /** Whether the task waits until the execution has ended. */
    public boolean awaitsEnd() {
        return awaits != Awaits.NOTHING;
    }
}
