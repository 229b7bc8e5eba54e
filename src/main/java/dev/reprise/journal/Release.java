package dev.reprise.journal;

import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.Outcome;
import dev.reprise.journal.store.Caller;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.journal.store.ContendedException;
import dev.reprise.journal.store.Ending;
import dev.reprise.journal.store.FencedException;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Payload;
import dev.reprise.journal.store.Progress;
import dev.reprise.journal.store.Segment;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How an owner gives up its lease: with the execution suspended, or ended. Each is one conditional write of the head.
 *
 * <p><b>Why the last entries may stand in the head.</b> {@link #close} writes a short rest of the journal with the end
 * itself, on the condition that the head's writer is this owner, and RUNNING.
 * <ul>
 *   <li>Earlier owners cannot write a segment behind its back: they gave up the lease, after which a journal writes no
 *   more, or this one's mark stands in their way (see {@link Journal}).
 *   <li>A later owner must first take the lease, which changes the head's writer. The head is one item, so one of the
 *   two writes comes first. If the end does, the lease cannot be taken: the execution is closed, and nobody else ever
 *   appends, unless {@link Journals#redrive} makes a segment of the rest first. If the lease does, the end is refused,
 *   the rest was never in the journal, and this owner is fenced as if it had lost a segment's number.
 * </ul>
 */
final class Release {

    /** Bytes of an output that is kept beside the journal that it follows from. */
    private static final int LARGEST_KEPT_OUTPUT = 256 * 1024;

    /** To count fewer takes some milliseconds, which are not worth any bytes of the head. */
    private static final long MANY_EVENTS = 10_000;

    private final Ownership owned;
    private final Extent extent;

    Release(Ownership owned, Extent extent) {
        this.owned = owned;
        this.extent = extent;
    }

    /**
     * Gives up the lease, unless the inbox has moved. All must be durable.
     *
     * @param wakeAt when to go on; null when only the inbox can wake it
     * @param inboxSeen {@link OwnedInbox#seen}
     * @param fruitful {@link Progress#fruitful}
     * @return whether it is given up; else the inbox has moved
     * @throws FencedException when another invocation owns the execution now
     */
    boolean suspend(@Nullable Instant wakeAt, long inboxSeen, long fruitful) {
        return suspend(wakeAt, inboxSeen, progress -> progress.fruitful(fruitful));
    }

    /**
     * The same for an execution that cannot go on for now, which is not held against it.
     *
     * @param since {@link Progress#stalledSince}
     */
    boolean postpone(Instant until, long inboxSeen, Instant since) {
        return suspend(
                until, inboxSeen, progress -> progress.fruitful(owned.resume()).stalled(since));
    }

    private boolean suspend(@Nullable Instant wakeAt, long inboxSeen, UnaryOperator<Progress> told) {
        Head head = owned.head();
        Progress reached = told.apply(progress(0));
        Progress progress = told.apply(progressWith(head.suspended(wakeAt, reached)));
        boolean suspended =
                switch (owned.store().suspend(owned.id(), owned.writer(), wakeAt, inboxSeen, progress, owned.meter())) {
                    case ConditionalWrite.Made<Head> made -> true;
                    case ConditionalWrite.Refused<Head>(Head current) -> isSuspended(current, inboxSeen);
                };
        if (suspended) {
            owned.release();
        }
        return suspended;
    }

    /** Whether a suspension that was refused was made before; false when the inbox has moved. */
    private boolean isSuspended(@Nullable Head current, long inboxSeen) {
        if (current != null && current.ownedBy(owned.writer()) && current.inbox() != inboxSeen) {
            return false;
        }
        // Nobody but this owner gives up its lease, so this is its own write, whose answer was lost.
        if (current != null && current.writer().equals(owned.writer()) && current.lease() == null) {
            return true;
        }
        throw owned.fenced("its lease was taken over");
    }

    /**
     * Ends the execution, and gives up the lease.
     *
     * @param stoppedAt millisecond precision
     * @param followsFromEntries whether a replay of the entries gives the outcome
     * @param awaitsOthers whether its tasks may await other executions
     * @param lastEvent number of the history's last event; 0 when nobody knows it
     * @param tail gives the last entries, when they are to stand in the head; all before them must be durable then
     * @throws FencedException when another invocation owns the execution now
     */
    void close(
            Outcome outcome,
            Instant stoppedAt,
            boolean followsFromEntries,
            boolean awaitsOthers,
            long lastEvent,
            Supplier<@Nullable Segment> tail) {
        // Only facts are stored: an output follows from them. A small one is kept for whoever only looks.
        int limit =
                followsFromEntries && outcome instanceof Outcome.Succeeded ? LARGEST_KEPT_OUTPUT : Integer.MAX_VALUE;
        Payload result = Payloads.write(owned.blobs(), owned.id(), Endings.result(outcome), limit);
        if (result instanceof Payload.Stored) {
            extent.otherItems();
        }
        Caller caller = owned.head().beginning().caller();
        boolean unsettled = awaitsOthers || (caller != null && caller.awaitsEnd());
        close(new Ending(
                ExecutionStatus.of(outcome),
                stoppedAt,
                result,
                unsettled,
                tail.get(),
                lastEvent < MANY_EVENTS ? 0 : lastEvent));
        owned.release();
    }

    private void close(Ending ending) {
        for (int attempt = 0; attempt < ContendedException.ATTEMPTS; attempt++) {
            Head head = owned.head();
            boolean alone = extent.isOnlyHead() && head.inbox() == 0;
            Progress progress = progressWith(head.closed(ending, progress(0), alone));
            ConditionalWrite<Head> change = owned.store().close(head.closed(ending, progress, alone), owned.meter());
            if (!(change instanceof ConditionalWrite.Refused(Head current))) {
                return;
            }
            // Once closed, a head keeps its last writer: this is the owner's own write, whose answer was lost.
            if (current != null && current.writer().equals(owned.writer()) && current.ending() != null) {
                return;
            }
            if (current == null || !current.ownedBy(owned.writer())) {
                throw owned.fenced("its lease was taken over before its end was written");
            }
            // The inbox has moved. What is in it comes too late, and is no reason not to end.
            owned.found(current);
        }
        // The lease runs out, and whoever opens the execution then comes to the same end.
        throw new ContendedException(owned.id(), "to be ended");
    }

    /** What to record in the head: {@code after} is the head as it will be, to reckon what writing it costs. */
    private Progress progressWith(Head after) {
        return progress(owned.store().writeUnits(owned.head(), after));
    }

    private Progress progress(double writeUnitsToCome) {
        return extent.progress(owned.head().progress(), owned.consumed().plus(new ConsumedUnits(0, writeUnitsToCome)));
    }
}
