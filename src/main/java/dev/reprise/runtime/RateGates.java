package dev.reprise.runtime;

import dev.reprise.asl.RateLimit;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The gates of one execution. Only the thread that owns the execution touches it. */
final class RateGates {

    private static final RateGates NONE = new RateGates(Map.of());

    private final Map<String, RateGate> ofStates = new HashMap<>();
    private final List<RateGate> all;

    /** @param limits by the names of states, which are unique in a definition; states with one target share a gate */
    static RateGates of(Map<String, RateLimit> limits) {
        return limits.isEmpty() ? NONE : new RateGates(limits);
    }

    private RateGates(Map<String, RateLimit> limits) {
        Map<String, RateGate> ofTargets = new LinkedHashMap<>();
        limits.forEach((state, limit) ->
                ofStates.put(state, ofTargets.computeIfAbsent(limit.target(), target -> new RateGate(limit))));
        this.all = List.copyOf(ofTargets.values());
    }

    /** What the tasks of that state go through; null when nothing holds them back. */
    @Nullable
    RateGate of(String state) {
        return ofStates.isEmpty() ? null : ofStates.get(state);
    }

    /** In the order in which the definition names their targets. */
    List<RateGate> all() {
        return all;
    }

    /** Whether one of them lets a task begin. */
    boolean anyMayBegin(Instant now) {
        for (RateGate gate : all) {
            if (gate.mayBegin(now)) {
                return true;
            }
        }
        return false;
    }

    /** When the first of them lets a task begin that waits for time alone; null when none does. */
    @Nullable
    Instant nextDue() {
        Instant first = null;
        for (RateGate gate : all) {
            Instant due = gate.nextDue();
            if (due != null && (first == null || due.isBefore(first))) {
                first = due;
            }
        }
        return first;
    }

    void clear() {
        all.forEach(RateGate::clear);
    }
}
