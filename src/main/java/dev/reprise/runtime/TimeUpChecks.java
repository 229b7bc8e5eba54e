package dev.reprise.runtime;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.TimerKind;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * Questions whether tasks have run out of time that others do. They have room of their own: tasks that take up all the
 * other room must be able to time out. Only the thread that owns the execution touches it.
 */
final class TimeUpChecks {

    private record Check(EffectId task, TimerKind bound) {}

    private final TaskDispatch dispatch;
    private final Allotment allotment;
    private final SequencedSet<Check> queue = new LinkedHashSet<>();
    private int inFlight;
    private Instant inboxReadAt = Instant.MIN;

    TimeUpChecks(TaskDispatch dispatch, Allotment allotment) {
        this.dispatch = dispatch;
        this.allotment = allotment;
    }

    /** What others had left by then is in the mailbox. */
    void inboxReadAt(Instant time) {
        inboxReadAt = time;
    }

    void add(EffectId task, TimerKind bound) {
        queue.add(new Check(task, bound));
    }

    /** Nobody waits for the task any more. */
    void remove(EffectId task) {
        if (!queue.isEmpty()) {
            queue.remove(new Check(task, TimerKind.TIMEOUT));
            queue.remove(new Check(task, TimerKind.HEARTBEAT));
        }
    }

    /** Asks what queues, as much as may be under way at once. */
    void start(OpenTasks tasks) {
        while (!queue.isEmpty() && inFlight < allotment.settings().maxTasksInFlight() && allotment.mayBegin()) {
            Check check = queue.removeFirst();
            OpenTask task = tasks.task(check.task());
            if (task != null) {
                inFlight++;
                dispatch.check(task.effect(), check.bound(), inboxReadAt);
            }
        }
    }

    /** A question was answered. */
    void answered() {
        inFlight--;
    }

    int inFlight() {
        return inFlight;
    }

    boolean anyQueued() {
        return !queue.isEmpty();
    }

    void clear() {
        queue.clear();
        inFlight = 0;
    }
}
