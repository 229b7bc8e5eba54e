package dev.reprise.runtime;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time that an invocation has for an execution, in three parts before its deadline: until {@code admissionMargin}
 * before it, what is asked for begins; until {@code suspendMargin} before it, what has begun may end; half of that
 * margin is for what is interrupted then to stop, and the rest for writing. Only the thread that owns the execution
 * touches it.
 */
public final class Allotment {

    private final RunnerSettings settings;
    private final Time clock;
    private final Deadline deadline;
    private boolean admitting = true;

    public Allotment(RunnerSettings settings, Time clock, Deadline deadline) {
        this.settings = settings;
        this.clock = clock;
        this.deadline = deadline;
    }

    RunnerSettings settings() {
        return settings;
    }

    Time clock() {
        return clock;
    }

    /** When the invocation ends; null when that is not known. */
    @Nullable
    Instant end() {
        return deadline.at();
    }

    /**
     * Whether something new may begin. A task that is done as soon as it is started takes its time, so this is asked
     * before each.
     */
    boolean mayBegin() {
        return admitting && !isClosing(clock.instant());
    }

    /** From now on nothing new begins. */
    void stopAdmitting() {
        admitting = false;
    }

    /** Whether it is too late to begin something. */
    boolean isClosing(Instant now) {
        return deadline.isWithin(settings.admissionMargin(), now);
    }

    /** Whether it is time to interrupt what still runs, and to suspend the execution. */
    boolean isOver(Instant now) {
        return deadline.isWithin(settings.suspendMargin(), now);
    }

    /**
     * By when what was interrupted must have stopped: so long after, and so long before the deadline, that what is left
     * to be written can be.
     */
    Instant patience(Instant now) {
        Instant longest = now.plus(settings.suspendMargin());
        Instant end = deadline.at();
        if (end == null) {
            return longest;
        }
        Instant latest = end.minusNanos(settings.suspendMargin().toNanos() / 2);
        return longest.isBefore(latest) ? longest : latest;
    }

    /** How long until the next of its parts begins; null when none does. */
    @Nullable
    Duration untilNextPart(Instant now) {
        Instant end = deadline.at();
        if (end == null) {
            return null;
        }
        Duration margin = admitting ? settings.admissionMargin() : settings.suspendMargin();
        return Duration.between(now, end).minus(margin);
    }
}
