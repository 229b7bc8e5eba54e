package dev.reprise.runtime;

import dev.reprise.execution.EffectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one execution, earliest first; an effect has at most one of each kind. Only the thread that owns the
 * execution touches it.
 *
 * @param <K> what a timer may be for
 */
final class Timers<K> {

    /**
     * One of them.
     *
     * @param number tells apart timers that are due at the same time
     */
    record Timer<K>(Instant due, long number, EffectId effect, K kind) {}

    private static final Comparator<Timer<?>> EARLIEST_FIRST =
            Comparator.<Timer<?>, Instant>comparing(Timer::due).thenComparingLong(Timer::number);

    private final TreeSet<Timer<K>> timers = new TreeSet<>(EARLIEST_FIRST);
    private final Map<EffectId, List<Timer<K>>> ofEffects = new HashMap<>();
    private long numbers;

    /**
     * Sets an effect's timer of that kind, in place of the one before.
     *
     * @param due null when there is to be none: the one before stays, if there is one
     */
    void set(EffectId effect, K kind, @Nullable Instant due) {
        if (due == null) {
            return;
        }
        Timer<K> timer = new Timer<>(due, numbers++, effect, kind);
        List<Timer<K>> all = ofEffects.computeIfAbsent(effect, first -> new ArrayList<>(1));
        all.removeIf(other -> {
            if (other.kind().equals(kind)) {
                timers.remove(other);
            }
            return other.kind().equals(kind);
        });
        all.add(timer);
        timers.add(timer);
    }

    /** Takes an effect's timers away. */
    void clear(EffectId effect) {
        List<Timer<K>> all = ofEffects.isEmpty() ? null : ofEffects.remove(effect);
        if (all != null) {
            all.forEach(timers::remove);
        }
    }

    /** When the next one is due; null when there is none. */
    @Nullable
    Instant nextDue() {
        return timers.isEmpty() ? null : timers.first().due();
    }

    /** Takes out the next one if its time has come; null otherwise. */
    @Nullable
    Timer<K> pollDue(Instant now) {
        if (timers.isEmpty() || timers.first().due().isAfter(now)) {
            return null;
        }
        return timers.pollFirst();
    }

    void clear() {
        timers.clear();
        ofEffects.clear();
    }
}
