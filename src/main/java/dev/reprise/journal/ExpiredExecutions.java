package dev.reprise.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Finds and deletes executions whose retention is over, as far as DynamoDB's time to live does not: those that are more than a head. Safe for use by many threads; what two delete at once is gone all the
 * same.
 *
 * <p>A head goes last: whoever dies in the middle leaves an execution that can be found and taken up again. Definitions stay; many executions share one.
 */
public final class ExpiredExecutions {

    /**
     * So long after its retention nothing of an execution is deleted: nobody brings an execution back to life whose retention is over, and clocks differ by less than this, so nobody brings back one that is
     * half deleted.
     */
    static final Duration MARGIN = Duration.ofMinutes(5);

    private final ExecutionStore store;
    private final InstantSource clock;

    ExpiredExecutions(ExecutionStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * What came of deleting.
     *
     * @param items how many items were deleted
     * @param complete whether nothing is left of the execution that may be deleted
     */
    public record Deletion(int items, boolean complete) {}

    /** Executions to delete, those first whose time came first. It may lag some moments behind. */
    public List<ExecutionId> find(int limit) {
        return store.expired(clock.instant().minus(MARGIN), limit, new UnitMeter()).stream()
                .map(DueExecution::id)
                .toList();
    }

    /**
     * Deletes an execution's items, if its retention is over.
     *
     * @param most about so many at most, at least 1; what is left is left for another call
     */
    public Deletion delete(ExecutionId id, int most) {
        UnitMeter meter = new UnitMeter();
        Head head = store.readHead(id, meter);
        return head == null || !mayBeDeleted(head) ? new Deletion(0, true) : delete(head, most, meter);
    }

    /** Whether the name may be given to another execution, once this one is deleted. */
    boolean mayBeDeleted(Head head) {
        Instant until = head.retainedUntil();
        return until != null && !until.plus(MARGIN).isAfter(clock.instant());
    }

    private Deletion delete(Head head, int most, UnitMeter meter) {
        ExecutionId id = head.id();
        int deleted = 0;
        String after = "";
        while (after != null) {
            Page<String> page = store.readItemKeys(id, after, meter);
            List<String> keys = page.items();
            for (int from = 0; from < keys.size(); from += ExecutionStore.LARGEST_BATCH) {
                if (deleted >= most) {
                    return new Deletion(deleted, false);
                }
                List<String> batch = keys.subList(from, Math.min(keys.size(), from + ExecutionStore.LARGEST_BATCH));
                store.deleteItems(id, batch, meter);
                deleted += batch.size();
            }
            after = page.next();
        }
        boolean gone = store.deleteHead(head, meter) instanceof HeadChange.Made;
        return new Deletion(gone ? deleted + 1 : deleted, true);
    }
}
