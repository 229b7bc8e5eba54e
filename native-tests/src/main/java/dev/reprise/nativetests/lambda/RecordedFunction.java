package dev.reprise.nativetests.lambda;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * A function that lives outside the process under test, and whose calls are the side effects that a test counts. A call
 * counts from the moment it arrives, whether or not its answer ever reaches the caller.
 */
public final class RecordedFunction {

    /** Calls that are not answered yet, by their numbers. */
    private record Held(int first, int last, CountDownLatch released) {}

    private final UnaryOperator<String> answer;
    private final Duration takes;
    private final Map<Integer, Runnable> uponCall = new ConcurrentHashMap<>();

    private volatile Held held = new Held(0, 0, new CountDownLatch(0));

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

    /**
     * Leaves the calls from {@code first} to {@code last} unanswered until {@link #release()}; others are answered
     * meanwhile.
     *
     * @param first 1 for the first call
     */
    public void hold(int first, int last) {
        held = new Held(first, last, new CountDownLatch(1));
    }

    /** Answers the calls that were held. */
    public void release() {
        held.released.countDown();
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
        Held now = held;
        if (number >= now.first && number <= now.last) {
            await(now.released);
        }
        long until = System.nanoTime() + takes.toNanos();
        for (long left = takes.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return answer.apply(event);
    }

    private static void await(CountDownLatch released) {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
