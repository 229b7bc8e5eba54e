package dev.reprise.task.aws.client;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values that are asked for when they are first wanted, and kept by a name while they are fresh; of too many, those
 * that were used longest ago are dropped. Who wants one that somebody asks for already waits for it, and nobody else
 * waits. Thread-safe.
 */
public final class FreshValues<V> {

    private static final int MOST_KEPT = 100;

    /**
     * A value.
     *
     * @param until when it is to be asked for anew
     */
    public record Fresh<V>(V value, Instant until) {}

    /** Where the value of one name is. */
    private static final class Slot<V> {

        /** Held by whoever asks. */
        private final ReentrantLock asking = new ReentrantLock();

        private final AtomicReference<@Nullable Fresh<V>> kept = new AtomicReference<>();
    }

    private final InstantSource clock;

    /** The one that was used longest ago first. Guarded by itself. */
    private final Map<String, Slot<V>> slots = new LinkedHashMap<>(16, 0.75f, true);

    public FreshValues(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The value of that name. When it cannot be had, who waited for it asks again.
     *
     * @param ask gives a fresh one
     * @throws InterruptedException when this thread was interrupted while somebody else asked
     */
    public V get(String name, Supplier<Fresh<V>> ask) throws InterruptedException {
        Slot<V> slot = slot(name);
        Fresh<V> known = fresh(slot);
        if (known != null) {
            return known.value();
        }
        slot.asking.lockInterruptibly();
        try {
            known = fresh(slot);
            if (known == null) {
                known = ask.get();
                slot.kept.set(known);
            }
            return known.value();
        } finally {
            slot.asking.unlock();
        }
    }

    /** It was found to be out of date: the next who wants it asks. One that was asked for since stays. */
    public void forget(String name, V value) {
        Slot<V> slot = slot(name);
        Fresh<V> known = slot.kept.get();
        if (known != null && known.value().equals(value)) {
            slot.kept.compareAndSet(known, null);
        }
    }

    private Slot<V> slot(String name) {
        synchronized (slots) {
            Slot<V> slot = slots.computeIfAbsent(name, first -> new Slot<>());
            if (slots.size() > MOST_KEPT) {
                slots.remove(slots.keySet().iterator().next());
            }
            return slot;
        }
    }

    private @Nullable Fresh<V> fresh(Slot<V> slot) {
        Fresh<V> known = slot.kept.get();
        return known != null && clock.instant().isBefore(known.until()) ? known : null;
    }
}
