package dev.reprise.operations;

import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Which executions are wanted.
 *
 * @param workflow of this workflow
 * @param status null for any
 * @param redriven whether they were redriven; null for both
 * @param version number of the version that they were started by; null for any
 * @param alias name of the alias that they were started by; null for any
 */
public record ExecutionFilter(
        String workflow,
        @Nullable ExecutionStatus status,
        @Nullable Boolean redriven,
        @Nullable String version,
        @Nullable String alias) {

    boolean wants(Head head) {
        Origin origin = head.beginning().origin();
        return (status == null || status == head.status())
                && (redriven == null || redriven == head.redrives() > 0)
                && (version == null || version.equals(origin.version()))
                && (alias == null || alias.equals(origin.alias()));
    }
}
