package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** JSON that counts how many of its members and elements are looked at. */
final class CountedJson {

    private long looks;

    /** How often somebody looked at an element or a member since the beginning. */
    long looks() {
        return looks;
    }

    /** The same value, all of whose arrays and objects count. */
    JsonNode of(JsonNode value) {
        if (value.isArray()) {
            Array array = new Array();
            value.forEach(element -> array.add(of(element)));
            return array;
        }
        if (value.isObject()) {
            Obj object = new Obj();
            value.properties().forEach(member -> object.set(member.getKey(), of(member.getValue())));
            return object;
        }
        return value;
    }

    @SuppressWarnings("unchecked") // What deepCopy gives is so declared in the class itself.
    private final class Array extends ArrayNode {

        private static final long serialVersionUID = 1;

        Array() {
            super(JsonNodeFactory.instance);
        }

        @Override
        public JsonNode get(int index) {
            looks++;
            return super.get(index);
        }

        @Override
        public JsonNode path(int index) {
            looks++;
            return super.path(index);
        }

        @Override
        public Iterator<JsonNode> elements() {
            looks += size();
            return super.elements();
        }
    }

    @SuppressWarnings("unchecked") // As above.
    private final class Obj extends ObjectNode {

        private static final long serialVersionUID = 1;

        Obj() {
            super(JsonNodeFactory.instance);
        }

        @Override
        public JsonNode get(String name) {
            looks++;
            return super.get(name);
        }

        @Override
        public JsonNode path(String name) {
            looks++;
            return super.path(name);
        }

        @Override
        public Iterator<JsonNode> elements() {
            looks += size();
            return super.elements();
        }

        @Override
        public Set<Map.Entry<String, JsonNode>> properties() {
            looks += size();
            return super.properties();
        }
    }
}
