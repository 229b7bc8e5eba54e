package dev.reprise.journal.store;

import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An execution's first item: what it is, who runs it, and how it ended. Immutable; the methods that return a head say
 * what a change makes of it.
 *
 * @param id which execution
 * @param beginning what its start fixed
 * @param status RUNNING until it has an {@code ending}
 * @param writer the journal that owns it or, when there is no lease, owned it last
 * @param lease who runs it or, once its retention is over, who deletes it; null when nobody does
 * @param dueAt when somebody is to look after it (see {@link DueExecution#at}); null when nothing is due
 * @param inbox moves each time that somebody puts a fact into the inbox; 0 when nobody ever did
 * @param resumes how often an owner has taken the lease after the start
 * @param progress as of the last suspension or the end
 * @param redrive the last one; null when it was never redriven
 * @param ending null while it runs
 */
public record Head(
        ExecutionId id,
        Beginning beginning,
        ExecutionStatus status,
        String writer,
        @Nullable Lease lease,
        @Nullable Instant dueAt,
        long inbox,
        long resumes,
        Progress progress,
        @Nullable Redrive redrive,
        @Nullable Ending ending) {

    private static final Duration FIRST_BACK_OFF = Duration.ofMinutes(15);
    private static final Duration LONGEST_BACK_OFF = Duration.ofDays(1);

    /**
     * A new execution's head.
     *
     * @param lease null when nobody runs it yet: then it is due at once
     */
    public static Head started(ExecutionId id, Beginning beginning, String writer, @Nullable Lease lease) {
        Instant dueAt = lease == null ? beginning.startedAt() : lease.until();
        return new Head(id, beginning, ExecutionStatus.RUNNING, writer, lease, dueAt, 0, 0, Progress.START, null, null);
    }

    /** The same, its values in other forms. */
    public Head in(Payload input, @Nullable Ending ended) {
        return new Head(
                id, beginning.with(input), status, writer, lease, dueAt, inbox, resumes, progress, redrive, ended);
    }

    /** Its names. */
    public ExecutionIdentity identity() {
        return new ExecutionIdentity(
                beginning.executionArn(), id.name(), beginning.stateMachineArn(), id.workflow(), beginning.roleArn());
    }

    /** When the whole execution goes; null while it runs. */
    public @Nullable Instant retainedUntil() {
        return ending == null ? null : retainedUntil(ending.stoppedAt());
    }

    Instant retainedUntil(Instant stoppedAt) {
        // A period of months has no fixed length; it is counted in UTC.
        return stoppedAt.atOffset(ZoneOffset.UTC).plus(beginning.retention()).toInstant();
    }

    /** Whether its retention is over: it may still be stored, but is to be treated as gone. */
    public boolean expired(Instant now) {
        Instant until = retainedUntil();
        return until != null && !until.isAfter(now);
    }

    /** Whether its owner's lease is over and nobody has taken it over: the owner is dead. */
    public boolean isAbandoned(Instant now) {
        return lease != null && lease.until().isBefore(now);
    }

    /** Whether nobody has run the execution yet: it was started for another invocation to run. */
    public boolean awaitsFirstRun() {
        return status == ExecutionStatus.RUNNING && lease == null && resumes == 0 && progress.equals(Progress.START);
    }

    /** Whether {@code owner} may take the lease for {@code journal}, which has not got it yet. */
    public boolean mayBeLeased(String owner, String journal, Instant now) {
        return status == ExecutionStatus.RUNNING
                && !writer.equals(journal)
                && (lease == null
                        || lease.until().toEpochMilli() < now.toEpochMilli()
                        || lease.owner().equals(owner));
    }

    /** Whether {@code journal} is the one that holds the lease. */
    public boolean ownedBy(String journal) {
        return status == ExecutionStatus.RUNNING && lease != null && writer.equals(journal);
    }

    public Head leased(String newWriter, Lease newLease) {
        return new Head(
                id,
                beginning,
                status,
                newWriter,
                newLease,
                newLease.until(),
                inbox,
                resumes + 1,
                progress,
                redrive,
                ending);
    }

    public Head suspended(@Nullable Instant wakeAt, Progress reached) {
        return new Head(id, beginning, status, writer, null, wakeAt, inbox, resumes, reached, redrive, ending);
    }

    /**
     * How long after the end of its lease to leave an execution alone which could not be read: twice as long as the
     * last time.
     */
    public Duration backOffAfter(Head before) {
        Duration last = before.lease == null || before.dueAt == null
                ? Duration.ZERO
                : Duration.between(before.lease.until(), before.dueAt);
        return backOff(last.multipliedBy(2));
    }

    /** How long to leave it alone when its end could not be told: as long as that was tried. */
    public Duration backOffSettling(Instant now) {
        return backOff(Duration.between(Objects.requireNonNull(ending).stoppedAt(), now));
    }

    private static Duration backOff(Duration wanted) {
        return wanted.compareTo(FIRST_BACK_OFF) < 0
                ? FIRST_BACK_OFF
                : wanted.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : wanted;
    }

    /** Its lease, or its end, stays as it is; only those who look for what is due are to leave it alone until then. */
    public Head postponed(Instant until) {
        return new Head(
                id,
                beginning,
                status,
                writer,
                lease,
                until,
                inbox,
                resumes,
                progress.fruitful(resumes),
                redrive,
                ending);
    }

    /** {@code alone}: there is no other item to delete, so DynamoDB's time to live does it. */
    public Head closed(Ending end, Progress reached, boolean alone) {
        Instant sweepAt = alone ? null : retainedUntil(end.stoppedAt());
        Instant at = end.unsettled() ? end.stoppedAt() : sweepAt;
        return new Head(id, beginning, end.status(), writer, null, at, inbox, resumes, reached, redrive, end);
    }

    /** Everybody was told of the end; from now on it only waits for the end of its retention. */
    public Head settled() {
        Ending settled = Objects.requireNonNull(ending).settled();
        return closed(settled, progress, false);
    }

    /** Whether others are still to be told of its end. */
    public boolean isUnsettled() {
        return ending != null && ending.unsettled();
    }

    /** Whether what is due is a resume; else it is to be deleted. */
    public boolean isToBeResumed() {
        return ending == null || ending.unsettled();
    }

    /** Closed, and more than a head: it is the sweeper's to delete. */
    public Head shared() {
        return new Head(
                id, beginning, status, writer, null, retainedUntil(), inbox, resumes, progress, redrive, ending);
    }

    /**
     * Closed, its retention over, and about to be deleted: nobody else deletes it, or gives its name away, before the
     * claim ends.
     */
    public Head claimed(Lease claim) {
        return new Head(id, beginning, status, writer, claim, dueAt, inbox, resumes, progress, redrive, ending);
    }

    /** The same, for others to delete. */
    public Head unclaimed() {
        return new Head(id, beginning, status, writer, null, dueAt, inbox, resumes, progress, redrive, ending);
    }

    /**
     * Whether this is still the head that {@code known} is: closed by the same journal at the same time, and claimed by
     * the same or by nobody.
     */
    public boolean isStill(Head known) {
        return ending != null
                && known.ending != null
                && ending.stoppedAt().equals(known.ending.stoppedAt())
                && writer.equals(known.writer)
                && Objects.equals(lease, known.lease);
    }

    /** Closed before; its last entries, if they stood in it, are a segment by now. */
    public Head redriven(String newWriter, Lease newLease, Instant at) {
        boolean hadTail = ending != null && ending.tail() != null;
        Progress reached = new Progress(
                hadTail ? progress.segments() + 1 : progress.segments(),
                progress.position(),
                progress.snapshot(),
                resumes,
                progress.consumed());
        return new Head(
                id,
                beginning,
                ExecutionStatus.RUNNING,
                newWriter,
                newLease,
                newLease.until(),
                inbox,
                resumes + 1,
                reached,
                new Redrive(redrives() + 1, at),
                null);
    }

    /** How often it was redriven. */
    public int redrives() {
        return redrive == null ? 0 : redrive.count();
    }

    public Head inboxAnnounced() {
        return new Head(id, beginning, status, writer, lease, dueAt, inbox + 1, resumes, progress, redrive, ending);
    }

    public Head inboxCounted(Instant now) {
        return new Head(
                id,
                beginning,
                status,
                writer,
                lease,
                lease == null ? now : dueAt,
                inbox + 1,
                resumes,
                progress,
                redrive,
                ending);
    }
}
