package dev.reprise.api;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What is asked about the runs of distributed Maps. */
public sealed interface MapRunRequest extends ApiRequest {

    /** Tells how one stands. */
    record DescribeMapRun(String mapRunArn) implements MapRunRequest {}

    /** Tells which an execution has. */
    record ListMapRuns(String executionArn, Paging paging) implements MapRunRequest {}

    /** Changes the bounds of one that runs; what is null stays. */
    record UpdateMapRun(
            String mapRunArn,
            @Nullable Integer maxConcurrency,
            @Nullable BigDecimal toleratedFailurePercentage,
            @Nullable Integer toleratedFailureCount)
            implements MapRunRequest {}
}
