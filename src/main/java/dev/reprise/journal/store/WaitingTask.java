package dev.reprise.journal.store;

import dev.reprise.execution.EffectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task that somebody outside does, for as long as its execution waits for it. It stands in the table from before its
 * token is given out until its end is in the journal, and settles what a journal cannot that only its owner writes: who
 * of several that answer was first, whether an answer or a time-out was, and when the worker was last heard. For a
 * while after its end it stands there as {@link #over}, so that nobody who comes late opens it anew. Immutable; the
 * methods that return one say what a change makes of it.
 *
 * @param task which task
 * @param version 1 when it was opened, one more after each change: who changes it names the version that it has seen
 * @param work what an activity's worker gets; null for a task of another kind
 * @param child ARN of the execution that does it; null when none does
 * @param heardAt when the last heartbeat came; null before the first
 * @param answer hash of what it was answered with; null when it was not
 * @param settledAt when it was answered, or its time was up; null while it is open
 */
public record WaitingTask(
        EffectId task,
        long version,
        @Nullable Work work,
        @Nullable String child,
        @Nullable Instant heardAt,
        @Nullable String answer,
        @Nullable Instant settledAt) {

    private static final long OVER = Long.MAX_VALUE;

    /**
     * What there is to do for an activity's worker.
     *
     * @param input the task's input
     * @param bounded whether the task has bounds, which count from when a worker takes it
     * @param taken by whom it was taken; null while it waits for a worker
     */
    public record Work(
            Payload input, boolean bounded, @Nullable Taken taken) {}

    /**
     * A worker took it.
     *
     * @param claim tells this taking from any other
     * @param worker the name that the worker gives itself; null when it gives none
     */
    public record Taken(String claim, @Nullable String worker, Instant at) {}

    public static WaitingTask opened(EffectId task, @Nullable Work work, @Nullable String child) {
        return new WaitingTask(task, 1, work, child, null, null, null);
    }

    /** Its end is in the journal. Nobody has seen its version, so nobody changes it. */
    public static WaitingTask over(EffectId task, Instant at) {
        return new WaitingTask(task, OVER, null, null, null, null, at);
    }

    /** The same, what there is to do in another form. */
    public WaitingTask in(Payload input) {
        Work before = java.util.Objects.requireNonNull(work);
        return new WaitingTask(
                task, version, new Work(input, before.bounded(), before.taken()), child, heardAt, answer, settledAt);
    }

    public boolean isOver() {
        return version == OVER;
    }

    public boolean isOpen() {
        return settledAt == null;
    }

    /** Who has it; null when it is no activity, or nobody has. */
    public @Nullable Taken taken() {
        return work == null ? null : work.taken();
    }

    public WaitingTask takenBy(Taken worker) {
        Work before = java.util.Objects.requireNonNull(work);
        Work after = new Work(before.input(), before.bounded(), worker);
        return new WaitingTask(task, version + 1, after, child, heardAt, answer, settledAt);
    }

    public WaitingTask heard(Instant at) {
        return new WaitingTask(task, version + 1, work, child, at, answer, settledAt);
    }

    public WaitingTask answered(String with, Instant at) {
        return new WaitingTask(task, version + 1, work, child, heardAt, with, at);
    }

    public WaitingTask timedOut(Instant at) {
        return new WaitingTask(task, version + 1, work, child, heardAt, null, at);
    }
}
