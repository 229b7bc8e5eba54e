package dev.reprise.asl;

import org.jspecify.annotations.Nullable;

/**
 * The {@code Reprise} block of a Map or Parallel: when it stops early and what it yields.
 *
 * @param minSuccessful successes that are enough; null when absent
 * @param toleratedFailureCount failures that are still tolerated; null when absent
 * @param toleratedFailurePercentage share of failures, 0 to 100 of all items, that is still tolerated; null when absent
 * @param captureErrors whether a failed item yields {@code {"Error", "Cause"}} in its place
 * @param result what the state yields
 * @param itemName expression that names each item; null when absent
 * @param nesting whether each item has its own start and end in the history
 * @param summary expression for what is checkpointed when the result exceeds 256 KB; null when absent
 */
public record CompletionOptions(
        @Nullable Value minSuccessful,
        @Nullable Value toleratedFailureCount,
        @Nullable Value toleratedFailurePercentage,
        boolean captureErrors,
        ResultForm result,
        @Nullable Value itemName,
        Nesting nesting,
        @Nullable Value summary) {

    /** Plain ASL: the first failure fails the state. */
    public static final CompletionOptions PLAIN =
            new CompletionOptions(null, null, null, false, ResultForm.VALUES, null, Nesting.NESTED, null);

    /** What a Map or Parallel yields. */
    public enum ResultForm {
        /** The items' outputs, in order. */
        VALUES,
        /** The outcome of every item, with counts and the reason of completion; the state never fails by itself. */
        BATCH
    }

    /** Whether each item has its own start and end in the history. */
    public enum Nesting {
        NESTED,
        FLAT
    }
}
