package dev.reprise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.Outcome;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.journal.store.FencedException;
import dev.reprise.journal.store.JournalException;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal of one execution, in the hands of the invocation that owns it and knows all that is in it: {@link
 * Journals#start} gives it, or the end of a {@link JournalReplay}. Not thread-safe: one thread owns an execution, and
 * every call here is made on it and may block.
 *
 * <p><b>One writer.</b> A segment is put on the condition that its number is free. A journal learns a number only by
 * writing it or by reading all before it, so two journals that both believe they own the execution meet at one number,
 * and one of them loses: it finds another's segment there and is fenced. A journal that takes over from one that has
 * not given up its lease makes sure of that meeting: before its first append it puts an empty segment, its mark, on the
 * first free number. From then on every number that an earlier owner could still write is taken, so no earlier owner
 * writes again: not one that has read the journal to its end, for its next number is taken; nor one that is still
 * reading, for it comes upon a segment of a later resume than its own, and is fenced there. Nor does one that reads
 * from a snapshot behind the mark on: a snapshot tells whose segment it stands after. Why the last entries need no
 * segment, {@link Release} tells.
 *
 * <p>After any {@link JournalException} it is not known what was written, so a journal refuses every further call. What
 * is durable can be opened again. So it does once the lease is given up.
 */
public final class Journal {

    private final Ownership owned;
    private final Extent extent;
    private final SegmentWriter segments;
    private final SnapshotWriter snapshots;
    private final OwnedInbox inbox;
    private final Release release;

    /** @param extent all of it */
    Journal(Ownership owned, Extent extent) {
        this.owned = owned;
        this.extent = extent;
        this.segments = new SegmentWriter(owned, extent);
        this.snapshots = new SnapshotWriter(owned, extent);
        this.inbox = new OwnedInbox(owned, extent);
        this.release = new Release(owned, extent);
    }

    /** Which execution. */
    public ExecutionId id() {
        return owned.id();
    }

    /** Which resume of the execution this is; 0 for the start. */
    public long resume() {
        return owned.resume();
    }

    /**
     * What all requests for this execution have consumed, earlier invocations included as far as they could record it.
     */
    public ConsumedUnits consumed() {
        return owned.consumed();
    }

    /** Place of the last entry that was appended or replayed; 1 is the start. */
    public long position() {
        return extent.position();
    }

    /** The journal is durable up to this entry: effects that later ones caused must not begin yet. */
    public long durablePosition() {
        return extent.durablePosition();
    }

    /**
     * Fixes an entry's place: it comes after everything appended so far. It is not durable yet.
     *
     * @return the entry as a replay will read it, which is what is to be applied: almost always {@code entry} itself
     * @throws IllegalArgumentException when it cannot be stored; the journal is as it was
     */
    public Entry append(Entry entry) {
        owned.requireHeld();
        return segments.append(entry);
    }

    /**
     * Writes everything appended so far, as one segment or as few as it takes. Does nothing when nothing is pending.
     *
     * @throws FencedException when another invocation owns the execution now
     */
    public void flush() {
        owned.requireHeld();
        owned.guarded(segments::flush);
    }

    /**
     * Whether the interpreter's state is worth taking for {@link #snapshot}: a later resume would read much. Cheap to
     * ask.
     */
    public boolean snapshotDue() {
        return extent.snapshots().due(false);
    }

    /**
     * Writes a snapshot, unless it proves too large to be worth it.
     *
     * @param state the interpreter's, once it has been given every entry up to {@link #position()}. All of them must be
     *     durable
     * @return whether it was written
     */
    public boolean snapshot(JsonNode state) {
        owned.requireHeld();
        segments.requireFlushed("its snapshot");
        return owned.guarded(() -> snapshots.writeIfWorth(state));
    }

    /**
     * Writes a snapshot whatever it weighs, in the midst of a long stretch of work that no entry tells of: without it a
     * resume would begin that stretch anew. An empty segment before it gives it a place of its own, which only the
     * owner gets, because no entry tells this state from earlier ones.
     *
     * @param state the interpreter's; every entry that it was given must be durable
     */
    public void keep(JsonNode state) {
        owned.requireHeld();
        segments.requireFlushed("its snapshot");
        owned.guarded(() -> {
            segments.putEmpty();
            snapshots.write(state);
        });
    }

    /**
     * Facts that other invocations have put into the inbox since it was last read.
     *
     * @throws FencedException when another invocation owns the execution now
     */
    public List<InboxFact> readInbox() {
        owned.requireHeld();
        return owned.guarded(inbox::read);
    }

    /**
     * Deletes facts from the inbox, once what came of them is durable.
     *
     * @throws FencedException when nothing came of them, and another invocation owns the execution now: it may know of
     *     something that they answer
     */
    public void taken(List<InboxFact> facts) {
        owned.requireHeld();
        segments.requireFlushed("its inbox is cleared");
        owned.guarded(() -> inbox.delete(facts));
    }

    /**
     * Flushes and gives up the lease, unless the inbox has moved: the execution has come to where there is nothing to
     * do but wait.
     *
     * @param wakeAt when to go on; null when only the inbox can wake it
     * @param state the interpreter's, as for {@link #snapshot}; asked for only when one is worth making
     * @return whether it is given up; false when somebody has put a fact into the inbox since it was last read: read
     *     it, and go on
     */
    public boolean suspend(@Nullable Instant wakeAt, Supplier<JsonNode> state) {
        return suspend(wakeAt, owned.resume(), state);
    }

    /**
     * Does the same where the invocation's time is up and the execution is to go on at once. A resume that only comes
     * to this, and adds nothing, has got nowhere.
     *
     * @param now when to go on
     */
    public boolean breakOff(Instant now, Supplier<JsonNode> state) {
        flush();
        return suspend(
                now,
                Math.max(extent.resumeOfLastEntry(), owned.head().progress().fruitful()),
                state);
    }

    private boolean suspend(@Nullable Instant wakeAt, long fruitful, Supplier<JsonNode> state) {
        flush();
        if (extent.snapshots().due(true)) {
            snapshot(state.get());
        }
        return owned.guarded(() -> release.suspend(wakeAt, inbox.seen(), fruitful));
    }

    /**
     * Gives up the lease of an execution of which nothing was worked out, for what it needs is out of reach, unless the
     * inbox has moved. Such a resume is not held against it.
     *
     * @param until when it is tried again
     * @param since when what it needs was first out of reach
     * @return as {@link #suspend(Instant, Supplier)} does
     */
    public boolean postpone(Instant until, Instant since) {
        owned.requireHeld();
        segments.requireFlushed("it is postponed");
        return owned.guarded(() -> release.postpone(until, inbox.seen(), since));
    }

    /**
     * Ends the execution with an outcome that a replay gives again: {@link #close(Outcome, Instant, boolean, boolean,
     * long)}.
     */
    public void close(Outcome outcome, Instant stoppedAt) {
        close(outcome, stoppedAt, true, owned.head().beginning().tokenSecret() != null, 0);
    }

    /**
     * Ends the execution, and gives up the lease. A few entries that are not durable yet become so with it.
     *
     * @param stoppedAt millisecond precision
     * @param followsFromEntries whether a replay of the entries gives the outcome. If so, a large output is not stored
     *     beside them
     * @param awaitsOthers whether its tasks may await other executions, so that these are to be told
     * @param lastEvent number of the history's last event; 0 when nobody knows it
     * @throws FencedException when another invocation owns the execution now
     */
    public void close(
            Outcome outcome, Instant stoppedAt, boolean followsFromEntries, boolean awaitsOthers, long lastEvent) {
        owned.requireHeld();
        owned.guarded(() -> {
            release.close(outcome, stoppedAt, followsFromEntries, awaitsOthers, lastEvent, segments::tail);
            segments.released();
        });
    }
}
