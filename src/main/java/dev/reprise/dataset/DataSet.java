package dev.reprise.dataset;

import dev.reprise.execution.ItemList;

/**
 * A data set that was read.
 *
 * @param version tells it from what the same request would read after a change
 * @param items in order
 */
public record DataSet(String version, ItemList items) {}
