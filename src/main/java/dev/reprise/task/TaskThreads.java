package dev.reprise.task;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Where tasks run that block. Thread-safe. */
public final class TaskThreads {

    private static final Logger LOG = Logger.getLogger(TaskThreads.class);

    private final Executor executor;

    /** How many of them hold a thread, or are about to. Guarded by this. */
    private int running;

    /** @param executor gives each its thread */
    public TaskThreads(Executor executor) {
        this.executor = executor;
    }

    /** Runs the work on a thread of its own for each subscription; cancelling interrupts that thread. What the work throws is the failure. */
    public <T extends @Nullable Object> Uni<T> run(Supplier<T> work) {
        return Uni.createFrom().emitter(emitter -> {
            // The emitter tells of every termination, the work's own result included; only an early one is an
            // interrupt.
            AtomicBoolean finished = new AtomicBoolean();
            AtomicBoolean cancelled = new AtomicBoolean();
            FutureTask<Void> task = new FutureTask<>(
                    () -> {
                        try {
                            T result = work.get();
                            finished.set(true);
                            emitter.complete(result);
                        } catch (Throwable e) {
                            ExhaustedMemory.haltOn(e);
                            finished.set(true);
                            if (cancelled.get()) {
                                heardByNobody(e);
                            } else {
                                emitter.fail(e);
                            }
                        }
                    },
                    null);
            emitter.onTermination(() -> {
                if (!finished.get()) {
                    cancelled.set(true);
                    task.cancel(true);
                }
            });
            start(task);
        });
    }

    /** An exception is what an interrupt leads to; an error is not. */
    private static void heardByNobody(Throwable thrown) {
        if (thrown instanceof Error) {
            LOG.error("Work that was cancelled ended by an error", thrown);
        } else {
            LOG.debug("Work that was cancelled ended by an exception", thrown);
        }
    }

    private void start(FutureTask<Void> task) {
        begin();
        try {
            executor.execute(() -> {
                try {
                    task.run();
                } finally {
                    // An interrupt that came just too late is not the next task's business.
                    Thread.interrupted();
                    end();
                }
            });
        } catch (RuntimeException | Error e) {
            end();
            throw e;
        }
    }

    private synchronized void begin() {
        running++;
    }

    private synchronized void end() {
        running--;
        notifyAll();
    }

    /**
     * Waits until no task holds a thread, cancelled ones included: nothing may run on once an invocation has returned, for a frozen process thaws in somebody else's invocation.
     *
     * @return false when some still ran after {@code atMost}
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public synchronized boolean awaitIdle(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        while (running > 0) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            // Rounded up, or the last fraction of a millisecond would be an endless wait of 0.
            wait(left / 1_000_000 + 1);
        }
        return true;
    }
}
