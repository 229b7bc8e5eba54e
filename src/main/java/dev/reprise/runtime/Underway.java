package dev.reprise.runtime;

import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.task.TaskThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * What holds a thread for one execution in one invocation: tasks, data sets, requests to the table, be they awaited or
 * interrupted. Nothing may run on once the invocation has answered, for a frozen process thaws in somebody else's.
 * Thread-safe.
 *
 * <p>A task that is a {@code Uni} and holds none of our threads is over for us once its subscription is cancelled.
 */
public final class Underway {

    private static final Logger LOG = Logger.getLogger(Underway.class);

    /**
     * Some work.
     *
     * @param state the state that it is done for
     */
    record Work(EffectId effect, String state) {}

    private final String executionArn;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition lessRuns = lock.newCondition();
    private final Map<Work, Integer> running = new LinkedHashMap<>();

    public Underway(String executionArn, Time time) {
        this.executionArn = executionArn;
        this.time = time;
    }

    TaskThreads.Watch watch(Effect.RunTask task) {
        return watch(task.id(), task.state());
    }

    /** Watches what is put on threads for that effect. */
    TaskThreads.Watch watch(EffectId effect, String state) {
        return new TaskThreads.Watch() {
            @Override
            public void begun() {
                count(new Work(effect, state), 1);
            }

            @Override
            public void ended() {
                count(new Work(effect, state), -1);
            }
        };
    }

    private void count(Work work, int more) {
        lock.lock();
        try {
            running.merge(work, more, (before, now) -> before + now == 0 ? null : before + now);
            if (running.isEmpty()) {
                lessRuns.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until nothing holds a thread any more. What still does by then is named in the log.
     *
     * @return what has not stopped
     */
    List<Work> awaitEnd(Instant until) throws InterruptedException {
        List<Work> left = left(until);
        for (Work work : left) {
            LOG.warnf(
                    "%s: what state '%s' has asked for as %s was interrupted and does not stop. It may take effect"
                            + " after the invocation has answered; have it heed Thread.interrupt()",
                    executionArn, work.state(), work.effect());
        }
        return left;
    }

    private List<Work> left(Instant until) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!running.isEmpty()) {
                long nanos = Duration.between(time.instant(), until).toNanos();
                if (nanos <= 0) {
                    break;
                }
                long unused = time.await(lessRuns, nanos);
            }
            return List.copyOf(running.keySet());
        } finally {
            lock.unlock();
        }
    }
}
