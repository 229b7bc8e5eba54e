package dev.reprise.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The items of a Map, in order. Each is made when it is asked for, so that those of a large data set need not all be
 * held as JSON. All are in memory: no method waits for anything. Used by one thread at a time.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html">AWS, what the
 *     context object tells of an item</a>
 */
public interface ItemList {

    /** The {@link #source} of items that come from the state's own data. */
    String STATE_DATA = "STATE_DATA";

    /** How many there are. */
    int size();

    /** The item of that index, from 0; of an object's member its value. Equal whenever it is asked for. */
    JsonNode get(int index);

    /** The name of the member that the item is of the object that was mapped over; null when that was no object. */
    default @Nullable String key(int index) {
        return null;
    }

    /** Where the item comes from: {@link #STATE_DATA}, or the URI of an object or bucket. */
    default String source(int index) {
        return STATE_DATA;
    }

    /** The elements of an array, or the members of an object. */
    static ItemList of(JsonNode collection) {
        return collection.isObject() ? new Members(collection) : new Elements(collection);
    }

    /** So many items, all held as JSON. */
    static ArrayNode array(int size, IntFunction<JsonNode> items) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(size);
        for (int i = 0; i < size; i++) {
            array.add(items.apply(i));
        }
        return array;
    }

    /** The elements of an array; none of anything else. */
    record Elements(JsonNode array) implements ItemList {

        @Override
        public int size() {
            return array.size();
        }

        @Override
        public JsonNode get(int index) {
            return array.path(index);
        }
    }

    /**
     * The members of an object, in its order.
     *
     * @param keys their names
     */
    record Members(JsonNode object, List<String> keys) implements ItemList {

        Members(JsonNode object) {
            this(object, object.properties().stream().map(Map.Entry::getKey).toList());
        }

        @Override
        public int size() {
            return keys.size();
        }

        @Override
        public JsonNode get(int index) {
            return object.path(keys.get(index));
        }

        @Override
        public String key(int index) {
            return keys.get(index);
        }
    }
}
