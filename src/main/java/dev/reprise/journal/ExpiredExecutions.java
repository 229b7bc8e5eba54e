package dev.reprise.journal;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.DueExecution;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.UnitMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Finds and deletes executions whose retention is over, as far as DynamoDB's time to live does not: those that are more
 * than a head. Safe for use by many threads.
 *
 * <p>A head goes last: whoever dies in the middle leaves an execution that can be found and taken up again. Definitions
 * stay; many executions share one.
 *
 * <p><b>A name that is given away anew.</b> The items of one execution and of the next with its name have the same
 * keys, so whoever is late must not delete those of the next. Before anybody deletes the first item, he claims the head
 * for {@link #CLAIM}, on the condition that nobody else's claim stands. He asks for no deletion in the claim's last
 * {@link #MARGIN}, and gives the name free by deleting the head on the condition that the claim is still his. A name is
 * given to another execution only when there is no head, so while no claim stands; and the requests of an earlier claim
 * are over by then, for a request is under way, and clocks differ, by less than the margin. A claim that sent a
 * deletion which was not answered is left to run out: the deletion may still come, and must not meet the next
 * execution's items.
 */
public final class ExpiredExecutions {

    /**
     * So long after its retention nothing of an execution is deleted: nobody brings an execution back to life whose
     * retention is over, and clocks differ by less than this, so nobody brings back one that is half deleted.
     */
    static final Duration MARGIN = Duration.ofMinutes(5);

    /**
     * How long nobody else touches an execution of which somebody began to delete items: as long as an invocation
     * lives, and the margin.
     */
    static final Duration CLAIM = Duration.ofMinutes(15).plus(MARGIN);

    private final ExecutionStore store;
    private final InstantSource clock;
    private final RandomGenerator random;

    ExpiredExecutions(ExecutionStore store, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /**
     * What came of deleting.
     *
     * @param items how many items were deleted
     * @param complete whether nothing is left of the execution that may be deleted, or somebody else deletes it
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

    private Deletion delete(Head expired, int most, UnitMeter meter) {
        Head head = expired.dueAt() == null ? null : claim(expired, meter);
        return head == null ? new Deletion(0, true) : deleteClaimed(head, most, meter);
    }

    /** The head as it is when the claim is made; null when it is somebody else's, or is gone. */
    private @Nullable Head claim(Head expired, UnitMeter meter) {
        Instant now = clock.instant();
        Lease standing = expired.lease();
        if (standing != null && standing.until().isAfter(now)) {
            return null;
        }
        Lease claim = new Lease("deletes-" + Long.toString(random.nextLong() >>> 1, 36), now.plus(CLAIM));
        Head claimed = expired.claimed(claim);
        if (store.replaceClosed(expired, claimed, meter) instanceof ConditionalWrite.Refused(Head current)) {
            // The claim may be made, and its answer lost.
            return current != null && current.isStill(claimed) ? claimed : null;
        }
        return claimed;
    }

    private Deletion deleteClaimed(Head head, int most, UnitMeter meter) {
        ExecutionId id = head.id();
        Instant end = Objects.requireNonNull(head.lease()).until().minus(MARGIN);
        int deleted = 0;
        String after = "";
        while (after != null) {
            Page<String> page = store.readItemKeys(id, after, meter);
            List<String> keys = page.items();
            for (int from = 0; from < keys.size(); from += ExecutionStore.LARGEST_BATCH) {
                if (deleted >= most) {
                    if (meter.unansweredRequests() == 0) {
                        store.replaceClosed(head, head.unclaimed(), meter);
                    }
                    return new Deletion(deleted, false);
                }
                if (!clock.instant().isBefore(end)) {
                    return new Deletion(deleted, false);
                }
                List<String> batch = keys.subList(from, Math.min(keys.size(), from + ExecutionStore.LARGEST_BATCH));
                store.deleteItems(id, batch, meter);
                deleted += batch.size();
            }
            after = page.next();
        }
        if (meter.unansweredRequests() > 0) {
            return new Deletion(deleted, false);
        }
        boolean gone = store.deleteHead(head, meter) instanceof ConditionalWrite.Made;
        return new Deletion(gone ? deleted + 1 : deleted, true);
    }
}
