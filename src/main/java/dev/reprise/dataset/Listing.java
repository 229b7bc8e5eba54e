package dev.reprise.dataset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What {@code s3:listObjectsV2} makes of a bucket: an item for each object. */
final class Listing {

    private Listing() {}

    static void items(List<ListedObject> objects, ItemSink sink) {
        for (ListedObject object : objects) {
            if (sink.isFull()) {
                return;
            }
            sink.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("Etag", object.etag())
                    .put("Key", object.key())
                    .put("LastModified", object.lastModified().getEpochSecond())
                    .put("Size", object.size())
                    .put("StorageClass", object.storageClass()));
        }
    }

    /** A hash of which objects there are, and of what their content is. */
    static String version(List<ListedObject> objects) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            for (ListedObject object : objects) {
                hash.update((object.key() + '\0' + object.etag() + '\0').getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(hash.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
