package dev.reprise.dataset;

import dev.reprise.asl.ItemReader.ReaderConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The manifest of an Athena {@code UNLOAD}: each row is the URI of a file, whose own items are read as its ending says.
 *
 * @param config how the files' content is read, but for its type
 * @param store where the files are
 */
record AthenaManifest(ReaderConfig config, ObjectStore store) implements ItemFormat {

    @Override
    public void read(InputStream content, ItemSink sink) throws IOException {
        try (Reader text = new InputStreamReader(content, StandardCharsets.UTF_8)) {
            CsvRows rows = new CsvRows(text, ',');
            for (List<String> row = rows.next(); row != null && !sink.isFull(); row = rows.next()) {
                file(row.get(0), sink);
            }
        }
    }

    private void file(String uri, ItemSink sink) throws IOException {
        URI place = URI.create(uri.replace(" ", "%20"));
        String bucket = place.getHost();
        String key = place.getPath();
        if (bucket == null || key == null || key.length() < 2) {
            throw new DataSetException("The manifest names '" + uri + "', which is no s3://BUCKET/KEY");
        }
        ReaderConfig typed = new ReaderConfig(
                null,
                null,
                null,
                config.csvHeaderLocation(),
                config.csvHeaders(),
                config.csvDelimiter(),
                config.itemsPointer(),
                null);
        try (InputStream items =
                Compression.plain(store.get(bucket, key.substring(1), null).content())) {
            ItemFormat.of(typed, key, store).read(items, sink);
        }
    }
}
