package dev.reprise.runtime;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a value when it is asked for first, and keeps it. Thread-safe. */
final class Lazily<T> implements Supplier<T> {

    private final Supplier<T> source;
    private @Nullable T value;

    Lazily(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public synchronized T get() {
        T made = value;
        if (made == null) {
            made = source.get();
            value = made;
        }
        return made;
    }
}
