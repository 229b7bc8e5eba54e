package dev.reprise.journal;

import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.UnitMeter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the sweeper relies on ({@code docs/design.md}, "No wake-up is lost"): an execution that is not over is due at
 * some time, and the index of what is due finds it. Only one that waits for nothing but others need not be: whoever has
 * an answer for it makes it due.
 */
public final class DueInvariant {

    private DueInvariant() {}

    /** What contradicts it in an execution as it is stored; null when nothing does. */
    public static @Nullable String violated(ExecutionStore store, ExecutionId id) {
        UnitMeter meter = new UnitMeter();
        Head head = store.readHead(id, meter);
        if (head == null) {
            return null;
        }
        Instant dueAt = head.dueAt();
        boolean running = head.status() == ExecutionStatus.RUNNING;
        if (running != (head.ending() == null)) {
            return "is " + head.status() + " and has the ending " + head.ending();
        }
        if (running
                && head.lease() != null
                && (dueAt == null || dueAt.isBefore(head.lease().until()))) {
            return "is leased until " + head.lease().until() + ", and due at " + dueAt;
        }
        if (head.isUnsettled() && dueAt == null) {
            return "has ended, which others are still to be told, and is never due";
        }
        boolean listed = dueAt != null
                && (head.isToBeResumed()
                                ? store.due(dueAt, Integer.MAX_VALUE, meter)
                                : store.expired(dueAt, Integer.MAX_VALUE, meter))
                        .stream().anyMatch(due -> due.id().equals(id));
        return dueAt == null || listed ? null : "is due at " + dueAt + ", and the index does not find it";
    }

    /** What contradicts it right after somebody has counted a fact in the execution's inbox; null when nothing does. */
    static @Nullable String violatedByInbox(ExecutionStore store, ExecutionId id) {
        Head head = store.readHead(id, new UnitMeter());
        return head != null && head.ending() == null && head.dueAt() == null
                ? "has a fact in its inbox, and is never due"
                : violated(store, id);
    }
}
