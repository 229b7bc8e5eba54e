package dev.reprise.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.DataSetRequest;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of distributed Maps.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html">AWS, ItemReader</a>
 */
public final class DataSets {

    private final ObjectStore store;
    private final ObjectReader objects;

    /** Reads from {@code store}. */
    public DataSets(ObjectStore store) {
        this.store = store;
        this.objects = new ObjectReader(store);
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
        String prefix = Objects.requireNonNullElse(optional(request, "Prefix"), "");
        try (Stream<ListedObject> found = store.list(bucket, prefix)) {
            Iterator<ListedObject> next = found.iterator();
            while (!sink.isFull() && next.hasNext()) {
                ListedObject object = next.next();
                listing.count(object);
                if (load && !isFolder(object)) {
                    read(bucket, object.key(), object.etag(), request, sink);
                } else if (!load) {
                    sink.add(Listing.item(object));
                }
            }
        }
        String seen = listing.version();
        if (version != null && !version.equals(seen)) {
            throw new DataSetException("The objects in bucket '" + bucket + "' are not those that were listed before");
        }
        return new DataSet(seen, sink.items());
    }

    /** What S3's console makes when one makes a folder. */
    private static boolean isFolder(ListedObject object) {
        return object.size() == 0 && object.key().endsWith("/");
    }

    private DataSet object(DataSetRequest request, @Nullable String version) {
        String key = text(request, "Key");
        String wanted = version == null ? optional(request, "VersionId") : version;
        ItemSink sink = new ItemSink(request.maxItems());
        String found = read(text(request, "Bucket"), key, wanted, request, sink);
        return new DataSet(found, sink.items());
    }

    private String read(String bucket, String key, @Nullable String version, DataSetRequest request, ItemSink sink) {
        return objects.read(bucket, key, version, ItemFormat.of(request.config(), key, objects), sink);
    }

    private static String text(DataSetRequest request, String name) {
        String value = optional(request, name);
        if (value == null) {
            throw new DataSetException("The ItemReader's '" + name + "' is required");
        }
        return value;
    }

    private static @Nullable String optional(DataSetRequest request, String name) {
        JsonNode value = request.parameters().path(name);
        if (!value.isTextual() && !value.isNull() && !value.isMissingNode()) {
            throw new DataSetException("The ItemReader's '" + name + "' must be a string but was: " + value);
        }
        return value.textValue();
    }
}
