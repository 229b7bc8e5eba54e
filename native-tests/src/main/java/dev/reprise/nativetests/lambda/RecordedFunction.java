package dev.reprise.nativetests.lambda;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * A function that lives outside the process under test, and whose calls are the side effects that a test counts. A call
 * counts from the moment it arrives, whether or not its answer ever reaches the caller.
 */
public final class RecordedFunction {

    private final UnaryOperator<String> answer;
    private final Duration takes;
    private final Map<Integer, Runnable> uponCall = new ConcurrentHashMap<>();

    /** The events received so far, in this order. Guarded by this. */
    private final List<String> calls = new ArrayList<>();

    /**
     * A function that takes a while to answer.
     *
     * @param takes how long; zero or more
     * @param answer event to answer, both JSON
     */
    public RecordedFunction(Duration takes, UnaryOperator<String> answer) {
        this.takes = takes;
        this.answer = answer;
    }

    /**
     * Runs an action when the call of this number has arrived, before it is answered: the moment to kill the caller.
     *
     * @param number 1 for the first call
     */
    public void uponCall(int number, Runnable action) {
        uponCall.put(number, action);
    }

    /** Waits until this many calls have arrived. */
    public synchronized void awaitCalls(int number, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        try {
            while (calls.size() < number) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError(calls.size() + " of " + number + " calls have arrived after " + patience);
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for calls", e);
        }
    }

    /** The events received so far, in this order. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    String call(String event) {
        int number;
        synchronized (this) {
            calls.add(event);
            number = calls.size();
            notifyAll();
        }
        Runnable action = uponCall.remove(number);
        if (action != null) {
            action.run();
        }
        long until = System.nanoTime() + takes.toNanos();
        for (long left = takes.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return answer.apply(event);
    }
}
