package dev.reprise.core;

/** How one child of a Map or Parallel came out. */
enum ItemStatus {
    /** It gave its result. */
    SUCCEEDED,
    /** It failed, after its own retriers and catchers. */
    FAILED,
    /** It was under way when the state completed, and was cancelled. */
    STARTED,
    /** The state completed before its turn came. */
    SKIPPED
}
