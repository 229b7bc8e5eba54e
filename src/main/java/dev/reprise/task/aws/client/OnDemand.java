package dev.reprise.task.aws.client;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is made when it is asked for first, and kept: most invocations need no client of a service, and nobody asks for
 * credentials before. Thread-safe.
 */
public final class OnDemand<T> implements Supplier<T> {

    private final Supplier<T> source;
    private @Nullable T value;

    public OnDemand(Supplier<T> source) {
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
