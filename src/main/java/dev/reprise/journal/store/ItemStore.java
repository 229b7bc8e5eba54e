package dev.reprise.journal.store;

import dev.reprise.execution.ExecutionId;
import java.util.List;

/**
 * All items of an execution alike, for whoever deletes them. A part of an {@link ExecutionStore}, which says what holds
 * for every method.
 */
public interface ItemStore {

    /**
     * The sort keys of an execution's items, the head's left out, in their order; those of about 1 MB of items.
     *
     * @param after a key to go on after; empty for the beginning
     * @return its {@code next} is the key to go on after; a page may be empty and not the last
     */
    Page<String> readItemKeys(ExecutionId id, String after, UnitMeter meter);

    /**
     * Deletes items of an execution; nothing happens to those that are gone already.
     *
     * @param keys sort keys, at most {@link ExecutionStore#LARGEST_BATCH}
     * @return those that are still to be deleted, because the table is busy
     */
    List<String> deleteItems(ExecutionId id, List<String> keys, UnitMeter meter);
}
