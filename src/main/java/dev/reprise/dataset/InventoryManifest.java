package dev.reprise.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The manifest of an S3 inventory: it names CSV files, whose rows are the items, and their columns.
 *
 * @param objects reads the files
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html">AWS, Inventory
 *     manifest</a>
 */
record InventoryManifest(ObjectReader objects) implements ItemFormat {

    @Override
    public void read(InputStream content, ItemSink sink) throws IOException {
        JsonNode manifest = JsonItems.JSON.readTree(content);
        if (!"CSV".equals(manifest.path("fileFormat").textValue())) {
            throw new DataSetException("An inventory of format '"
                    + manifest.path("fileFormat").asText() + "' cannot be read: one of CSV can");
        }
        Rows rows = new Rows(Stream.of(manifest.path("fileSchema").asText().split(","))
                .map(String::strip)
                .toList());
        String bucket = manifest.path("destinationBucket").asText().replaceFirst("^arn:[^:]*:s3:::", "");
        for (JsonNode file : manifest.path("files")) {
            if (sink.isFull()) {
                return;
            }
            objects.readPart(bucket, file.path("key").asText(), rows, sink);
        }
    }

    /** Rows of the manifest's columns, without a header. */
    private record Rows(List<String> columns) implements ItemFormat {

        @Override
        public void read(InputStream content, ItemSink sink) throws IOException {
            try (Reader text = new InputStreamReader(content, StandardCharsets.UTF_8)) {
                CsvRows rows = new CsvRows(text, ',');
                for (List<String> row = rows.next(); row != null && !sink.isFull(); row = rows.next()) {
                    sink.add(CsvItems.item(columns, row));
                }
            }
        }
    }
}
