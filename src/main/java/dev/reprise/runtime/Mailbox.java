package dev.reprise.runtime;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.TimerKind;
import dev.reprise.journal.InboxFact;
import dev.reprise.journal.WaitingTasks.TimeUp;
import dev.reprise.journal.store.JournalException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where other threads leave what has come about, for the thread that owns the execution. What lies here has no place in
 * the journal yet.
 */
final class Mailbox {

    /** One piece of mail. */
    sealed interface Mail {

        /**
         * Something happened.
         *
         * @param fact as it waits in the execution's inbox until it is in the journal; null when it came from this
         *     process
         */
        record Happened(Entry entry, @Nullable InboxFact fact) implements Mail {}

        /** The answer to the question whether a task has run out of time. */
        record Checked(EffectId task, TimerKind bound, TimeUp timeUp) implements Mail {}

        /**
         * A job that was polled is not done.
         *
         * @param again how long to wait before the next poll, as the job says; null when it says nothing
         * @param isFailure whether it could not be asked
         */
        record GoesOn(EffectId task, @Nullable Duration again, boolean isFailure) implements Mail {}

        /** The table is out of reach: the execution cannot go on here. */
        record Broken(JournalException problem) implements Mail {}
    }

    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition posted = lock.newCondition();
    private final Deque<Mail> mails = new ArrayDeque<>(1);

    /** @param time how its owner waits for mail */
    Mailbox(Time time) {
        this.time = time;
    }

    void post(Entry entry) {
        post(new Mail.Happened(entry, null));
    }

    void post(Mail mail) {
        lock.lock();
        try {
            mails.addLast(mail);
            posted.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The oldest mail; null when there is none. */
    @Nullable
    Mail poll() {
        lock.lock();
        try {
            return mails.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return mails.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is there, but no longer than {@code nanos}. */
    void await(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (mails.isEmpty() && left > 0) {
                left = time.await(posted, left);
            }
        } finally {
            lock.unlock();
        }
    }
}
