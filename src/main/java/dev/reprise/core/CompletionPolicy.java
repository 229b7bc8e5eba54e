package dev.reprise.core;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * When a Map or Parallel is complete, judged after each of its children has ended.
 *
 * @param minSuccessful successes that are enough, at least 1; null when all are wanted
 * @param toleratedFailureCount failures that are still tolerated, at least 0; null when not given
 * @param toleratedFailurePercentage share of failures among all children that is still tolerated, 0 to 100; null when
 *     not given
 */
record CompletionPolicy(
        @Nullable Integer minSuccessful,
        @Nullable Long toleratedFailureCount,
        @Nullable BigDecimal toleratedFailurePercentage) {

    /** Plain ASL: the first failure ends it. */
    static final CompletionPolicy ALL_SUCCESSFUL = new CompletionPolicy(null, 0L, null);

    /** 100 percent. */
    static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    CompletionPolicy {
        if (minSuccessful != null && minSuccessful < 1) {
            throw new IllegalArgumentException("MinSuccessful must be at least 1, was " + minSuccessful);
        }
        if (toleratedFailureCount != null && toleratedFailureCount < 0) {
            throw new IllegalArgumentException(
                    "ToleratedFailureCount must not be negative, was " + toleratedFailureCount);
        }
        if (toleratedFailurePercentage != null
                && (toleratedFailurePercentage.signum() < 0 || toleratedFailurePercentage.compareTo(WHOLE) > 0)) {
            throw new IllegalArgumentException(
                    "ToleratedFailurePercentage must be from 0 to 100, was " + toleratedFailurePercentage);
        }
    }

    /** The reason to complete now; null to go on. */
    @Nullable
    CompletionReason judge(int total, int succeeded, int failed) {
        if (exceedsTolerance(total, failed)) {
            return CompletionReason.FAILURE_TOLERANCE_EXCEEDED;
        }
        if (succeeded + failed == total) {
            return CompletionReason.ALL_COMPLETED;
        }
        if (minSuccessful != null && succeeded >= minSuccessful) {
            return CompletionReason.MIN_SUCCESSFUL_REACHED;
        }
        return null;
    }

    /**
     * The share is reckoned exactly: 29 failures of 100 do not exceed 29 percent, however a binary fraction would come
     * out.
     */
    private boolean exceedsTolerance(int total, int failed) {
        if (toleratedFailureCount != null && failed > toleratedFailureCount) {
            return true;
        }
        return toleratedFailurePercentage != null
                && BigDecimal.valueOf(failed)
                                .multiply(WHOLE)
                                .compareTo(toleratedFailurePercentage.multiply(BigDecimal.valueOf(total)))
                        > 0;
    }
}
