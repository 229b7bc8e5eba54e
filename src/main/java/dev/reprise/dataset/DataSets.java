package dev.reprise.dataset;

import dev.reprise.execution.DataSetRequest;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of distributed Maps.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html">AWS, ItemReader</a>
 */
public final class DataSets {

    private static final List<String> OBJECT_ARGUMENTS = List.of("Bucket", "Key", "VersionId", "ExpectedBucketOwner");
    private static final List<String> LIST_ARGUMENTS =
            List.of("Bucket", "Prefix", "StartAfter", "Delimiter", "MaxKeys", "ExpectedBucketOwner");

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
        if (request.resource().asks("s3", "listObjectsV2")) {
            return listed(request, version);
        }
        if (request.resource().asks("s3", "getObject")) {
            return object(request, version);
        }
        throw new DataSetException(
                "No data set is read by '" + request.resource().uri()
                        + "': an ItemReader's Resource is arn:aws:states:::s3:getObject or"
                        + " arn:aws:states:::s3:listObjectsV2");
    }

    private DataSet listed(DataSetRequest request, @Nullable String version) {
        ReaderArguments arguments = ReaderArguments.of(request.parameters(), LIST_ARGUMENTS);
        ObjectStore asked = asked(arguments);
        ObjectReader objects = new ObjectReader(asked);
        Listing listing = Listing.of(arguments);
        boolean load = "LOAD_AND_FLATTEN".equals(request.config().transformation());
        ItemSink sink = new ItemSink(request.maxItems());
        VersionHash seen = new VersionHash();
        sink.from(listing.bucket(), "");
        try (Stream<ListedObject> found = listing.of(asked)) {
            Iterator<ListedObject> next = found.iterator();
            while (!sink.isFull() && next.hasNext()) {
                ListedObject object = next.next();
                seen.add(object.key(), object.etag());
                if (!load) {
                    sink.add(Listing.item(object));
                } else if (!isFolder(object)) {
                    ItemFormat format = ItemFormat.of(request.config(), object.key(), objects);
                    objects.read(listing.bucket(), object.key(), object.etag(), format, sink);
                }
            }
        }
        String found = whole(seen.text(), sink);
        if (version != null && !version.equals(found)) {
            throw new DataSetException(
                    "The objects in bucket '" + listing.bucket() + "' are not those that were listed before");
        }
        return new DataSet(found, sink.items());
    }

    /** What S3's console makes when one makes a folder. */
    private static boolean isFolder(ListedObject object) {
        return object.size() == 0 && object.key().endsWith("/");
    }

    private DataSet object(DataSetRequest request, @Nullable String version) {
        ReaderArguments arguments = ReaderArguments.of(request.parameters(), OBJECT_ARGUMENTS);
        String bucket = arguments.required("Bucket");
        String key = arguments.required("Key");
        String wanted = version == null ? arguments.optional("VersionId") : first(version);
        ItemSink sink = new ItemSink(request.maxItems());
        ObjectReader objects = new ObjectReader(asked(arguments));
        String object = objects.read(bucket, key, wanted, ItemFormat.of(request.config(), key, objects), sink);
        String found = whole(object, sink);
        if (version != null && !version.equals(found)) {
            throw new DataSetException("The files that the manifest s3://" + bucket + "/" + key
                    + " names have changed since they were read");
        }
        return new DataSet(found, sink.items());
    }

    private ObjectStore asked(ReaderArguments arguments) {
        String owner = arguments.optional("ExpectedBucketOwner");
        return owner == null ? store : store.ownedBy(owner);
    }

    /**
     * The version of what was asked for, and behind a blank, which no such version has, that of the files that it
     * names.
     */
    private static String whole(String version, ItemSink sink) {
        String parts = sink.partsVersion();
        return parts == null ? version : version + ' ' + parts;
    }

    private static String first(String version) {
        int end = version.indexOf(' ');
        return end < 0 ? version : version.substring(0, end);
    }
}
