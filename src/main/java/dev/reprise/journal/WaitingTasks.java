package dev.reprise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.TimerKind;
import dev.reprise.journal.codec.ContentHash;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ContendedException;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalException;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Payload;
import dev.reprise.journal.store.QueuedTask;
import dev.reprise.journal.store.TaskStore;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.journal.store.WaitingTask;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tasks whose results come from outside: callbacks, jobs, activities. The owner of an execution opens one before its
 * token can be known to anybody, asks here before it lets the task time out, and forgets it once its end is in the
 * journal. Others answer it, or tell that they are still at it.
 *
 * <p>An answer first settles the task, by a conditional put that only one can win, and then goes to the inbox. Whoever
 * dies in between has told nobody that the answer was taken; the same answer, sent again, goes on where it stopped. An
 * answer that is not in the inbox a minute after it settled the task is taken for lost, and the task may time out; so
 * whoever sends an answer again settles the task anew, and who took too long looks again whether it still counts. A
 * heartbeat only changes the task, and wakes nobody: the owner finds it when the task would time out.
 *
 * <p>Safe for use by many threads. Its methods block, and throw {@link JournalException}s.
 */
public final class WaitingTasks {

    private static final int QUEUE_PAGE = 10;

    /**
     * How long an answer may be on its way from the task that it settled to the inbox: some requests to the table, with
     * all their repetitions.
     */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);

    /** The owner is given the other half to find it. */
    private static final Duration LONGEST_DELIVERY = ON_ITS_WAY.dividedBy(2);

    /** Longer than any invocation lives, be it frozen, and any request is under way whose sender has given it up. */
    private static final Duration LATEST_REQUEST = Duration.ofDays(1);

    private final ExecutionStore store;
    private final TaskStore tasks;
    private final Inbox inbox;
    private final InstantSource clock;
    private final RandomGenerator random;

    WaitingTasks(ExecutionStore store, Inbox inbox, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.tasks = store.tasks();
        this.inbox = inbox;
        this.clock = clock;
        this.random = random;
    }

    // ---- the owner's part

    /**
     * To be called once before anything of an execution is opened whose {@link Head#inbox} is 0: from then on it counts
     * as one that has more items than its head.
     */
    public void announce(ExecutionId id) {
        store.announceInbox(id, new UnitMeter());
    }

    /** Opens a task; one that is there already stays as it is, for its token may be known. */
    public void open(ExecutionId id, EffectId task) {
        tasks.put(id, WaitingTask.opened(task, null, null), new UnitMeter());
    }

    /**
     * Opens a task that another execution does; one that is there already stays as it is.
     *
     * @param child ARN of that execution, which need not have been started
     */
    public void open(ExecutionId id, EffectId task, String child) {
        tasks.put(id, WaitingTask.opened(task, null, child), new UnitMeter());
    }

    /** The execution that does a task; null when none does, or it has told its end. */
    public @Nullable String child(ExecutionId id, EffectId task) {
        WaitingTask known = tasks.read(id, task, new UnitMeter());
        return known == null || known.answer() != null ? null : known.child();
    }

    /** All the executions that do tasks of this one and have not told their end, by task. */
    public Map<EffectId, String> children(ExecutionId id) {
        Map<EffectId, String> children = new LinkedHashMap<>();
        for (WaitingTask task : unforgotten(id)) {
            if (task.child() != null && task.answer() == null) {
                children.put(task.task(), task.child());
            }
        }
        return children;
    }

    /** Whether an activity was deleted, and not created again. */
    public boolean isDeleted(String activity) {
        return store.documents().read(JournalTable.DELETED_ACTIVITIES, activity, new UnitMeter()) != null;
    }

    /**
     * Opens an activity's task and queues it for a worker, unless one has taken it already.
     *
     * @param activity the activity's name
     */
    public void queue(ExecutionId id, Effect.RunTask task, String activity) {
        UnitMeter meter = new UnitMeter();
        boolean bounded = task.timeout() != null || task.heartbeat() != null;
        WaitingTask opened = WaitingTask.opened(
                task.id(), new WaitingTask.Work(stored(id, task.input(), meter), bounded, null), null);
        boolean waitsForAWorker = switch (tasks.put(id, opened, meter)) {
            case ConditionalWrite.Made<WaitingTask> made -> true;
            case ConditionalWrite.Refused<WaitingTask>(WaitingTask current) ->
                current != null && current.isOpen() && current.taken() == null;
        };
        if (waitsForAWorker) {
            tasks.enqueue(QueuedTask.of(activity, id, task.id(), task.requestedAt()), meter);
        }
    }

    private Payload stored(ExecutionId id, JsonNode input, UnitMeter meter) {
        return Objects.requireNonNull(Payloads.write(new Blobs(store, meter), id, input, Integer.MAX_VALUE));
    }

    /** Takes an activity's task that nobody waits for any more out of its queue. */
    public void unqueue(ExecutionId id, Effect.RunTask task, String activity) {
        tasks.dequeue(QueuedTask.of(activity, id, task.id(), task.requestedAt()), new UnitMeter());
    }

    /** Whether a task's time is up. */
    public sealed interface TimeUp {
        /** It is: from now on nobody can answer it. */
        record Over() implements TimeUp {}

        /** It is not: a heartbeat came at that time. */
        record Heard(Instant at) implements TimeUp {}

        /** It was answered; the answer is in the inbox, or about to be, or will prove to be lost. */
        record Answered() implements TimeUp {}
    }

    /**
     * One of a task's bounds has run out, as far as its owner knows.
     *
     * @param bound {@code TIMEOUT} or {@code HEARTBEAT}
     * @param inboxReadAt when the owner last read the inbox: an answer that was there is known
     */
    public TimeUp timeUp(ExecutionId id, Effect.RunTask task, TimerKind bound, Instant now, Instant inboxReadAt) {
        for (int attempt = 0; attempt < ContendedException.ATTEMPTS; attempt++) {
            WaitingTask known = tasks.read(id, task.id(), new UnitMeter());
            if (known == null) {
                return new TimeUp.Over();
            }
            Instant settledAt = known.settledAt();
            Instant heardAt = known.heardAt();
            if (settledAt != null) {
                if (known.answer() == null) {
                    return new TimeUp.Over();
                }
                if (settledAt.plus(ON_ITS_WAY).isAfter(inboxReadAt)) {
                    return new TimeUp.Answered();
                }
                // The answer is lost: whoever sent it died before it was under way, and nobody was told that it was
                // taken.
            } else if (bound == TimerKind.HEARTBEAT
                    && heardAt != null
                    && task.heartbeat() != null
                    && heardAt.plus(task.heartbeat()).isAfter(now)) {
                return new TimeUp.Heard(heardAt);
            }
            if (change(id, known.timedOut(now))) {
                return new TimeUp.Over();
            }
        }
        throw new ContendedException(id, "to let task " + task.id() + " time out");
    }

    /** Forgets tasks whose end is durable: from now on nobody can answer them, or open them anew. */
    public void forget(ExecutionId id, Collection<EffectId> ended) {
        Instant now = clock.instant();
        Instant until = now.plus(LATEST_REQUEST);
        List<WaitingTask> over =
                ended.stream().map(task -> WaitingTask.over(task, now)).toList();
        for (int from = 0; from < over.size(); from += ExecutionStore.LARGEST_BATCH) {
            int to = Math.min(over.size(), from + ExecutionStore.LARGEST_BATCH);
            tasks.replace(id, over.subList(from, to), until, new UnitMeter());
        }
    }

    /** The tasks of an execution that are not forgotten, over or not. */
    public List<EffectId> known(ExecutionId id) {
        return unforgotten(id).stream().map(WaitingTask::task).toList();
    }

    private List<WaitingTask> unforgotten(ExecutionId id) {
        List<WaitingTask> tasksLeft = new ArrayList<>();
        UnitMeter meter = new UnitMeter();
        String after = "";
        while (after != null) {
            Page<WaitingTask> page = tasks.readAll(id, after, meter);
            page.items().stream().filter(task -> !task.isOver()).forEach(tasksLeft::add);
            after = page.next();
        }
        return tasksLeft;
    }

    // ---- the others' part

    /**
     * Answers a task.
     *
     * @param result {@code TaskSucceeded} or {@code TaskFailed}
     * @return what became of it; null when the task does not wait for an answer any more
     * @throws IllegalArgumentException when the result cannot be stored
     */
    public Inbox.@Nullable Delivery answer(Head head, Entry.OfEffect result) {
        ExecutionId id = head.id();
        String hash = hash(result);
        for (int attempt = 0; attempt < ContendedException.ATTEMPTS; attempt++) {
            WaitingTask known = tasks.read(id, result.effect(), new UnitMeter());
            if (known == null || !(known.isOpen() || hash.equals(known.answer()))) {
                return null;
            }
            Instant at = Instant.ofEpochMilli(clock.millis());
            if (change(id, known.answered(hash, at))) {
                Inbox.Delivery delivery = deliver(head, known, result);
                if (clock.instant().isBefore(at.plus(LONGEST_DELIVERY))) {
                    return delivery;
                }
            }
        }
        throw new ContendedException(id, "to hear the answer to task " + result.effect());
    }

    /** The same for the same answer, whenever it comes. */
    private static String hash(Entry.OfEffect result) {
        PendingEntries encoded = new PendingEntries();
        encoded.add(result.movedTo(Instant.EPOCH));
        return ContentHash.of(encoded.batches().get(0).json());
    }

    /**
     * That a worker has taken a task without bounds is told together with its result: until then it makes no
     * difference.
     */
    private Inbox.Delivery deliver(Head head, WaitingTask known, Entry.OfEffect result) {
        List<Entry> facts = new ArrayList<>(2);
        if (known.taken() != null) {
            facts.add(started(known.task(), known.taken()));
        }
        facts.add(result);
        return inbox.putAnnounced(head, facts, new UnitMeter());
    }

    private static Entry started(EffectId task, WaitingTask.Taken taken) {
        return new Entry.TaskStarted(task, taken.at(), taken.worker());
    }

    /**
     * Tells that somebody is still at a task.
     *
     * @return false when nobody waits for it any more
     */
    public boolean heartbeat(ExecutionId id, EffectId task, Instant at) {
        for (int attempt = 0; attempt < ContendedException.ATTEMPTS; attempt++) {
            WaitingTask known = tasks.read(id, task, new UnitMeter());
            if (known == null || !known.isOpen()) {
                return false;
            }
            if (change(id, known.heard(at))) {
                return true;
            }
        }
        throw new ContendedException(id, "to hear a heartbeat of task " + task);
    }

    /**
     * A task that a worker has got.
     *
     * @param delivery what became of the word that it was taken; null when the execution need not know yet
     */
    public record TakenTask(Head head, EffectId task, JsonNode input, Inbox.@Nullable Delivery delivery) {}

    /**
     * Gives a worker the task that has waited longest in an activity's queue. No other worker gets it.
     *
     * @param worker the name that the worker gives itself; null when it gives none
     * @return null when none waits
     */
    public @Nullable TakenTask take(String activity, @Nullable String worker, Instant now) {
        UnitMeter meter = new UnitMeter();
        String after = "";
        List<QueuedTask> page = tasks.queued(activity, after, QUEUE_PAGE, meter);
        while (!page.isEmpty()) {
            for (QueuedTask queued : page) {
                TakenTask taken = take(queued, worker, now, meter);
                if (taken != null) {
                    return taken;
                }
                after = queued.key();
            }
            page = tasks.queued(activity, after, QUEUE_PAGE, meter);
        }
        return null;
    }

    /** Null when somebody else has it, or nobody waits for it any more. */
    private @Nullable TakenTask take(QueuedTask queued, @Nullable String worker, Instant now, UnitMeter meter) {
        ExecutionId id = queued.execution();
        Head head = store.readHead(id, meter);
        WaitingTask known =
                head == null || head.status() != ExecutionStatus.RUNNING ? null : tasks.read(id, queued.task(), meter);
        WaitingTask.Work work = known == null || !known.isOpen() ? null : known.work();
        if (head == null || known == null || work == null) {
            tasks.dequeue(queued, meter);
            return null;
        }
        if (work.taken() != null) {
            // Whoever took it may have died before telling so.
            tell(head, queued.task(), work, work.taken(), meter);
            tasks.dequeue(queued, meter);
            return null;
        }
        String claim = Long.toString(random.nextLong() >>> 1, Character.MAX_RADIX);
        WaitingTask.Taken taken = new WaitingTask.Taken(claim, worker, now);
        if (!change(id, known.takenBy(taken))) {
            return null;
        }
        Inbox.Delivery delivery = tell(head, queued.task(), work, taken, meter);
        tasks.dequeue(queued, meter);
        return new TakenTask(head, queued.task(), input(id, work.input(), meter), delivery);
    }

    /** Tells the execution that a worker has taken a task whose bounds count from now on; null when there are none. */
    private Inbox.@Nullable Delivery tell(
            Head head, EffectId task, WaitingTask.Work work, WaitingTask.Taken taken, UnitMeter meter) {
        return work.bounded() ? inbox.putAnnounced(head, List.of(started(task, taken)), meter) : null;
    }

    private JsonNode input(ExecutionId id, Payload input, UnitMeter meter) {
        return Payloads.read(new Blobs(store, meter), id, input);
    }

    /** Whether the change was made; a request whose answer was lost finds its own work. */
    private boolean change(ExecutionId id, WaitingTask changed) {
        return switch (tasks.put(id, changed, new UnitMeter())) {
            case ConditionalWrite.Made<WaitingTask> made -> true;
            case ConditionalWrite.Refused<WaitingTask>(WaitingTask current) -> changed.equals(current);
        };
    }
}
