package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.reprise.execution.Effect;
import dev.reprise.execution.ItemList;
import org.jspecify.annotations.Nullable;

/**
 * What the children of a Map or Parallel work on.
 *
 * @param value a Parallel's input, or the array of a Map's items; missing when the items were read from a data set
 * @param dataSet where the items were read from; null when they are in {@code value}
 * @param items what a Map's children run for, each for one; none for a Parallel
 * @param input what the state works on, for an {@code ItemSelector} and the like to see
 * @param batches the items, when each is a batch of those in {@code value} or {@code dataSet}; null when they are these
 *     themselves
 */
record Work(
        JsonNode value,
        @Nullable DataSet dataSet,
        ItemList items,
        WorkedInput input,
        ItemBatches.@Nullable Batches batches) {

    /** A data set as it was when it was read. */
    record DataSet(Effect.ReadItems read, String version) {}

    /** The same for all branches. */
    static Work shared(JsonNode value, WorkedInput input) {
        return new Work(value, null, ItemList.of(MissingNode.getInstance()), input, null);
    }

    static Work list(JsonNode array, WorkedInput input) {
        return new Work(array, null, ItemList.of(array), input, null);
    }

    static Work read(DataSet dataSet, ItemList items, WorkedInput input) {
        return new Work(MissingNode.getInstance(), dataSet, items, input, null);
    }

    Work inBatches(ItemBatches.Batches all) {
        return new Work(value, dataSet, all, input, all);
    }
}
