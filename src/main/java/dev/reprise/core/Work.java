package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/**
 * What the children of a Map or Parallel work on.
 *
 * @param value a Parallel's input, or the array of a Map's items; missing when the items were read from a data set
 * @param dataSet where the items were read from; null when they are in {@code value}
 * @param items what a Map's children run for, each for one; none for a Parallel
 * @param batches the items, when each is a batch of those in {@code value} or {@code dataSet}; null when they are these themselves
 */
record Work(JsonNode value, @Nullable DataSet dataSet, ItemList items, ItemBatches.@Nullable Batches batches) {

    /** A data set as it was when it was read. */
    record DataSet(Effect.ReadItems read, String version) {}

    /** The same for all branches. */
    static Work shared(JsonNode input) {
        return new Work(input, null, ItemList.of(MissingNode.getInstance()), null);
    }

    static Work list(JsonNode array) {
        return new Work(array, null, ItemList.of(array), null);
    }

    static Work read(DataSet dataSet, ItemList items) {
        return new Work(MissingNode.getInstance(), dataSet, items, null);
    }

    Work inBatches(ItemBatches.Batches all) {
        return new Work(value, dataSet, all, all);
    }
}
