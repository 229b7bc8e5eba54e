package dev.reprise.asl;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Reprise} block of a Map or Parallel: when it stops early, what it yields, and what its children are
 * called.
 *
 * @param minSuccessful successes that are enough; null when absent
 * @param toleratedFailureCount failures that are still tolerated; null when absent
 * @param toleratedFailurePercentage share of failures, 0 to 100 of all items, that is still tolerated; null when absent
 * @param maxConcurrency a Parallel's branches in flight at once, 0 without bound; null when absent, and in a Map, which
 *     has a field of its own
 * @param captureErrors whether a failed item yields {@code {"Error", "Cause"}} in its place
 * @param result what the state yields
 * @param itemName in a Map the name of one item, in a Parallel the names of all branches; null when absent
 * @param nesting whether each child has its own start and end in the history; null without a block: as in AWS's
 *     histories
 * @param summary template of what the history shows in place of a result larger than 256 KB; null when absent
 */
public record CompletionOptions(
        @Nullable Value minSuccessful,
        @Nullable Value toleratedFailureCount,
        @Nullable Value toleratedFailurePercentage,
        @Nullable Value maxConcurrency,
        boolean captureErrors,
        ResultForm result,
        @Nullable Value itemName,
        @Nullable Nesting nesting,
        @Nullable JsonNode summary) {

    /** No block, plain ASL: the first failure fails the state. */
    public static final CompletionOptions PLAIN =
            new CompletionOptions(null, null, null, null, false, ResultForm.VALUES, null, null, null);

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

    /** Whether the state has a {@code Reprise} block at all. */
    public boolean isGiven() {
        return nesting != null;
    }
}
