package dev.reprise.journal.store;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Part of a longer answer.
 *
 * @param items in the order of the whole answer
 * @param next give it back for what follows; null when nothing does
 */
public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }

    /** The same page of items that are read otherwise. */
    public <R> Page<R> map(Function<? super T, ? extends R> read) {
        return new Page<>(items.stream().<R>map(read).toList(), next);
    }
}
