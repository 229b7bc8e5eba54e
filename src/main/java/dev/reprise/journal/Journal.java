package dev.reprise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.Outcome;
import dev.reprise.journal.codec.Body;
import dev.reprise.journal.codec.Compressor;
import dev.reprise.journal.codec.Fidelity;
import dev.reprise.journal.codec.Json;
import dev.reprise.journal.store.Caller;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.journal.store.ContendedException;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.Ending;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.FencedException;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalException;
import dev.reprise.journal.store.Payload;
import dev.reprise.journal.store.Progress;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal of one execution, in the hands of the invocation that owns it. {@link Journals} gives it. Not
 * thread-safe: one thread owns an execution, and every call here is made on it and may block.
 *
 * <p><b>One writer.</b> A segment is put on the condition that its number is free. A journal learns a number only by
 * writing it or by reading all before it, so two journals that both believe they own the execution meet at one number,
 * and one of them loses: it finds another's segment there and is fenced. A journal that takes over from one that has
 * not given up its lease makes sure of that meeting: before its first append it puts an empty segment, its mark, on the
 * first free number. From then on every number that an earlier owner could still write is taken, so no earlier owner
 * writes again: not one that has read the journal to its end, for its next number is taken; nor one that is still
 * reading, for it comes upon a segment of a later resume than its own, and is fenced there. Nor does one that reads
 * from a snapshot behind the mark on: a snapshot tells whose segment it stands after.
 *
 * <p><b>Why the last entries may stand in the head.</b> {@link #close} writes a short rest of the journal with the end
 * itself, on the condition that the head's writer is this journal, and RUNNING.
 * <ul>
 *   <li>Earlier owners cannot write a segment behind its back: they gave up the lease, after which a journal writes no
 *   more, or this one's mark stands in their way.
 *   <li>A later owner must first take the lease, which changes the head's writer. The head is one item, so one of the
 *   two writes comes first. If the end does, the lease cannot be taken: the execution is closed, and nobody else ever
 *   appends, unless {@link Journals#redrive} makes a segment of the rest first. If the lease does, the end is refused,
 *   the rest was never in the journal, and this journal is fenced as if it had lost a segment's number.
 * </ul>
 *
 * <p>After any {@link JournalException} it is not known what was written, so a journal refuses every further call. What
 * is durable can be opened again.
 */
public final class Journal {

    /** What of the last entries may stand in the head, in bytes. */
    private static final int TAIL = 4 * 1024;

    /** Bytes of an output that is kept beside the journal that it follows from. */
    private static final int LARGEST_KEPT_OUTPUT = 256 * 1024;

    /** About what a segment's item weighs besides its entries and its partition key. */
    private static final int SEGMENT_OVERHEAD = 110;

    private final ExecutionStore store;
    private final UnitMeter meter;
    private final Blobs blobs;
    private final String writer;
    private final ConsumedUnits consumedBefore;
    private final PendingEntries pending = new PendingEntries();
    private final SnapshotPolicy snapshots = new SnapshotPolicy();

    /** As of the last write that this journal made to it. */
    private Head head;

    private Phase phase;
    private @Nullable JournalException failure;

    /** What is left to be read; null when this journal began the execution. */
    private final @Nullable SegmentReader unread;

    private boolean markNeeded;
    private boolean onlyHead;
    private long lastSegment;
    private long position;
    private long durablePosition;
    private long resumeOfLastEntry;
    private long resumeOfLastSegment;
    private long lastSnapshot = Progress.START.snapshot();

    /** {@link Head#inbox} as it was before the inbox was last read; -1 when it holds facts that nobody has read. */
    private long inboxSeen;

    /** The last segment as of when the inbox was last read. */
    private long segmentAtInbox;

    private enum Phase {
        REPLAYING,
        OPEN,
        RELEASED
    }

    private Journal(ExecutionStore store, UnitMeter meter, Head head, Phase phase, @Nullable SegmentReader unread) {
        this.store = store;
        this.meter = meter;
        this.blobs = new Blobs(store, meter);
        this.head = head;
        this.writer = head.writer();
        this.consumedBefore = head.progress().consumed();
        this.phase = phase;
        this.unread = unread;
        this.onlyHead = head.beginning().input() instanceof Payload.Inline;
        this.inboxSeen = head.inbox() == 0 ? 0 : -1;
    }

    /** Of an execution that was just started. */
    static Journal created(ExecutionStore store, UnitMeter meter, Head head) {
        Journal journal = new Journal(store, meter, head, Phase.OPEN, null);
        journal.position = 1;
        journal.durablePosition = 1;
        return journal;
    }

    /**
     * Of an execution whose lease was just taken.
     *
     * @param snapshot where the replay begins; null for the start
     * @param takenOver whether the owner before had not given up its lease
     */
    static Journal opened(
            ExecutionStore store, UnitMeter meter, Head head, @Nullable Snapshot snapshot, boolean takenOver) {
        long segment = snapshot == null ? 0 : snapshot.segment();
        long position = snapshot == null ? 1 : snapshot.position();
        SegmentReader unread = new SegmentReader(store, head.id(), segment, position, meter);
        Journal journal = new Journal(store, meter, head, Phase.REPLAYING, unread);
        journal.standAt(segment, position, takenOver);
        if (snapshot != null) {
            journal.onlyHead = false;
            journal.lastSnapshot = snapshot.segment();
            journal.resumeOfLastEntry = snapshot.resume();
            journal.resumeOfLastSegment = snapshot.owner();
            journal.snapshots.startFrom(snapshot.size());
        }
        return journal;
    }

    /**
     * Of an execution whose lease was just taken, to be ended without having been replayed.
     *
     * @param last its last segment; null when it has none
     */
    static Journal atItsEnd(
            ExecutionStore store, UnitMeter meter, Head head, @Nullable Segment last, boolean takenOver) {
        long number = last == null ? 0 : last.number();
        long position = last == null ? 1 : last.last();
        SegmentReader unread = new SegmentReader(store, head.id(), number, position, meter);
        Journal journal = new Journal(store, meter, head, Phase.REPLAYING, unread);
        journal.standAt(number, position, takenOver);
        journal.onlyHead = false;
        journal.lastSnapshot = head.progress().snapshot();
        journal.resumeOfLastSegment = last == null ? 0 : last.resume();
        journal.requireNoLaterOwner();
        while (journal.nextUnread(unread) != null) {
            // What an earlier owner still wrote is part of the journal.
        }
        return journal;
    }

    private void standAt(long segment, long entry, boolean takenOver) {
        markNeeded = takenOver;
        lastSegment = segment;
        position = entry;
        durablePosition = entry;
    }

    /** Which execution. */
    public ExecutionId id() {
        return head.id();
    }

    /** Which resume of the execution this is; 0 for the start. */
    public long resume() {
        return head.resumes();
    }

    /**
     * What all requests for this execution have consumed, earlier invocations included as far as they could record it.
     */
    public ConsumedUnits consumed() {
        return consumedBefore.plus(meter.total());
    }

    /** Place of the last entry that was appended or replayed; 1 is the start. */
    public long position() {
        return position;
    }

    /** The journal is durable up to this entry: effects that later ones caused must not begin yet. */
    public long durablePosition() {
        return durablePosition;
    }

    /**
     * The entries that are in the journal already, from the snapshot or else from the start on, read as they are asked
     * for. It must be read to its end, once, before anything is appended.
     *
     * <p>Reading them throws {@link FencedException} when another invocation has taken the execution over meanwhile.
     *
     * @throws IllegalStateException when this journal began the execution, or was replayed before
     */
    public Iterator<Entry> replay() {
        if (phase != Phase.REPLAYING || unread == null) {
            throw new IllegalStateException("Nothing to replay for execution " + id());
        }
        guarded(() -> {
            requireNoLaterOwner();
            return null;
        });
        SegmentReader segments = unread;
        Entry started = segments.position() == 1 && lastSnapshot < 0 ? started() : null;
        return new EntryStream(id(), started, () -> guarded(() -> nextUnread(segments)), this::readBlob);
    }

    private Entry started() {
        return new Entry.Started(
                head.beginning().startedAt(),
                Payloads.read(blobs, id(), head.beginning().input()));
    }

    private JsonNode readBlob(String hash) {
        return guarded(() -> blobs.read(id(), hash));
    }

    private @Nullable Segment nextUnread(SegmentReader segments) {
        Segment segment = segments.next();
        while (segment == null && phase == Phase.REPLAYING) {
            if (markNeeded && !putMark(segments)) {
                // An earlier owner was quicker: what it wrote is part of the journal. If it was a later one, reading
                // shows it.
                segments.lookAgain();
                segment = segments.next();
            } else {
                endReplay();
            }
        }
        if (segment != null) {
            replayed(segment);
        }
        return segment;
    }

    private void replayed(Segment segment) {
        lastSegment = segment.number();
        resumeOfLastSegment = segment.resume();
        requireNoLaterOwner();
        position = segment.last();
        durablePosition = position;
        snapshots.segment();
        if (segment.count() > 0) {
            resumeOfLastEntry = segment.resume();
            String text = segment.body().text();
            snapshots.entries(text == null ? segment.body().length() : text.length());
        }
    }

    /** A later owner's mark may be out of sight, when what is read begins behind it. */
    private void requireNoLaterOwner() {
        if (resumeOfLastSegment > head.resumes()) {
            throw new FencedException(id(), "segment " + lastSegment + " was written by a later owner");
        }
    }

    private boolean putMark(SegmentReader segments) {
        Segment mark =
                new Segment(segments.number() + 1, writer, segments.position() + 1, 0, head.resumes(), Body.text(""));
        ConditionalWrite<Segment> put = store.putSegment(id(), mark, meter);
        if (put instanceof ConditionalWrite.Refused(Segment taken)
                && !taken.writer().equals(writer)) {
            return false;
        }
        lastSegment = mark.number();
        resumeOfLastSegment = head.resumes();
        markNeeded = false;
        return true;
    }

    private void endReplay() {
        Progress known = head.progress();
        if (lastSegment < known.segments()) {
            throw new CorruptJournalException(
                    id().toString(),
                    "segment " + (lastSegment + 1),
                    "it is missing, " + known.segments() + " were written",
                    null);
        }
        phase = Phase.OPEN;
    }

    /**
     * Fixes an entry's place: it comes after everything appended so far. It is not durable yet.
     *
     * @return the entry as a replay will read it, which is what is to be applied: almost always {@code entry} itself
     * @throws IllegalArgumentException when it cannot be stored; the journal is as it was
     */
    public Entry append(Entry entry) {
        requireOpen();
        Entry stored = pending.add(entry);
        position++;
        return stored;
    }

    /**
     * Writes everything appended so far, as one segment or as few as it takes. Does nothing when nothing is pending.
     *
     * @throws FencedException when another invocation owns the execution now
     */
    public void flush() {
        requireOpen();
        if (!pending.isEmpty()) {
            guarded(() -> {
                writeBlobs();
                pending.batches().forEach(this::writeSegment);
                pending.clear();
                return null;
            });
        }
    }

    private void writeBlobs() {
        for (PendingEntries.Blob blob : pending.blobs()) {
            onlyHead = false;
            blobs.write(id(), blob.hash(), blob.json());
        }
    }

    private void writeSegment(PendingEntries.Batch batch) {
        Body body = Compressor.body(
                batch.json(), SEGMENT_OVERHEAD + id().partition().length());
        put(new Segment(lastSegment + 1, writer, durablePosition + 1, batch.count(), head.resumes(), body));
        snapshots.entries(batch.json().size());
    }

    private void put(Segment segment) {
        ConditionalWrite<Segment> put = store.putSegment(id(), segment, meter);
        // One write is in flight at a time, and this number was never written before: a segment of ours there is this
        // very one, whose answer was lost.
        if (put instanceof ConditionalWrite.Refused(Segment taken)
                && !taken.writer().equals(writer)) {
            throw new FencedException(id(), "segment " + segment.number() + " was written by another journal");
        }
        lastSegment = segment.number();
        durablePosition = segment.last();
        resumeOfLastEntry = head.resumes();
        resumeOfLastSegment = head.resumes();
        snapshots.segment();
    }

    /**
     * Whether the interpreter's state is worth taking for {@link #snapshot}: a later resume would read much. Cheap to
     * ask.
     */
    public boolean snapshotDue() {
        return snapshots.due(false);
    }

    /**
     * Writes a snapshot, unless it proves too large to be worth it.
     *
     * @param state the interpreter's, once it has been given every entry up to {@link #position()}. All of them must be
     *     durable
     * @return whether it was written
     */
    public boolean snapshot(JsonNode state) {
        requireOpen();
        if (!pending.isEmpty()) {
            throw new IllegalStateException("Flush the journal of execution " + id() + " before its snapshot");
        }
        Json.Encoded json = encode(state, snapshots.largestWorthWriting());
        if (json == null || json.fidelity() == Fidelity.LOSSY) {
            snapshots.refused();
            return false;
        }
        snapshots.startFrom(json.json().size());
        return guarded(() -> {
            write(json);
            return true;
        });
    }

    /**
     * Writes a snapshot whatever it weighs, in the midst of a long stretch of work that no entry tells of: without it a
     * resume would begin that stretch anew. An empty segment before it gives it a place of its own, which only the
     * owner gets, because no entry tells this state from earlier ones.
     *
     * @param state the interpreter's; every entry that it was given must be durable
     */
    public void keep(JsonNode state) {
        requireOpen();
        if (!pending.isEmpty()) {
            throw new IllegalStateException("Flush the journal of execution " + id() + " before its snapshot");
        }
        guarded(() -> {
            put(new Segment(lastSegment + 1, writer, durablePosition + 1, 0, head.resumes(), Body.text("")));
            Json.Encoded json = Objects.requireNonNull(encode(state, Long.MAX_VALUE));
            if (json.fidelity() != Fidelity.LOSSY) {
                write(json);
                snapshots.startFrom(json.json().size());
            }
            return null;
        });
    }

    /** A state that JSON does not carry whole is not to be written: a resume from less would compute something else. */
    private Json.@Nullable Encoded encode(JsonNode state, long most) {
        return Snapshot.encode(
                head.beginning().semantics(), durablePosition, resumeOfLastEntry, resumeOfLastSegment, state, most);
    }

    private void write(Json.Encoded snapshot) {
        onlyHead = false;
        blobs.write(id().partition(), Snapshot.name(lastSegment), snapshot.json());
        lastSnapshot = lastSegment;
    }

    /**
     * Facts that other invocations have put into the inbox since it was last read.
     *
     * @throws FencedException when another invocation owns the execution now
     */
    public List<InboxFact> readInbox() {
        requireOpen();
        return guarded(() -> {
            // The counter first: what is put after this moment moves it, so that suspend() will notice.
            Head now = ownedHead();
            List<InboxFact> facts = new ArrayList<>();
            if (now.inbox() != inboxSeen) {
                Inbox.read(store, now, this::readBlob, meter, facts);
            }
            inboxSeen = now.inbox();
            segmentAtInbox = lastSegment;
            return facts;
        });
    }

    private Head ownedHead() {
        Head now = store.readHead(id(), meter);
        if (now == null || !now.ownedBy(writer)) {
            throw new FencedException(id(), "its head has another owner");
        }
        return now;
    }

    /**
     * Deletes facts from the inbox, once what came of them is durable.
     *
     * @throws FencedException when nothing came of them, and another invocation owns the execution now: it may know of
     *     something that they answer
     */
    public void taken(List<InboxFact> facts) {
        requireOpen();
        if (!pending.isEmpty()) {
            throw new IllegalStateException("Flush the journal of execution " + id() + " before its inbox is cleared");
        }
        guarded(() -> {
            // A segment put since then shows that nobody else has begun anything before these facts were read.
            if (lastSegment == segmentAtInbox) {
                ownedHead();
            }
            facts.forEach(fact -> store.deleteInboxItem(id(), fact.key(), meter));
            return null;
        });
    }

    /**
     * Flushes and gives up the lease, unless the inbox has moved: the execution has come to where there is nothing to
     * do but wait.
     *
     * @param wakeAt when to go on; null when only the inbox can wake it
     * @param state the interpreter's, as for {@link #snapshot}; asked for only when one is worth making
     * @return whether it is given up; false when somebody has put a fact into the inbox since it was last read: read it,
     *     and go on
     */
    public boolean suspend(@Nullable Instant wakeAt, Supplier<JsonNode> state) {
        return suspend(wakeAt, head.resumes(), state);
    }

    /**
     * Does the same where the invocation's time is up and the execution is to go on at once. A resume that only comes
     * to this, and adds nothing, has got nowhere.
     *
     * @param now when to go on
     */
    public boolean breakOff(Instant now, Supplier<JsonNode> state) {
        flush();
        return suspend(now, Math.max(resumeOfLastEntry, head.progress().fruitful()), state);
    }

    private boolean suspend(@Nullable Instant wakeAt, long fruitful, Supplier<JsonNode> state) {
        flush();
        if (snapshots.due(true)) {
            snapshot(state.get());
        }
        return guarded(() -> {
            Progress reached = progress(0).fruitful(fruitful);
            Progress progress = progressWith(head.suspended(wakeAt, reached)).fruitful(fruitful);
            return switch (store.suspend(id(), writer, wakeAt, inboxSeen, progress, meter)) {
                case ConditionalWrite.Made<Head> made -> released(true);
                case ConditionalWrite.Refused(Head current) -> {
                    if (current != null && current.ownedBy(writer) && current.inbox() != inboxSeen) {
                        yield false;
                    }
                    // Nobody but this journal gives up its lease, so this is its own write, whose answer was lost.
                    if (current != null && current.writer().equals(writer) && current.lease() == null) {
                        yield released(true);
                    }
                    throw new FencedException(id(), "its lease was taken over");
                }
            };
        });
    }

    /**
     * Ends the execution with an outcome that a replay gives again: {@link #close(Outcome, Instant, boolean, boolean)}.
     */
    public void close(Outcome outcome, Instant stoppedAt) {
        close(outcome, stoppedAt, true, head.beginning().tokenSecret() != null);
    }

    /**
     * Ends the execution, and gives up the lease. A few entries that are not durable yet become so with it.
     *
     * @param stoppedAt millisecond precision
     * @param followsFromEntries whether a replay of the entries gives the outcome. If so, a large output is not stored
     *     beside them
     * @param awaitsOthers whether its tasks may await other executions, so that these are to be told
     * @throws FencedException when another invocation owns the execution now
     */
    public void close(Outcome outcome, Instant stoppedAt, boolean followsFromEntries, boolean awaitsOthers) {
        if (phase == Phase.REPLAYING && failure == null && outcome instanceof Outcome.Aborted) {
            // An execution whose journal cannot be read can still be stopped. Its end is not the end of what was read.
            onlyHead = false;
        } else {
            requireOpen();
        }
        guarded(() -> {
            // Only facts are stored: an output follows from them. A small one is kept for whoever only looks.
            int limit = followsFromEntries && outcome instanceof Outcome.Succeeded
                    ? LARGEST_KEPT_OUTPUT
                    : Integer.MAX_VALUE;
            Payload result = Payloads.write(blobs, id(), Endings.result(outcome), limit);
            onlyHead &= !(result instanceof Payload.Stored);
            writeBlobs();
            Caller caller = head.beginning().caller();
            boolean unsettled = awaitsOthers || (caller != null && caller.awaitsEnd());
            Ending ending = new Ending(Endings.status(outcome), stoppedAt, result, unsettled, tail());
            close(ending);
            return released(ending);
        });
    }

    /** What is pending, when it is short; else it is written as segments. */
    private @Nullable Segment tail() {
        List<PendingEntries.Batch> batches = pending.batches();
        if (batches.size() == 1 && batches.get(0).json().size() <= TAIL) {
            PendingEntries.Batch batch = batches.get(0);
            Body body = Compressor.body(batch.json(), 1024);
            return new Segment(lastSegment + 1, writer, durablePosition + 1, batch.count(), head.resumes(), body);
        }
        batches.forEach(this::writeSegment);
        return null;
    }

    private void close(Ending ending) {
        for (int attempt = 0; attempt < ContendedException.ATTEMPTS; attempt++) {
            boolean alone = onlyHead && lastSegment == 0 && head.inbox() == 0;
            Progress progress = progressWith(head.closed(ending, progress(0), alone));
            ConditionalWrite<Head> change = store.close(head.closed(ending, progress, alone), meter);
            if (!(change instanceof ConditionalWrite.Refused(Head current))) {
                return;
            }
            // Once closed, a head keeps its last writer: this is the journal's own write, whose answer was lost.
            if (current != null && current.writer().equals(writer) && current.ending() != null) {
                return;
            }
            if (current == null || !current.ownedBy(writer)) {
                throw new FencedException(id(), "its lease was taken over before its end was written");
            }
            // The inbox has moved. What is in it comes too late, and is no reason not to end.
            head = current;
        }
        // The lease runs out, and whoever opens the execution then comes to the same end.
        throw new ContendedException(id(), "to be ended");
    }

    /** What to record in the head: {@code after} is the head as it will be, to reckon what writing it costs. */
    private Progress progressWith(Head after) {
        return progress(store.writeUnits(head, after));
    }

    private Progress progress(double writeUnitsToCome) {
        // Of a journal that was not read to its end, the head knows more.
        Progress known = head.progress();
        return new Progress(
                Math.max(lastSegment, known.segments()),
                Math.max(position, known.position()),
                Math.max(lastSnapshot, known.snapshot()),
                known.fruitful(),
                consumed().plus(new ConsumedUnits(0, writeUnitsToCome)));
    }

    private <T> T released(T outcome) {
        phase = Phase.RELEASED;
        durablePosition = position;
        pending.clear();
        return outcome;
    }

    private void requireOpen() {
        if (failure instanceof FencedException) {
            throw new FencedException(id(), "it was lost before");
        }
        if (failure != null || phase != Phase.OPEN) {
            String why = failure != null
                    ? "failed before: " + failure.getMessage()
                    : phase == Phase.REPLAYING ? "must be replayed to its end first" : "was given up";
            throw new IllegalStateException("The journal of execution " + id() + " " + why, failure);
        }
    }

    private <T extends @Nullable Object> T guarded(Supplier<T> requests) {
        try {
            return requests.get();
        } catch (JournalException e) {
            failure = e;
            throw e;
        }
    }
}
