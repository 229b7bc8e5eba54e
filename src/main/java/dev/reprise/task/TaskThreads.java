package dev.reprise.task;

import dev.reprise.process.ExhaustedMemory;
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

    /** Told of work that gets a thread, and of its end. Safe for use by many threads. */
    public interface Watch {
        /** Some work gets a thread, or is about to. */
        void begun();

        /** Such work holds no thread any more, whether it was heard to the end or interrupted before. */
        void ended();
    }

    /** Who watches what the thread puts on other threads; absent when nobody does. */
    private static final ThreadLocal<Watch> WATCH = new ThreadLocal<>();

    private final Executor executor;

    /** How many of them hold a thread, or are about to. Guarded by this. */
    private int running;

    /** @param executor gives each its thread */
    public TaskThreads(Executor executor) {
        this.executor = executor;
    }

    /**
     * Runs the work on a thread of its own for each subscription; cancelling interrupts that thread. What the work
     * throws is the failure.
     */
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

    /**
     * Subscribes to something, and has all watched that it puts on threads: at once, and from there.
     *
     * @return what the subscription gives
     */
    public static <T> T watched(Watch watch, Supplier<T> subscription) {
        Watch before = WATCH.get();
        WATCH.set(watch);
        try {
            return subscription.get();
        } finally {
            restore(before);
        }
    }

    private static void restore(@Nullable Watch before) {
        if (before == null) {
            WATCH.remove();
        } else {
            WATCH.set(before);
        }
    }

    private void start(FutureTask<Void> task) {
        Watch watch = WATCH.get();
        begin(watch);
        try {
            executor.execute(() -> {
                try {
                    work(task, watch);
                } finally {
                    end(watch);
                }
            });
        } catch (RuntimeException | Error e) {
            end(watch);
            throw e;
        }
    }

    private static void work(FutureTask<Void> task, @Nullable Watch watch) {
        try {
            if (watch == null) {
                task.run();
            } else {
                watched(watch, () -> {
                    task.run();
                    return task;
                });
            }
        } finally {
            // An interrupt that came just too late is not the next task's business.
            Thread.interrupted();
        }
    }

    private synchronized void begin(@Nullable Watch watch) {
        running++;
        if (watch != null) {
            watch.begun();
        }
    }

    private synchronized void end(@Nullable Watch watch) {
        running--;
        notifyAll();
        if (watch != null) {
            watch.ended();
        }
    }

    /**
     * Waits until no task holds a thread, cancelled ones included: nothing may run on once an invocation has returned,
     * for a frozen process thaws in somebody else's invocation.
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
