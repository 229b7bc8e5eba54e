package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.reprise.asl.FiniteJsonFactory;

/** What {@code States.StringToJson} reads. */
final class JsonText {

    private static final ObjectMapper MAPPER = new ObjectMapper(new FiniteJsonFactory());

    private JsonText() {}

    /**
     * The value that the text holds. Blank text is null, as on AWS.
     *
     * @throws FunctionFailure when it is not JSON
     */
    static JsonNode parse(String text) {
        try {
            JsonNode value = MAPPER.readTree(text);
            return value.isMissingNode() ? NullNode.getInstance() : value;
        } catch (JsonProcessingException e) {
            throw new FunctionFailure("The value is not valid JSON: " + e.getOriginalMessage());
        }
    }
}
