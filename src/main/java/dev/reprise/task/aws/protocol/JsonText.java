package dev.reprise.task.aws.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.reprise.asl.FiniteJsonFactory;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Bodies of JSON as bytes. */
final class JsonText {

    private static final JsonMapper JSON = JsonMapper.builder(new FiniteJsonFactory())
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private JsonText() {}

    static byte[] write(JsonNode value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON could not be written", e);
        }
    }

    /**
     * What a body says; a missing node when it is empty.
     *
     * @throws UnreadableAnswerException when it is no JSON
     */
    static JsonNode read(byte[] body) {
        try {
            return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new UnreadableAnswerException("The answer is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading bytes in memory did I/O", e);
        }
    }
}
