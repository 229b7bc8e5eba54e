package dev.reprise.dataset;

import dev.reprise.asl.ItemReader.ReaderConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The manifest of an Athena {@code UNLOAD}: each row is the URI of a file of items.
 *
 * @param config of which type the files are, and how they are read
 * @param objects reads the files
 * @see <a href="https://docs.aws.amazon.com/athena/latest/ug/unload.html">AWS, UNLOAD</a>
 */
record AthenaManifest(ReaderConfig config, ObjectReader objects) implements ItemFormat {

    private static final Pattern PLACE = Pattern.compile("s3://([^/]+)/(.+)");

    @Override
    public void read(InputStream content, ItemSink sink) throws IOException {
        try (Reader text = new InputStreamReader(content, StandardCharsets.UTF_8)) {
            CsvRows rows = new CsvRows(text, ',');
            for (List<String> row = rows.next(); row != null && !sink.isFull(); row = rows.next()) {
                file(row.get(0).strip(), sink);
            }
        }
    }

    private void file(String uri, ItemSink sink) {
        Matcher place = PLACE.matcher(uri);
        if (!place.matches()) {
            throw new DataSetException("The manifest names '" + uri + "', which is no s3://BUCKET/KEY");
        }
        String key = place.group(2);
        objects.readPart(place.group(1), key, ItemFormat.ofItems(config, key), sink);
    }
}
