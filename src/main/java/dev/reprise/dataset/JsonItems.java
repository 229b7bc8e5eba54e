package dev.reprise.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document that is an array of items, or holds one.
 *
 * @param pointer where the array stands; null for the document itself
 */
record JsonItems(@Nullable String pointer) implements ItemFormat {

    static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void read(InputStream content, ItemSink sink) throws IOException {
        try (JsonParser parser = JSON.getFactory().createParser(content)) {
            if (pointer != null) {
                JsonNode list = JSON.<JsonNode>readTree(parser).at(JsonPointer.compile(pointer));
                if (!list.isArray()) {
                    throw notAList();
                }
                list.forEach(sink::add);
            } else if (parser.nextToken() == JsonToken.START_ARRAY) {
                while (!sink.isFull() && parser.nextToken() != JsonToken.END_ARRAY) {
                    sink.add(JSON.readTree(parser));
                }
            } else {
                throw notAList();
            }
        } catch (IllegalArgumentException e) {
            throw new DataSetException("'" + pointer + "' is not a JSON pointer: " + e.getMessage(), e);
        }
    }

    private static DataSetException notAList() {
        return new DataSetException("Attempting to map over non-iterable node.");
    }
}
