package dev.reprise.core;

/** Why a Map or Parallel completed. */
public enum CompletionReason {
    /** Every item ended. */
    ALL_COMPLETED,
    /** As many succeeded as were asked for. */
    MIN_SUCCESSFUL_REACHED,
    /** More failed than was tolerated. */
    FAILURE_TOLERANCE_EXCEEDED
}
