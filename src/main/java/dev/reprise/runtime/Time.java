package dev.reprise.runtime;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;

/**
 * Time as a runner knows it: what it is, and how it passes while there is nothing to do. In a simulation it passes at
 * once.
 */
public interface Time extends InstantSource {

    /**
     * Waits until {@code news} is signalled or {@code nanos} have passed, or for no reason less long: it belongs in a
     * loop. Whoever calls it holds the condition's lock.
     *
     * @return how many nanoseconds are left; nothing or less when the time is over
     */
    long await(Condition news, long nanos) throws InterruptedException;

    /**
     * Whether something lies in an inbox that was not looked into since. Only a simulation knows that without looking;
     * elsewhere the answer is no, and the inbox is looked into when its time comes.
     */
    default boolean knowsOfMail() {
        return false;
    }

    /** What a clock shows in whole milliseconds, as entries carry it. */
    static Instant millisOf(InstantSource clock) {
        return Instant.ofEpochMilli(clock.millis());
    }

    /** The time of a clock that goes by itself. */
    static Time of(InstantSource clock) {
        return clock instanceof Time time
                ? time
                : new Time() {
                    @Override
                    public Instant instant() {
                        return clock.instant();
                    }

                    @Override
                    @SuppressWarnings("WaitNotInLoop") // The loop is the caller's.
                    public long await(Condition news, long nanos) throws InterruptedException {
                        return news.awaitNanos(nanos);
                    }
                };
    }
}
