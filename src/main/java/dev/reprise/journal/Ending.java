package dev.reprise.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an execution ended.
 *
 * @param status anything but RUNNING
 * @param stoppedAt millisecond precision
 * @param result the output of one that succeeded; else an object that may have {@code Error} and {@code Cause}. Null for a large output: it follows from the journal, so it is not stored beside it
 * @param tail the last entries, when they are few: written with the end instead of in a segment of their own. {@code tail.number()} is the number that such a segment would have had
 */
public record Ending(
        ExecutionStatus status,
        Instant stoppedAt,
        @Nullable Payload result,
        @Nullable Segment tail) {
    public Ending {
        if (status == ExecutionStatus.RUNNING) {
            throw new IllegalArgumentException("An execution that ended is not RUNNING");
        }
    }
}
