package dev.reprise.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ItemReader.ReaderConfig;
import dev.reprise.core.DataSetRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of distributed Maps.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html">AWS, ItemReader</a>
 */
public final class DataSets {

    private final ObjectStore store;

    /** Reads from {@code store}. */
    public DataSets(ObjectStore store) {
        this.store = store;
    }

    /**
     * Reads a data set.
     *
     * @param version what it was when it was first read; null to take it as it is
     * @throws DataSetException when it cannot be read, or is no longer of that version
     */
    public DataSet read(DataSetRequest request, @Nullable String version) {
        if (request.resource().endsWith(":s3:listObjectsV2")) {
            return listed(request, version);
        }
        if (request.resource().endsWith(":s3:getObject")) {
            return object(request, version);
        }
        throw new DataSetException("No data set is read by '" + request.resource()
                + "': an ItemReader's Resource is arn:aws:states:::s3:getObject or arn:aws:states:::s3:listObjectsV2");
    }

    private DataSet listed(DataSetRequest request, @Nullable String version) {
        String bucket = text(request, "Bucket");
        boolean load = "LOAD_AND_FLATTEN".equals(request.config().transformation());
        ItemSink sink = new ItemSink(request.maxItems());
        Listing listing = new Listing();
        try (Stream<ListedObject> objects =
                store.list(bucket, request.parameters().path("Prefix").asText())) {
            Iterator<ListedObject> next = objects.iterator();
            while (!sink.isFull() && next.hasNext()) {
                ListedObject object = next.next();
                listing.count(object);
                if (load) {
                    load(bucket, object.key(), object.etag(), request.config(), sink);
                } else {
                    sink.add(Listing.item(object));
                }
            }
        }
        String found = listing.version();
        if (version != null && !version.equals(found)) {
            throw new DataSetException("The objects in bucket '" + bucket + "' are not those that were listed before");
        }
        return new DataSet(found, sink.items());
    }

    private DataSet object(DataSetRequest request, @Nullable String version) {
        String key = text(request, "Key");
        String wanted = version == null ? request.parameters().path("VersionId").textValue() : version;
        ItemSink sink = new ItemSink(request.maxItems());
        String found = load(text(request, "Bucket"), key, wanted, request.config(), sink);
        return new DataSet(found, sink.items());
    }

    /** Reads one object's items, and gives its version. */
    private String load(String bucket, String key, @Nullable String version, ReaderConfig config, ItemSink sink) {
        ObjectStore.StoredObject object = store.get(bucket, key, version);
        try (InputStream content = Compression.plain(object.content())) {
            ItemFormat.of(config, key, store).read(content, sink);
            return object.version();
        } catch (IOException e) {
            throw new DataSetException("'" + key + "' in bucket '" + bucket + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private static String text(DataSetRequest request, String name) {
        JsonNode value = request.parameters().path(name);
        if (!value.isTextual()) {
            throw new DataSetException("The ItemReader's '" + name + "' must be a string but was: " + value);
        }
        return value.textValue();
    }
}
