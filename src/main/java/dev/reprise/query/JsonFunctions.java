package dev.reprise.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.asl.FiniteJsonFactory;
import java.util.List;

/** {@code States.JsonMerge}, {@code States.StringToJson} and {@code States.JsonToString}. */
final class JsonFunctions {

    private static final ObjectMapper MAPPER = new ObjectMapper(new FiniteJsonFactory());

    private JsonFunctions() {}

    /** The second object's members over the first one's. AWS has no deep merge: the third argument must be false. */
    static JsonNode merge(List<JsonNode> arguments, Environment environment) {
        ObjectNode first = Arguments.object(arguments, 0);
        ObjectNode second = Arguments.object(arguments, 1);
        if (!arguments.get(2).isBoolean() || arguments.get(2).booleanValue()) {
            throw new IntrinsicCall.Failure(
                    "Argument 3 must be false, because only shallow merging is supported, but was: "
                            + arguments.get(2));
        }
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        merged.setAll(first);
        merged.setAll(second);
        return merged;
    }

    static JsonNode parse(List<JsonNode> arguments, Environment environment) {
        return parse(Arguments.string(arguments, 0));
    }

    /** Shared with JSONata's {@code $parse}. Blank text is null, as on AWS. */
    static JsonNode parse(String text) {
        try {
            JsonNode value = MAPPER.readTree(text);
            return value.isMissingNode() ? NullNode.getInstance() : value;
        } catch (JsonProcessingException e) {
            throw new IntrinsicCall.Failure("The value is not valid JSON: " + e.getOriginalMessage());
        }
    }

    static JsonNode print(List<JsonNode> arguments, Environment environment) {
        return TextNode.valueOf(arguments.get(0).toString());
    }
}
