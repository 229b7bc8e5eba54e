package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.function.IntFunction;

/** The items of a Map, in order. Each is made when it is asked for, so that those of a large data set need not all be held as JSON. Used by one thread at a time. */
public interface ItemList {

    /** How many there are. */
    int size();

    /** The item of that index, from 0; equal whenever it is asked for. */
    JsonNode get(int index);

    /** The elements of an array. */
    static ItemList of(JsonNode array) {
        return new ItemList() {
            @Override
            public int size() {
                return array.size();
            }

            @Override
            public JsonNode get(int index) {
                return array.path(index);
            }
        };
    }

    /** So many items, all held as JSON. */
    static ArrayNode array(int size, IntFunction<JsonNode> items) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(size);
        for (int i = 0; i < size; i++) {
            array.add(items.apply(i));
        }
        return array;
    }
}
