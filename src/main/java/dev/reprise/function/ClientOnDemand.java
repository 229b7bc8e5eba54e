package dev.reprise.function;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client of AWS that is made when it is asked for first, and kept: most invocations need none. Thread-safe. */
final class ClientOnDemand<T> implements Supplier<T> {

    private final Supplier<T> source;
    private @Nullable T value;

    ClientOnDemand(Supplier<T> source) {
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
