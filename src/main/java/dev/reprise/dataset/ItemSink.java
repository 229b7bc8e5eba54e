package dev.reprise.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.execution.ItemList;
import org.jspecify.annotations.Nullable;

/** Takes items until there are as many as are wanted, and notes where they come from. */
final class ItemSink {

    private final PagedItems.Writer items = new PagedItems.Writer();
    private final long most;
    private @Nullable VersionHash parts;

    /** @param maxItems null or 0 for all */
    ItemSink(@Nullable Long maxItems) {
        this.most = maxItems == null || maxItems == 0 ? Long.MAX_VALUE : maxItems;
    }

    /** Whether no more are wanted. */
    boolean isFull() {
        return items.count() >= most;
    }

    /** The items from here on come from an object, or with an empty key from a bucket's listing. */
    void from(String bucket, String key) {
        items.from("S3://" + bucket + (key.isEmpty() ? "" : "/" + key));
    }

    void add(JsonNode item) {
        if (!isFull()) {
            items.add(item);
        }
    }

    /** Adds a member of an object that is mapped over. */
    void add(String key, JsonNode value) {
        if (!isFull()) {
            items.addMember(
                    JsonNodeFactory.instance.objectNode().put("Key", key).set("Value", value));
        }
    }

    /** Some items come from an object that a manifest names: what was read has that version too. */
    void part(String bucket, String key, String version) {
        VersionHash known = parts;
        if (known == null) {
            known = new VersionHash();
            parts = known;
        }
        known.add(bucket, key, version);
    }

    /** A hash of the objects that a manifest named and that were read; null when there were none. To be asked once. */
    @Nullable
    String partsVersion() {
        return parts == null ? null : parts.text();
    }

    ItemList items() {
        return items.done();
    }
}
