package dev.reprise.operations;

import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Redrive;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how often an execution is redriven, by the rules of <a
 * href="https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html">AWS</a>.
 *
 * @param count how often it was redriven
 * @param date the last time; null when it never was
 * @param obstacle why it cannot be redriven now, in a sentence without its full stop; null when it can be
 */
public record Redrivability(
        int count, @Nullable Instant date, @Nullable String obstacle) {

    /** How often an execution may be redriven. */
    static final int MOST = 1_000;

    /** How long after its end. */
    private static final Duration PERIOD = Duration.ofDays(14);

    /** @param stoppedAt null while it runs */
    static Redrivability of(Head head, ExecutionStatus status, @Nullable Instant stoppedAt, Instant now) {
        Redrive last = head.redrive();
        return new Redrivability(
                head.redrives(), last == null ? null : last.at(), obstacle(head.redrives(), status, stoppedAt, now));
    }

    private static @Nullable String obstacle(
            int count, ExecutionStatus status, @Nullable Instant stoppedAt, Instant now) {
        if (stoppedAt == null || status == ExecutionStatus.SUCCEEDED) {
            return "Execution is " + status + " and cannot be redriven";
        }
        if (count >= MOST) {
            return "Execution has been redriven " + MOST + " times, which is the most";
        }
        return now.isAfter(stoppedAt.plus(PERIOD))
                ? "Execution ended at " + stoppedAt + ", more than " + PERIOD.toDays() + " days ago"
                : null;
    }
}
