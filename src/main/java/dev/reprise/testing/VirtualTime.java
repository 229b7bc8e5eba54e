package dev.reprise.testing;

import dev.reprise.runtime.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * A time that stands still until somebody moves it. An invocation that has nothing to do but wait pauses, and goes on
 * when its time has come, or when there is news for it. Only for what really happens elsewhere, on a thread of a task's
 * own, it waits in real time; that takes none here.
 */
final class VirtualTime implements Time {

    /** Nothing that a test knows of happens so late: who waits so long waits for news only. */
    private static final Duration FOR_EVER = Duration.ofDays(365 * 50L);

    /** How long a task may really take. */
    private static final Duration LONGEST_REAL_TIME = Duration.ofSeconds(30);

    private Instant now;
    private volatile boolean isOver;

    VirtualTime(Instant start) {
        this.now = start;
    }

    /** Moves on, never back. */
    void moveTo(Instant time) {
        if (time.isAfter(now)) {
            now = time;
        }
    }

    /** Whoever asks for the time from now on has come to an end. Safe on any thread. */
    void end() {
        isOver = true;
    }

    @Override
    public Instant instant() {
        if (isOver) {
            throw new IllegalStateException("The test was interrupted");
        }
        return now;
    }

    @Override
    public boolean knowsOfMail() {
        RunningInvocation running = RunningInvocation.current();
        return running != null && running.takeNews();
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // The loop is the caller's.
    public long await(Condition news, long nanos) throws InterruptedException {
        RunningInvocation running = Objects.requireNonNull(RunningInvocation.current(), "Nobody else waits here");
        if (running.awaitsRealWork()) {
            running.requirePatience(LONGEST_REAL_TIME);
            // What was posted is seen at once; that its task has ended, a moment later.
            news.awaitNanos(TimeUnit.MILLISECONDS.toNanos(1));
            return nanos;
        }
        boolean forEver = TimeUnit.NANOSECONDS.toSeconds(nanos) >= FOR_EVER.toSeconds();
        running.pauseUntil(forEver ? null : now.plusNanos(nanos));
        return 0;
    }
}
