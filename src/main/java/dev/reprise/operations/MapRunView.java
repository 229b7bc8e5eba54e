package dev.reprise.operations;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A distributed Map that ran, or runs, inside an execution.
 *
 * @param mapRunArn its ARN
 * @param executionArn of the execution that it belongs to
 * @param stoppedAt null while it runs
 * @param maxConcurrency 0 for no bound
 * @param toleratedFailureCount null when none was given
 * @param toleratedFailurePercentage 0 to 100; null when none was given
 * @param redrives how often it was redriven
 * @param redrivenAt the last time; null when it never was
 */
public record MapRunView(
        String mapRunArn,
        String executionArn,
        Status status,
        Instant startedAt,
        @Nullable Instant stoppedAt,
        int maxConcurrency,
        @Nullable Long toleratedFailureCount,
        @Nullable BigDecimal toleratedFailurePercentage,
        Counts children,
        int redrives,
        @Nullable Instant redrivenAt) {

    /** Where it stands, in the words of DescribeMapRun. */
    public enum Status {
        RUNNING,
        SUCCEEDED,
        FAILED,
        ABORTED
    }

    /** How many of its children are how far. */
    public record Counts(int pending, int running, int succeeded, int failed, int aborted, int total) {}
}
