package dev.reprise.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reprise.asl.FiniteJsonFactory;
import org.jspecify.annotations.Nullable;

/** The JSON that tests are written with. */
final class TestJson {

    /** As Quarkus has it for the tasks of a function: what is unknown is passed over, times are texts. */
    static final JsonMapper MAPPER = JsonMapper.builder(new FiniteJsonFactory())
            .addModules(MapperBuilder.findModules(TestJson.class.getClassLoader()))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TestJson() {}

    /** @throws IllegalArgumentException when the text is no JSON */
    static JsonNode read(String text) {
        try {
            JsonNode value = MAPPER.readTree(text);
            if (value.isMissingNode()) {
                throw new IllegalArgumentException(
                        "JSON is expected, and there is none. A text is written \"\\\"…\\\"\"");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + e.getOriginalMessage() + ": " + text, e);
        }
    }

    /** A value as it would be once it was written and read. */
    static JsonNode of(@Nullable Object value) {
        return value instanceof JsonNode json ? json : MAPPER.valueToTree(value);
    }
}
