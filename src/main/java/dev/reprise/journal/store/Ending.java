package dev.reprise.journal.store;

import dev.reprise.execution.ExecutionStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an execution ended.
 *
 * @param status anything but RUNNING
 * @param stoppedAt millisecond precision
 * @param result the output of one that succeeded; else an object that may have {@code Error} and {@code Cause}. Null
 *     for a large output: it follows from the journal, so it is not stored beside it
 * @param unsettled whether others are still to be told of it: the task that awaits this execution, executions that its
 *     own tasks await
 * @param tail the last entries, when they are few: written with the end instead of in a segment of their own. {@code
 *     tail.number()} is the number that such a segment would have had
 * @param lastEvent number of the history's last event, where to count them takes long; else 0
 */
public record Ending(
        ExecutionStatus status,
        Instant stoppedAt,
        @Nullable Payload result,
        boolean unsettled,
        @Nullable Segment tail,
        long lastEvent) {
    /** Of an execution of few events that nobody awaits, and that awaits none. */
    public Ending(ExecutionStatus status, Instant stoppedAt, @Nullable Payload result, @Nullable Segment tail) {
        this(status, stoppedAt, result, false, tail, 0);
    }

    public Ending {
        if (status == ExecutionStatus.RUNNING) {
            throw new IllegalArgumentException("An execution that ended is not RUNNING");
        }
    }

    /** The same, its values in other forms. */
    public Ending in(@Nullable Payload resultForm, @Nullable Segment tailForm) {
        return new Ending(status, stoppedAt, resultForm, unsettled, tailForm, lastEvent);
    }

    /** The same end once everybody was told. */
    Ending settled() {
        return new Ending(status, stoppedAt, result, false, tail, lastEvent);
    }
}
