package dev.reprise.journal.store;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What became of one of DynamoDB's conditional writes: a put, an update or a deletion of one item, made only while its
 * condition holds. A write that was repeated because its answer was lost is refused, with the caller's own work as what
 * stands there.
 *
 * @param <T> what the item holds: a {@link Head}, a {@link Segment}, a {@link WaitingTask}
 */
public sealed interface ConditionalWrite<T> {

    /**
     * Its condition held: it was made.
     *
     * @param before what stood there, where the method says that it tells so; else null, as nobody needs it
     */
    record Made<T>(@Nullable T before) implements ConditionalWrite<T> {}

    /**
     * Its condition did not hold: nothing was written.
     *
     * @param current what stands there, strongly consistent; null when there is nothing
     */
    record Refused<T>(@Nullable T current) implements ConditionalWrite<T> {}

    /** Made, where nobody needs to know what stood there. */
    static <T> ConditionalWrite<T> made() {
        return new Made<>(null);
    }

    /** The same of an item that is read otherwise. */
    default <R> ConditionalWrite<R> map(Function<? super T, ? extends R> read) {
        return switch (this) {
            case Made<T>(T before) -> new Made<>(before == null ? null : read.apply(before));
            case Refused<T>(T current) -> new Refused<>(current == null ? null : read.apply(current));
        };
    }
}
