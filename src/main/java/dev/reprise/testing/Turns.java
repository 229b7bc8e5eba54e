package dev.reprise.testing;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Work on a thread of its own that runs a stretch at a time: it and whoever resumes it take turns, so that of all of
 * them only one runs at any moment. So an invocation can be left waiting for a task, while the test says what happens
 * next.
 */
final class Turns {

    private static final ThreadLocal<Turns> CURRENT = new ThreadLocal<>();

    private final Thread thread;
    private volatile boolean itsTurn;
    private volatile boolean finished;
    private volatile boolean cancelled;
    private volatile @Nullable Thread resumer;
    private volatile @Nullable Throwable problem;
    private boolean started;

    Turns(String name, Runnable work) {
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> {
            CURRENT.set(this);
            try {
                work.run();
            } catch (Throwable e) {
                problem = e;
            } finally {
                finished = true;
                itsTurn = false;
                LockSupport.unpark(resumer);
            }
        });
    }

    /** Whose turn it is on this thread; null when this thread is none of theirs. */
    static @Nullable Turns current() {
        return CURRENT.get();
    }

    /** Has it run until it pauses or is finished. */
    void resume() {
        resumer = Thread.currentThread();
        itsTurn = true;
        if (started) {
            LockSupport.unpark(thread);
        } else {
            started = true;
            thread.start();
        }
        while (itsTurn) {
            LockSupport.park(this);
        }
    }

    /**
     * Gives the turn back, on its own thread, until it is resumed.
     *
     * @throws InterruptedException when it is to come to an end instead
     */
    void pause() throws InterruptedException {
        Thread waiting = resumer;
        itsTurn = false;
        LockSupport.unpark(waiting);
        while (!itsTurn) {
            LockSupport.park(this);
        }
        if (cancelled) {
            throw new InterruptedException("The invocation is over");
        }
    }

    /** Has it end at the place where it has paused. */
    void cancel() {
        cancelled = true;
        while (!finished && started) {
            resume();
        }
    }

    boolean isFinished() {
        return finished;
    }

    /** What it ended by; null when it did not end by an exception. */
    @Nullable
    Throwable problem() {
        return problem;
    }
}
