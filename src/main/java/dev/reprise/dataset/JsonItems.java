package dev.reprise.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.asl.FiniteJsonFactory;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document whose elements or members are the items, or that holds such a collection. It is read as far as it has
 * to be, and what stands beside the collection is passed over.
 *
 * @param pointer where the array or object stands; null for the document itself
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html">AWS, ItemReader</a>
 */
record JsonItems(@Nullable String pointer) implements ItemFormat {

    static final ObjectMapper JSON = new ObjectMapper(new FiniteJsonFactory());

    @Override
    public void read(InputStream content, ItemSink sink) throws IOException {
        JsonPointer place = place();
        try (JsonParser parser = JSON.getFactory().createParser(content)) {
            parser.nextToken();
            if (!find(parser, place)) {
                throw new DataSetException(
                        "The provided ReaderConfig.ItemsPointer does not match any valid path in the JSON structure.");
            }
            switch (parser.currentToken()) {
                case START_ARRAY -> elements(parser, sink);
                case START_OBJECT -> members(parser, sink);
                case null, default -> throw new DataSetException("Attempting to map over non-iterable node.");
            }
        }
    }

    private static void elements(JsonParser parser, ItemSink sink) throws IOException {
        while (!sink.isFull() && parser.nextToken() != JsonToken.END_ARRAY) {
            sink.add(JSON.readTree(parser));
        }
    }

    private static void members(JsonParser parser, ItemSink sink) throws IOException {
        while (!sink.isFull() && parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            sink.add(name, JSON.readTree(parser));
        }
    }

    private JsonPointer place() {
        try {
            return JsonPointer.compile(pointer);
        } catch (IllegalArgumentException e) {
            throw new DataSetException("'" + pointer + "' is not a JSON pointer: " + e.getMessage(), e);
        }
    }

    /** Moves from a value to what the pointer means in it; false when there is none. */
    private static boolean find(JsonParser parser, JsonPointer pointer) throws IOException {
        JsonPointer place = pointer;
        while (!place.matches()) {
            boolean inside = switch (parser.currentToken()) {
                case START_OBJECT -> toMember(parser, place.getMatchingProperty());
                case START_ARRAY -> toElement(parser, place.getMatchingIndex());
                case null, default -> false;
            };
            if (!inside) {
                return false;
            }
            place = place.tail();
        }
        return true;
    }

    private static boolean toMember(JsonParser parser, String name) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = name.equals(parser.currentName());
            parser.nextToken();
            if (found) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    /** @param index negative when the pointer has a name in its place */
    private static boolean toElement(JsonParser parser, int index) throws IOException {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == index) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }
}
