package dev.reprise.core;

/** A point on the way of data through one state, at which a {@link StateTrial} shows it. */
public enum Stage {
    /** The state's input after {@code InputPath}. */
    INPUT_PATH,
    /** What the state works on after {@code Parameters}. */
    PARAMETERS,
    /** What the state works on after {@code Arguments}, where it has any. */
    ARGUMENTS,
    /** The raw result of a task, or the one that a Pass has written down. */
    RESULT,
    /** The result after {@code ResultSelector}. */
    RESULT_SELECTOR,
    /** The state's input with the result put into it by {@code ResultPath}. */
    RESULT_PATH,
    /** A Map's items, found in its input. */
    ITEMS_PATH,
    /** A Map's items, found in a document that was read. */
    ITEMS_POINTER,
    /** What {@code ItemSelector} makes of each item. */
    ITEM_SELECTOR,
    /** The batches that {@code ItemBatcher} makes of the items. */
    ITEM_BATCHER,
    /** How many of a Map's items run at once, 0 without a bound. */
    MAX_CONCURRENCY,
    /** How many of a Map's items may fail, where the state says so. */
    TOLERATED_FAILURE_COUNT,
    /** How many percent of a Map's items may fail, where the state says so. */
    TOLERATED_FAILURE_PERCENTAGE
}
