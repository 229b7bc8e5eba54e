package dev.reprise.telemetry.trace;

import dev.reprise.process.ExhaustedMemory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans while executions run, on a thread of its own that lives as long as there is something to send. Whoever
 * answers an invocation {@linkplain #finish waits for the rest}, for a bounded time: nothing is sent on after that.
 *
 * <p>A collector that cannot be reached costs no execution more than that time, and no more than once in a while: for
 * {@link #REST} after a failure spans are given up at once. The log tells of it once until spans arrive again.
 * Thread-safe.
 */
public final class SpanExport {

    private static final Logger LOG = Logger.getLogger(SpanExport.class);

    /** In one request: some hundred kilobytes. X-Ray takes ten times as many. */
    static final int LARGEST_BATCH = 1_000;

    /** So long nothing is sent after a failure. */
    static final Duration REST = Duration.ofSeconds(30);

    /** What was interrupted ends at once, unless the machine is very busy. */
    private static final Duration GRACE = Duration.ofMillis(50);

    private final Collector collector;
    private final OtlpJson json;
    private final Duration patience;
    private final int most;
    private final LongSupplier nanoTime;

    private final Lock lock = new ReentrantLock();
    /** The sender has nothing left to do. */
    private final Condition idle = lock.newCondition();

    // Guarded by the lock.
    private final Deque<FinishedSpan> waiting = new ArrayDeque<>();
    private @Nullable Thread sender;
    private boolean isResting;
    private long restsUntil;
    /** Whether the log tells of a failure since which no spans have arrived. */
    private boolean hasComplained;

    private boolean hasComplainedOfMany;

    /**
     * An export.
     *
     * @param resource attributes of who sends the spans
     * @param patience for an answer, and for all that is left when an invocation is to be answered
     * @param most so many spans may wait; more are given up
     */
    public SpanExport(Collector collector, Map<String, String> resource, Duration patience, int most) {
        this(collector, resource, patience, most, System::nanoTime);
    }

    SpanExport(Collector collector, Map<String, String> resource, Duration patience, int most, LongSupplier nanoTime) {
        this.collector = collector;
        this.json = new OtlpJson(resource);
        this.patience = patience;
        this.most = most;
        this.nanoTime = nanoTime;
    }

    /** {@link SpanSink#add}. */
    void add(Collection<FinishedSpan> spans, int lost, boolean isAll) {
        lock.lock();
        try {
            if (isResting && nanoTime.getAsLong() - restsUntil < 0) {
                return;
            }
            isResting = false;
            int tooMany = lost;
            for (FinishedSpan span : spans) {
                if (waiting.size() < most) {
                    waiting.add(span);
                } else {
                    tooMany++;
                }
            }
            if (tooMany > 0 && !hasComplainedOfMany) {
                hasComplainedOfMany = true;
                LOG.warnf(
                        "Spans are lost, executions go on: more than %s wait to be sent (reprise.traces.most-spans)."
                                + " This is not said again",
                        most);
            }
            if (isAll || waiting.size() >= LARGEST_BATCH) {
                startSending();
            }
        } finally {
            lock.unlock();
        }
    }

    private void startSending() {
        if (sender == null && !waiting.isEmpty()) {
            sender = Thread.ofVirtual().name("spans").start(this::sendAll);
        }
    }

    private void sendAll() {
        List<FinishedSpan> batch = next();
        while (!batch.isEmpty()) {
            try {
                collector.send(json.write(batch), patience);
                succeeded();
            } catch (InterruptedException e) {
                // Who has interrupted this thread has given up the rest.
                Thread.currentThread().interrupt();
            } catch (Throwable e) {
                ExhaustedMemory.haltOn(e);
                failed(e);
            }
            batch = next();
        }
    }

    /** Empty when there is nothing to do for this thread any more. */
    private List<FinishedSpan> next() {
        lock.lock();
        try {
            List<FinishedSpan> batch = new ArrayList<>();
            if (!Thread.currentThread().isInterrupted()) {
                while (!waiting.isEmpty() && batch.size() < LARGEST_BATCH) {
                    batch.add(waiting.remove());
                }
            }
            if (batch.isEmpty()) {
                sender = null;
                idle.signalAll();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void succeeded() {
        lock.lock();
        try {
            hasComplained = false;
        } finally {
            lock.unlock();
        }
    }

    private void failed(Throwable failure) {
        lock.lock();
        try {
            giveUp(failure.getMessage() == null ? failure.toString() : failure.getMessage(), failure);
        } finally {
            lock.unlock();
        }
    }

    private void giveUp(String reason, @Nullable Throwable failure) {
        waiting.clear();
        isResting = true;
        restsUntil = nanoTime.getAsLong() + REST.toNanos();
        complain(reason, failure);
    }

    private void complain(String reason, @Nullable Throwable failure) {
        if (!hasComplained) {
            hasComplained = true;
            LOG.warnf(
                    "Spans are lost, executions go on: %s: %s. This is not said again until spans arrive",
                    collector, reason);
            LOG.debugf(failure, "Spans could not be sent to %s", collector);
        }
    }

    /**
     * Has all sent that waits, and gives up what could not be sent in time. When this returns nothing is being sent.
     *
     * @param atMost how long it may take, if that is less than the collector's patience
     */
    public void finish(Duration atMost) {
        lock.lock();
        try {
            startSending();
            Duration time = atMost.compareTo(patience) < 0 ? atMost : patience;
            if (awaitIdle(time.toNanos())) {
                return;
            }
            giveUp("they could not be sent within " + time, null);
            if (sender != null) {
                sender.interrupt();
            }
            var unused = awaitIdle(GRACE.toNanos());
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitIdle(long nanoseconds) {
        long left = nanoseconds;
        boolean interrupted = false;
        while (sender != null && left > 0 && !interrupted) {
            try {
                left = idle.awaitNanos(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return sender == null;
    }
}
