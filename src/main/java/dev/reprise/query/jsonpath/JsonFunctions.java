package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** {@code States.JsonMerge}, {@code States.StringToJson} and {@code States.JsonToString}. */
final class JsonFunctions {

    private JsonFunctions() {}

    /** The second object's members over the first one's. AWS has no deep merge: the third argument must be false. */
    static JsonNode merge(Arguments arguments) {
        ObjectNode first = arguments.object(0);
        ObjectNode second = arguments.object(1);
        if (!arguments.any(2).isBoolean() || arguments.any(2).booleanValue()) {
            throw new FunctionFailure("Argument 3 must be false, because only shallow merging is supported, but was: "
                    + arguments.shown(2));
        }
        arguments.burnElements((long) first.size() + second.size());
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        merged.setAll(first);
        merged.setAll(second);
        return merged;
    }

    static JsonNode parse(Arguments arguments) {
        String text = arguments.string(0);
        arguments.fuel().burn(text.length());
        return JsonText.parse(text);
    }

    static JsonNode print(Arguments arguments) {
        return TextNode.valueOf(arguments.shown(0));
    }
}
