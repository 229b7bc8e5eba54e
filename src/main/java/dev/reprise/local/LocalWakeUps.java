package dev.reprise.local;

import dev.reprise.execution.RequestException;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.DueExecution;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.UnknownVersionException;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.operations.Executions;
import dev.reprise.operations.Invocation;
import dev.reprise.operations.SweepReport;
import dev.reprise.operations.Sweeper;
import dev.reprise.process.ExhaustedMemory;
import dev.reprise.wakeup.WakeUps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Timers in this process, for the only process that works on the table. They end with it; the next one finds in the
 * table what is due, and {@link #resumeAll} sets them again.
 */
public final class LocalWakeUps implements WakeUps, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LocalWakeUps.class);

    /** Executions that are found again after a restart. */
    private static final int MOST_FOUND = 10_000;

    private static final Duration AHEAD = Duration.ofDays(366);

    /** What is interrupted is waited for so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Supplier<Executions> executions;
    private final Journals journals;
    private final InstantSource clock;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("wake-ups").factory());
    private final ExecutorService runs = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("woken-", 1).factory());

    /** @param executions asked for when the first timer fires, for they need these wake-ups themselves */
    public LocalWakeUps(Supplier<Executions> executions, Journals journals, InstantSource clock) {
        this.executions = executions;
        this.journals = journals;
        this.clock = clock;
    }

    @Override
    public void schedule(String executionArn, Instant at) {
        schedule(executionArn, at, UUID.randomUUID().toString());
    }

    private void schedule(String executionArn, Instant at, String requestId) {
        long millis = Math.max(Duration.between(clock.instant(), at).toMillis(), 0);
        try {
            // A millisecond more: the timer's clock and the other may differ by a fraction.
            var unused = timers.schedule(
                    () -> resumeOnItsThread(executionArn, requestId), millis + 1, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debugf("%s goes on after the next start", executionArn);
        }
    }

    private void resumeOnItsThread(String executionArn, String requestId) {
        try {
            runs.execute(() -> resume(executionArn, requestId));
        } catch (RejectedExecutionException e) {
            LOG.debugf("%s goes on after the next start", executionArn);
        } catch (RuntimeException | Error e) {
            ExhaustedMemory.haltOn(e);
            LOG.errorf(e, "%s could not be woken up; it is tried again later", executionArn);
        }
    }

    private void resume(String executionArn, String requestId) {
        try {
            ExecutionDescription now = executions.get().resume(executionArn, Invocation.ofThisProcess(requestId));
            LOG.infof("%s woke up and is now %s", executionArn, now.status());
        } catch (RequestException e) {
            LOG.warnf("%s was to be woken up: %s", executionArn, e.message());
        } catch (RuntimeException | Error e) {
            ExhaustedMemory.haltOn(e);
            if (runs.isShutdown()) {
                LOG.debugf(e, "%s goes on after the next start", executionArn);
            } else {
                LOG.errorf(e, "%s could not be woken up; it is tried again later", executionArn);
            }
        }
    }

    /**
     * Sets the timers of everything that waits, and goes on at once with what was running when the process before this
     * one ended: no other process can be running it.
     *
     * @return how many executions there are
     */
    public int resumeAll() {
        Instant now = clock.instant();
        int found = 0;
        for (DueExecution due : journals.due(now.plus(AHEAD), MOST_FOUND)) {
            try {
                Head head = journals.head(due.id());
                if (head != null) {
                    found++;
                    resume(head, due.at(), now);
                }
            } catch (CorruptJournalException | UnknownVersionException e) {
                LOG.errorf("%s cannot go on: %s", due.id(), e.getMessage());
            }
        }
        return found;
    }

    private void resume(Head head, Instant dueAt, Instant now) {
        String arn = head.beginning().executionArn();
        Lease left = head.lease();
        if (left == null) {
            schedule(arn, dueAt);
        } else {
            // In the name of the one that held it, so that nobody has to wait for the lease to end.
            schedule(arn, now, left.owner());
        }
    }

    /** From now on has a sweep made now and then; the first once the given time has passed. */
    public void sweepEvery(Duration interval, Sweeper sweeper) {
        var unused = timers.scheduleWithFixedDelay(
                () -> sweepOnItsThread(sweeper), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What it throws would be the last of the sweeps, and nobody would hear of it. */
    private void sweepOnItsThread(Sweeper sweeper) {
        try {
            runs.execute(() -> sweep(sweeper));
        } catch (RejectedExecutionException e) {
            LOG.debugf("The next start goes on sweeping");
        } catch (RuntimeException | Error e) {
            ExhaustedMemory.haltOn(e);
            LOG.errorf(e, "The table could not be swept; it is tried again later");
        }
    }

    private void sweep(Sweeper sweeper) {
        try {
            SweepReport report =
                    sweeper.sweep(Invocation.ofThisProcess(UUID.randomUUID().toString()));
            LOG.debugf("Swept: %s", report);
        } catch (RuntimeException | Error e) {
            ExhaustedMemory.haltOn(e);
            if (!runs.isShutdown()) {
                LOG.errorf(e, "The table could not be swept; it is tried again later");
            }
        }
    }

    /** Stops the timers, interrupts what they have started, and waits a little until that has stopped. */
    @Override
    public void close() {
        timers.shutdownNow();
        runs.shutdownNow();
        try {
            if (!runs.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("What was woken up does not stop although it was interrupted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
