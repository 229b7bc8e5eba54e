package dev.reprise.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.InputStream;

/**
 * One JSON value on each line; lines of nothing but white space are none. A line is never more than one item, whatever
 * its value is.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html">AWS, ItemReader:
 *     as many children as the file has lines</a>
 */
record JsonLinesItems() implements ItemFormat {

    private static final ObjectReader VALUE =
            JsonItems.JSON.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Override
    public void read(InputStream content, ItemSink sink) throws IOException {
        Lines lines = new Lines(content);
        while (!sink.isFull() && lines.next()) {
            if (!lines.isBlank()) {
                sink.add(value(lines));
            }
        }
    }

    private static JsonNode value(Lines lines) throws IOException {
        try {
            return VALUE.readTree(lines.bytes(), 0, lines.length());
        } catch (JsonProcessingException e) {
            throw new IOException("line " + lines.number() + " is not one JSON value: " + e.getOriginalMessage(), e);
        }
    }
}
