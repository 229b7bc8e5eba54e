package dev.reprise.journal.store;

import org.jspecify.annotations.Nullable;

/**
 * By what an execution was started, as DescribeExecution tells it.
 *
 * @param version number of the state machine's version that was asked for; null when none was
 * @param alias name of the alias that was asked for; null when none was
 * @param revision of the state machine; null for one that was never changed
 * @param traceHeader X-Ray's, as it was sent; null when none was
 */
public record Origin(
        @Nullable String version,
        @Nullable String alias,
        @Nullable String revision,
        @Nullable String traceHeader) {

    /** Nothing of all that. */
    public static final Origin NONE = new Origin(null, null, null, null);
}
