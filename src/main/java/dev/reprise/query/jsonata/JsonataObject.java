package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** An object that an expression makes: what is none came from outside and holds nothing of the engine's. */
@SuppressWarnings({"serial", "unchecked"})
class JsonataObject extends ObjectNode {

    JsonataObject() {
        super(JsonNodeFactory.instance, new LinkedHashMap<>());
    }

    /** The members; adding to them adds to the object. */
    final Map<String, JsonNode> members() {
        return _children;
    }
}
