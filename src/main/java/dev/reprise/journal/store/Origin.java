package dev.reprise.journal.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * By what an execution was started, as DescribeExecution tells it.
 *
 * @param version number of the state machine's version that was asked for; null when none was
 * @param alias name of the alias that was asked for; null when none was
 * @param revision of the state machine; null for one that was never changed
 * @param traceHeader X-Ray's, as it was sent; null when none was
 * @param labels business keys that the execution is found by
 */
public record Origin(
        @Nullable String version,
        @Nullable String alias,
        @Nullable String revision,
        @Nullable String traceHeader,
        Map<String, String> labels) {

    /** Nothing of all that. */
    public static final Origin NONE = new Origin(null, null, null, null);

    public Origin {
        labels = Map.copyOf(labels);
    }

    /** Of an execution without labels. */
    public Origin(
            @Nullable String version, @Nullable String alias, @Nullable String revision, @Nullable String traceHeader) {
        this(version, alias, revision, traceHeader, Map.of());
    }

    /** The same with these labels. */
    public Origin labelled(Map<String, String> others) {
        return new Origin(version, alias, revision, traceHeader, others);
    }
}
