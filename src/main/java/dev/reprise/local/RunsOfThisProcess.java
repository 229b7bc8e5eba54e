package dev.reprise.local;

import dev.reprise.runtime.RunEvent;
import dev.reprise.runtime.RunListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The executions that run in this process at the moment. Thread-safe. */
public final class RunsOfThisProcess implements RunListener {

    private final Map<String, CountDownLatch> running = new ConcurrentHashMap<>();

    /** Set while its thread has run an execution, until it asks. Events come on the thread that runs the execution. */
    private final ThreadLocal<Boolean> here = new ThreadLocal<>();

    @Override
    public void on(RunEvent event) {
        switch (event) {
            case RunEvent.Started started -> begun(started.executionArn());
            case RunEvent.Resumed resumed -> begun(resumed.executionArn());
            case RunEvent.Suspended suspended -> over(suspended.executionArn());
            case RunEvent.Ended ended -> over(ended.executionArn());
            case RunEvent.InScope inScope -> {}
            case RunEvent.SpanEnded spanEnded -> {}
            case RunEvent.Flushed flushed -> {}
        }
    }

    private void begun(String executionArn) {
        running.putIfAbsent(executionArn, new CountDownLatch(1));
        here.set(true);
    }

    private void over(String executionArn) {
        CountDownLatch latch = running.remove(executionArn);
        if (latch != null) {
            latch.countDown();
        }
    }

    /** Whether the calling thread has run an execution since it asked last. */
    boolean hasRunHere() {
        boolean has = here.get() != null;
        here.remove();
        return has;
    }

    /** Whether that one does. */
    boolean contains(String executionArn) {
        return running.containsKey(executionArn);
    }

    /** Waits until that one does not run any more, but no longer than {@code atMost}. */
    void awaitEnd(String executionArn, Duration atMost) throws InterruptedException {
        CountDownLatch latch = running.get(executionArn);
        if (latch != null) {
            boolean unused = latch.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
