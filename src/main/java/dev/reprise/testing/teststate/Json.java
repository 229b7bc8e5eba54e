package dev.reprise.testing.teststate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.FiniteJsonFactory;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads JSON that a request holds as text. */
public final class Json {

    private static final JsonMapper JSON = JsonMapper.builder(new FiniteJsonFactory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** @param refused what to throw when the text is no JSON; it is told why */
    static JsonNode read(String text, Function<String, TestStateException> refused) {
        try {
            JsonNode value = JSON.readTree(text);
            if (value.isMissingNode()) {
                throw refused.apply("No content to map due to end-of-input");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw refused.apply(e.getOriginalMessage());
        }
    }

    /**
     * An object that may be absent.
     *
     * @param member the name of the member that holds it
     * @throws TestStateException {@code ValidationException} when it is something else
     */
    static ObjectNode object(String member, @Nullable String text) {
        if (text == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode value =
                read(text, problem -> TestStateException.validation("'" + member + "' must be valid JSON: " + problem));
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw TestStateException.validation("'" + member + "' must be a JSON object, but was " + value);
    }
}
