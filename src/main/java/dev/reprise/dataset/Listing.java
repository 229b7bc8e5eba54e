package dev.reprise.dataset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which objects {@code s3:listObjectsV2} lists, and the item that it makes of each.
 *
 * @param prefix how the keys start
 * @param after only keys behind this one, in the order of their UTF-8 bytes; empty for all
 * @param delimiter keys that have it behind the prefix are left out; null to leave out none
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">AWS, ListObjectsV2</a>
 */
record Listing(
        String bucket,
        String prefix,
        String after,
        @Nullable String delimiter) {

    static Listing of(ReaderArguments arguments) {
        String delimiter = arguments.optional("Delimiter");
        return new Listing(
                arguments.required("Bucket"),
                Objects.requireNonNullElse(arguments.optional("Prefix"), ""),
                Objects.requireNonNullElse(arguments.optional("StartAfter"), ""),
                delimiter == null || delimiter.isEmpty() ? null : delimiter);
    }

    Stream<ListedObject> of(ObjectStore store) {
        Stream<ListedObject> all = store.list(bucket, prefix, after);
        String separator = delimiter;
        return separator == null ? all : all.filter(object -> object.key().indexOf(separator, prefix.length()) < 0);
    }

    static ObjectNode item(ListedObject object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Etag", object.etag())
                .put("Key", object.key())
                .put("LastModified", object.lastModified().getEpochSecond())
                .put("Size", object.size())
                .put("StorageClass", object.storageClass());
    }
}
