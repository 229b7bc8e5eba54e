package dev.reprise.operations;

import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Origin;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which executions are wanted.
 *
 * @param workflow of this workflow; null for any, where labels are given
 * @param status null for any
 * @param redriven whether they were redriven; null for both
 * @param version number of the version that they were started by; null for any
 * @param alias name of the alias that they were started by; null for any
 * @param labels those that they bear, all of them
 * @param from when they started at the earliest; null for any time
 * @param to when they started at the latest; null for any time
 */
public record ExecutionFilter(
        @Nullable String workflow,
        @Nullable ExecutionStatus status,
        @Nullable Boolean redriven,
        @Nullable String version,
        @Nullable String alias,
        Map<String, String> labels,
        @Nullable Instant from,
        @Nullable Instant to) {

    public ExecutionFilter {
        if (workflow == null && labels.isEmpty()) {
            throw new IllegalArgumentException("Executions are looked for by a workflow or by a label");
        }
        labels = Map.copyOf(labels);
    }

    /** All of a workflow. */
    public static ExecutionFilter of(String workflow) {
        return new ExecutionFilter(workflow, null, null, null, null, Map.of(), null, null);
    }

    boolean wants(Head head) {
        Origin origin = head.beginning().origin();
        Instant startedAt = head.beginning().startedAt();
        return (workflow == null || workflow.equals(head.id().workflow()))
                && (status == null || status == head.status())
                && (redriven == null || redriven == head.redrives() > 0)
                && (version == null || version.equals(origin.version()))
                && (alias == null || alias.equals(origin.alias()))
                && origin.labels().entrySet().containsAll(labels.entrySet())
                && (from == null || !startedAt.isBefore(from))
                && (to == null || !startedAt.isAfter(to));
    }

    /** The partition of the index of labels that has them all; null where only that of the workflow has. */
    @Nullable
    String partition() {
        if (!labels.isEmpty()) {
            Map.Entry<String, String> first = new TreeMap<>(labels).firstEntry();
            return JournalTable.label(first.getKey(), first.getValue());
        }
        if (workflow == null
                || status == null
                || status == ExecutionStatus.RUNNING
                || status == ExecutionStatus.SUCCEEDED) {
            return null;
        }
        return JournalTable.ended(workflow, status);
    }
}
