package dev.reprise.journal.store;

import org.jspecify.annotations.Nullable;

/** What became of a conditional write to a head. */
public sealed interface HeadChange {

    /**
     * It was made.
     *
     * @param before the head as it was, for {@link ExecutionStore#takeLease}; null for every other change, as nobody
     *     needs it there
     */
    record Made(@Nullable Head before) implements HeadChange {}

    /**
     * Its condition did not hold.
     *
     * @param current the head as it is, strongly consistent; null when there is none
     */
    record Refused(@Nullable Head current) implements HeadChange {}
}
