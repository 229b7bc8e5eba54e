package dev.reprise.core;

import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.ItemList;
import dev.reprise.execution.Provisions;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The items of the data sets that an execution runs over, as its runtime supplied them. They are kept as long as they
 * are in use, for a redrive goes back to the state before the end, and nothing is read anew then.
 */
final class ItemsInUse {

    private final Provisions provisions;
    private final Map<EffectId, ItemList> known = new HashMap<>();
    /** With so many it is worth looking for those whose Map is over. */
    private int full = 64;

    ItemsInUse(Provisions provisions) {
        this.provisions = provisions;
    }

    /** The same items, for an execution that goes on from an earlier state. */
    ItemsInUse copy() {
        ItemsInUse copy = new ItemsInUse(provisions);
        copy.known.putAll(known);
        return copy;
    }

    /** Those of a data set that was read; null when they are not to be had. */
    @Nullable
    ItemList of(Effect.ReadItems read, String version, Execution execution) {
        ItemList items = known.get(read.id());
        if (items == null) {
            items = provisions.items(read, version);
            if (items != null) {
                forgetUnused(execution);
                known.put(read.id(), items);
            }
        }
        return items;
    }

    private void forgetUnused(Execution execution) {
        if (known.size() >= full) {
            known.keySet().removeIf(read -> !isInUse(execution.find(read.scope()), read));
            full = Math.max(64, 2 * known.size());
        }
    }

    private static boolean isInUse(@Nullable Scope owner, EffectId read) {
        Work.DataSet dataSet = owner == null || owner.fanOut == null ? null : owner.fanOut.work.dataSet();
        return dataSet != null && dataSet.read().id().equals(read);
    }
}
