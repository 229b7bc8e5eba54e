package dev.reprise.dataset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What {@code s3:listObjectsV2} makes of a bucket: an item for each object, and a version that tells which objects these were, and what was in them. */
final class Listing {

    private final MessageDigest seen;

    Listing() {
        try {
            this.seen = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Takes one more object into the version. */
    void count(ListedObject object) {
        seen.update((object.key() + '\0' + object.etag() + '\0').getBytes(StandardCharsets.UTF_8));
    }

    /** A hash of all that was counted, which are counted no further. */
    String version() {
        return HexFormat.of().formatHex(seen.digest());
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
