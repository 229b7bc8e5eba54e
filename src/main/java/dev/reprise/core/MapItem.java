package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.ItemList;
import org.jspecify.annotations.Nullable;

/**
 * {@code $$.Map.Item}.
 *
 * @param index from 0
 * @param key the name of the member that it is of the object that is mapped over; null when that is no object
 * @param value the item itself, before {@code ItemSelector}
 * @param source where it comes from, as {@link ItemList#source} says
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html">AWS, Context
 *     object data for Map states</a>
 */
record MapItem(int index, @Nullable String key, JsonNode value, String source) {

    /** An item of the state's own data. */
    MapItem(int index, JsonNode value) {
        this(index, null, value, ItemList.STATE_DATA);
    }

    static MapItem of(ItemList items, int index) {
        return new MapItem(index, items.key(index), items.get(index), items.source(index));
    }

    /** What a child runs on where nothing else is selected: the item, or of an object's member name and value. */
    JsonNode input() {
        return key == null
                ? value
                : JsonNodeFactory.instance.objectNode().put("Key", key).set("Value", value);
    }

    /** As the context object shows it. */
    ObjectNode shown() {
        ObjectNode item = JsonNodeFactory.instance.objectNode().put("Index", index);
        if (key != null) {
            item.put("Key", key);
        }
        item.set("Value", value);
        return item.put("Source", source);
    }
}
