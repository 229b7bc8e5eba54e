package dev.reprise.runtime;

import dev.reprise.core.EffectId;
import dev.reprise.core.TimerKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The timers of one execution, earliest first. Only the thread that owns the execution touches it. */
final class Timers {

    /** @param number tells apart timers that are due at the same time */
    record Timer(Instant due, long number, EffectId effect, TimerKind kind) {}

    private final TreeSet<Timer> timers =
            new TreeSet<>(Comparator.comparing(Timer::due).thenComparingLong(Timer::number));
    private long numbers;

    Timer add(Instant due, EffectId effect, TimerKind kind) {
        Timer timer = new Timer(due, numbers++, effect, kind);
        timers.add(timer);
        return timer;
    }

    void remove(Timer timer) {
        timers.remove(timer);
    }

    /** When the next one is due; null when there is none. */
    @Nullable
    Instant nextDue() {
        return timers.isEmpty() ? null : timers.first().due();
    }

    /** Takes out the next one if its time has come; null otherwise. */
    @Nullable
    Timer pollDue(Instant now) {
        if (timers.isEmpty() || timers.first().due().isAfter(now)) {
            return null;
        }
        return timers.pollFirst();
    }
}
