package dev.reprise.runtime;

import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the jobs that an execution has submitted, each by itself: soon after it was submitted, then after a
 * quarter of the time that it has run, which needs no memory and so survives a crash; or when the job itself says. A
 * resume looks at once. Only the thread that owns the execution touches it.
 */
final class JobPolls {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int PART_OF_ITS_TIME = 4;

    private enum Kind {
        POLL
    }

    private final TaskDispatch dispatch;
    private final TaskRequests requests;
    private final Allotment allotment;

    /** Null as long as there was none, as in most executions. */
    private @Nullable Jobs jobs;

    private static final class Jobs {
        private final Timers<Kind> due = new Timers<>();
        private final List<EffectId> queue = new ArrayList<>();
        private final Map<EffectId, Request> underWay = new HashMap<>();
        private final Map<EffectId, Integer> failures = new HashMap<>();
    }

    JobPolls(TaskDispatch dispatch, TaskRequests requests, Allotment allotment) {
        this.dispatch = dispatch;
        this.requests = requests;
        this.allotment = allotment;
    }

    /** A task that was taken on before this invocation, or just now. */
    void begin(Effect.RunTask task, boolean justNow) {
        if (task.phase().submission() != null && requests.isJob(task)) {
            if (jobs == null) {
                jobs = new Jobs();
            }
            Instant now = allotment.clock().instant();
            jobs.due.set(task.id(), Kind.POLL, justNow ? now.plus(FIRST) : now);
        }
    }

    /** Polls what is due. */
    void start(OpenTasks tasks) {
        Jobs known = jobs;
        if (known == null || (known.due.nextDue() == null && known.queue.isEmpty())) {
            return;
        }
        Instant now = allotment.clock().instant();
        for (var next = known.due.pollDue(now); next != null; next = known.due.pollDue(now)) {
            known.queue.add(next.effect());
        }
        while (!known.queue.isEmpty()
                && known.underWay.size() < allotment.settings().maxTasksInFlight()
                && allotment.mayBegin()) {
            EffectId id = known.queue.removeFirst();
            OpenTask task = tasks.task(id);
            if (task != null) {
                known.underWay.put(id, dispatch.poll(task.effect(), known.failures.getOrDefault(id, 0)));
            }
        }
    }

    /** The job goes on, or could not be asked. */
    void goesOn(OpenTask task, Mailbox.Mail.GoesOn answer) {
        EffectId id = task.id();
        Jobs known = jobs;
        if (known == null || known.underWay.remove(id) == null) {
            return;
        }
        if (answer.isFailure()) {
            known.failures.merge(id, 1, Integer::sum);
        } else {
            known.failures.remove(id);
        }
        Instant now = allotment.clock().instant();
        Duration wait = answer.again() == null ? wait(task.effect(), now) : answer.again();
        known.due.set(id, Kind.POLL, now.plus(wait));
    }

    private static Duration wait(Effect.RunTask task, Instant now) {
        Instant submittedAt = Objects.requireNonNull(task.phase().submission()).at();
        Duration part = Duration.between(submittedAt, now).dividedBy(PART_OF_ITS_TIME);
        return part.compareTo(FIRST) < 0 ? FIRST : part.compareTo(LONGEST) > 0 ? LONGEST : part;
    }

    /** When the next one is due; null when there is none. */
    @Nullable
    Instant nextDue() {
        return jobs == null ? null : jobs.due.nextDue();
    }

    /** Nobody waits for the task any more. */
    void close(EffectId task) {
        if (jobs != null) {
            jobs.due.clear(task);
            jobs.queue.remove(task);
            jobs.failures.remove(task);
            Request request = jobs.underWay.remove(task);
            if (request != null) {
                request.cancel();
            }
        }
    }

    int inFlight() {
        return jobs == null ? 0 : jobs.underWay.size();
    }

    boolean anyQueued() {
        return jobs != null && !jobs.queue.isEmpty();
    }

    void cancelAll() {
        if (jobs != null) {
            jobs.underWay.values().forEach(Request::cancel);
            jobs = null;
        }
    }
}
