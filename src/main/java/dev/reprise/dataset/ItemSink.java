package dev.reprise.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.ItemList;
import org.jspecify.annotations.Nullable;

/** Takes items until there are as many as are wanted. */
final class ItemSink {

    private final PagedItems.Writer items = new PagedItems.Writer();
    private final long most;

    /** @param maxItems null or 0 for all */
    ItemSink(@Nullable Long maxItems) {
        this.most = maxItems == null || maxItems == 0 ? Long.MAX_VALUE : maxItems;
    }

    /** Whether no more are wanted. */
    boolean isFull() {
        return items.count() >= most;
    }

    void add(JsonNode item) {
        if (!isFull()) {
            items.add(item);
        }
    }

    ItemList items() {
        return items.done();
    }
}
