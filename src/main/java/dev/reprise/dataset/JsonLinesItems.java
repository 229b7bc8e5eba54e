package dev.reprise.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.io.InputStream;

/** One JSON value on each line. */
record JsonLinesItems() implements ItemFormat {

    @Override
    public void read(InputStream content, ItemSink sink) throws IOException {
        try (MappingIterator<JsonNode> values =
                JsonItems.JSON.readerFor(JsonNode.class).readValues(content)) {
            while (!sink.isFull() && values.hasNextValue()) {
                sink.add(values.nextValue());
            }
        }
    }
}
