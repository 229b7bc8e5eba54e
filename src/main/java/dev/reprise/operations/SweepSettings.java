package dev.reprise.operations;

import java.time.Duration;

/**
 * How the sweeper works.
 *
 * @param overdue what has been due for so long was not woken up. Default 1 minute
 * @param ahead how far it looks ahead, where long waits are left to it: a little more than the time from one sweep to
 *     the next. Default 6 minutes, for a sweep every 5
 * @param mostExecutions so many executions at most are woken up by one sweep, and as many deleted. Default 1,000
 * @param mostItems about so many items at most are deleted by one sweep. Default 20,000
 */
public record SweepSettings(Duration overdue, Duration ahead, int mostExecutions, int mostItems) {

    /** 1 minute, 6 minutes, 1,000 executions, 20,000 items. */
    public static final SweepSettings DEFAULT =
            new SweepSettings(Duration.ofMinutes(1), Duration.ofMinutes(6), 1_000, 20_000);

    public SweepSettings {
        if (overdue.isNegative() || ahead.isNegative()) {
            throw new IllegalArgumentException("Durations must not be negative, were " + overdue + " and " + ahead);
        }
        if (mostExecutions < 1 || mostItems < 1) {
            throw new IllegalArgumentException(
                    "Counts must be at least 1, were " + mostExecutions + " executions and " + mostItems + " items");
        }
    }
}
