package dev.reprise.runtime;

import dev.reprise.asl.RateLimit;
import dev.reprise.execution.EffectId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one target that bears only so much: they queue here, and are asked for as the limit lets them. Each call
 * has its time, a fixed interval after the one before; who comes late may make up for {@link #CATCH_UP} and no more, so
 * in no second of an invocation there are more calls than the limit and what falls into that time. A gate knows its own
 * invocation alone: the first call after a resume comes at once. Only the thread that owns the execution touches it.
 */
final class RateGate {

    /** So that a runner which looks a little late does not slow everything down. */
    private static final Duration CATCH_UP = Duration.ofMillis(50);

    private final RateLimit limit;
    private final TaskQueue queue = new TaskQueue();

    /** Those that were asked for and are not over, whoever does them. */
    private final Set<EffectId> inFlight = new HashSet<>();

    /** When the next call has its time. */
    private Instant next = Instant.EPOCH;

    RateGate(RateLimit limit) {
        this.limit = limit;
    }

    /** Those that wait. */
    TaskQueue queue() {
        return queue;
    }

    /** Whether the first that waits may be asked for. */
    boolean mayBegin(Instant now) {
        return !queue.isEmpty() && hasRoom() && (limit.interval() == null || !now.isBefore(next));
    }

    private boolean hasRoom() {
        return limit.maxInFlight() == null || inFlight.size() < limit.maxInFlight();
    }

    /** One of them is asked for. */
    void begin(EffectId task, Instant now) {
        inFlight.add(task);
        Duration interval = limit.interval();
        if (interval != null) {
            next = (now.isAfter(next.plus(CATCH_UP)) ? now : next).plus(interval);
        }
    }

    /** A task of this target is under way already, as the journal tells. */
    void goesOn(EffectId task) {
        inFlight.add(task);
    }

    /** Whether it was asked for here, or goes on. */
    boolean isInFlight(EffectId task) {
        return inFlight.contains(task);
    }

    /** Nobody waits for that task any more. */
    void over(EffectId task) {
        inFlight.remove(task);
    }

    /** When time alone lets the next one begin; null when none waits, or only the end of another lets it. */
    @Nullable
    Instant nextDue() {
        return queue.isEmpty() || !hasRoom() || limit.interval() == null ? null : next;
    }

    void clear() {
        queue.clear();
        inFlight.clear();
    }
}
