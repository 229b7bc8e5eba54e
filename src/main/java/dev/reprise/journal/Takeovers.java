package dev.reprise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Semantics;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.Ending;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.journal.store.UnknownVersionException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes executions over: to go on with one, to have one run again that has ended, or only to end it. Whose lease it is
 * decides one conditional write of the head.
 */
final class Takeovers {

    private final ExecutionStore store;
    private final InstantSource clock;
    private final RandomGenerator random;

    Takeovers(ExecutionStore store, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /** {@link Journals#open(ExecutionId, Lease, long)}. */
    OpenOutcome open(ExecutionId id, Lease lease, long maxFruitless) {
        UnitMeter meter = new UnitMeter();
        Instant now = clock.instant();
        return switch (take(id, lease, now, meter)) {
            case Taking.Taken taken -> opened(taken, maxFruitless, meter);
            case Taking.Not(Head current)
            when current != null && !current.expired(now) -> {
                Lease held = current.lease();
                yield held == null ? new OpenOutcome.AlreadyClosed(current) : new OpenOutcome.HeldByOther(held.until());
            }
            case Taking.Not gone -> new OpenOutcome.Unknown();
        };
    }

    /** What became of the attempt to take a lease. */
    private sealed interface Taking {
        /**
         * It is taken.
         *
         * @param head with it
         * @param died whether the owner before had not given it up, as far as is known
         */
        record Taken(Head head, boolean died) implements Taking {
            /** How often the execution had been resumed before. */
            long earlierResumes() {
                return head.resumes() - 1;
            }
        }

        /** It is not. */
        record Not(@Nullable Head current) implements Taking {}
    }

    private Taking take(ExecutionId id, Lease lease, Instant now, UnitMeter meter) {
        String writer = Ownership.newWriter(random);
        return switch (store.takeLease(id, writer, lease, now, meter)) {
            case ConditionalWrite.Made(Head before)
            when before != null -> new Taking.Taken(before.leased(writer, lease), before.lease() != null);
            case ConditionalWrite.Made<Head> made ->
                throw new IllegalStateException("A lease was taken of no head: " + id);
            // This is its own write, whose answer was lost, and with that what stood there before: perhaps the lease of
            // one that died.
            case ConditionalWrite.Refused(Head current)
            when current != null && current.ownedBy(writer) -> new Taking.Taken(current, true);
            case ConditionalWrite.Refused(Head current) -> new Taking.Not(current);
        };
    }

    private static void requireKnownSemantics(Head head) {
        int semantics = head.beginning().semantics();
        if (!Semantics.knows(semantics)) {
            throw new UnknownVersionException("Execution " + head.id(), "semantics", semantics, Semantics.VERSION);
        }
    }

    private OpenOutcome opened(Taking.Taken taken, long maxFruitless, UnitMeter meter) {
        requireKnownSemantics(taken.head());
        OpenOutcome fruitless = fruitless(taken, maxFruitless, meter);
        if (fruitless != null) {
            return fruitless;
        }
        // An owner that gave up its lease said where its last snapshot is. Of one that did not, the head may know
        // nothing.
        return opened(taken.head(), taken.died(), !taken.died(), meter);
    }

    private OpenOutcome.Opened opened(Head head, boolean takenOver, boolean knowsSnapshot, UnitMeter meter) {
        ExecutionId id = head.id();
        Blobs blobs = new Blobs(store, meter);
        Snapshot snapshot = !knowsSnapshot
                ? Snapshot.readLatest(store, blobs, id, meter)
                : head.progress().snapshot() < 0
                        ? null
                        : Snapshot.read(blobs, id, head.progress().snapshot());
        JsonNode input = Payloads.read(blobs, id, head.beginning().input());
        JournalReplay replay = new JournalReplay(
                Ownership.of(store, clock, meter, head),
                snapshot == null ? Extent.ofStart(head) : Extent.upTo(snapshot),
                takenOver);
        return new OpenOutcome.Opened(head, input, snapshot == null ? null : snapshot.state(), replay);
    }

    /**
     * Null when it is worth another try. The head may not know what owners achieved that died, but it knows how many
     * there were.
     */
    private OpenOutcome.@Nullable Fruitless fruitless(Taking.Taken taken, long most, UnitMeter meter) {
        Head head = taken.head();
        long fruitful = head.progress().fruitful();
        if (taken.earlierResumes() - fruitful < most) {
            return null;
        }
        LastSegments segments = LastSegments.read(store, head.id(), meter);
        long fruitless = taken.earlierResumes() - Math.max(fruitful, segments.resumeOfLastEntry());
        if (fruitless < most) {
            return null;
        }
        boolean died = taken.died();
        JournalReplay replay =
                new JournalReplay(new Ownership(store, meter, head), Extent.upTo(segments.last(), head), died);
        EntryTimes times = new EntryTimes(head.beginning().startedAt());
        if (segments.withEntry() != null) {
            times.accept(segments.withEntry());
        }
        Journal journal = replay.pastItsEntries(times);
        long transitions = died
                ? Snapshot.transitionsSince(segments.lastPosition(), store, new Blobs(store, meter), head.id(), meter)
                : 0;
        return new OpenOutcome.Fruitless(head, fruitless, died, transitions, journal, times.last());
    }

    /** {@link Journals#redrive}. */
    OpenOutcome.OfRedrive redrive(Head closed, Lease lease, Instant at) {
        UnitMeter meter = new UnitMeter();
        requireKnownSemantics(closed);
        // Before there is a second item, the head must not be one that DynamoDB's time to live deletes alone.
        Head shared = closed.shared();
        if (closed.dueAt() == null
                && store.replaceClosed(closed, shared, meter) instanceof ConditionalWrite.Refused(Head current)) {
            return notRedriven(current);
        }
        moveTail(shared, meter);
        Head redriven = shared.redriven(Ownership.newWriter(random), lease, at);
        ConditionalWrite<Head> change = store.replaceClosed(shared, redriven, meter);
        if (change instanceof ConditionalWrite.Refused(Head current)
                && (current == null || !current.writer().equals(redriven.writer()))) {
            return notRedriven(current);
        }
        // Its mark keeps out whoever owned the execution before it was closed, however that came about.
        return new OpenOutcome.Redriven(redriven, () -> opened(redriven, true, true, meter));
    }

    private static OpenOutcome.OfRedrive notRedriven(@Nullable Head current) {
        if (current == null) {
            return new OpenOutcome.Unknown();
        }
        Lease lease = current.lease();
        return lease == null ? new OpenOutcome.AlreadyClosed(current) : new OpenOutcome.HeldByOther(lease.until());
    }

    /** Whoever does it writes the same. */
    private void moveTail(Head closed, UnitMeter meter) {
        Ending ending = closed.ending();
        Segment tail = ending == null ? null : ending.tail();
        if (tail != null) {
            ConditionalWrite<Segment> put = store.putSegment(closed.id(), tail, meter);
            if (put instanceof ConditionalWrite.Refused(Segment taken)
                    && !taken.writer().equals(tail.writer())) {
                throw new CorruptJournalException(
                        closed.id().toString(),
                        "segment " + tail.number(),
                        "it stands where the last entries belong, which are in the head",
                        null);
            }
        }
    }

    /** {@link Journals#stopUnread}. */
    boolean stopUnread(ExecutionId id, Lease lease, Entry.Stopped stop) {
        UnitMeter meter = new UnitMeter();
        if (!(take(id, lease, clock.instant(), meter) instanceof Taking.Taken(Head head, boolean died))) {
            return false;
        }
        Ownership owned = new Ownership(store, meter, head);
        // The end is not the end of what was read: nothing was.
        Release release = new Release(owned, Extent.upTo(null, owned.head()));
        boolean awaitsOthers = head.beginning().tokenSecret() != null;
        release.close(stop.outcome(), stop.at(), true, awaitsOthers, 0, () -> null);
        return true;
    }
}
