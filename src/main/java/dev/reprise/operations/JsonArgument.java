package dev.reprise.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reprise.asl.FiniteJsonFactory;

/** A value that the Step Functions API takes as a text of JSON. Here JSON that is no text may stand as it is. */
public final class JsonArgument {

    private static final JsonMapper JSON = JsonMapper.builder(new FiniteJsonFactory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonArgument() {}

    /**
     * The value that is meant.
     *
     * @throws IllegalArgumentException when a text holds no JSON; its message says why
     */
    public static JsonNode read(JsonNode given) {
        if (!given.isTextual()) {
            return given;
        }
        JsonNode value;
        try {
            value = JSON.readTree(given.textValue());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
        if (value.isMissingNode()) {
            throw new IllegalArgumentException("it is empty");
        }
        return value;
    }
}
