package dev.reprise.dataset;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads the items of single objects, and says of which object it was what goes wrong. */
record ObjectReader(ObjectStore store) {

    /**
     * Adds the object's items to the sink.
     *
     * @param version which one is wanted; null for the one that there is
     * @return its version
     * @throws DataSetException when it cannot be read, or is not of that format
     */
    String read(String bucket, String key, @Nullable String version, ItemFormat format, ItemSink sink) {
        ObjectStore.StoredObject object = store.get(bucket, key, version);
        sink.from(bucket, key);
        try (InputStream stored = object.content();
                InputStream content = Compression.plain(stored)) {
            format.read(content, sink);
            return object.version();
        } catch (JsonProcessingException e) {
            throw new DataSetException(
                    "s3://" + bucket + "/" + key + " is not JSON: " + e.getOriginalMessage() + place(e.getLocation()),
                    e);
        } catch (IOException e) {
            throw new DataSetException("s3://" + bucket + "/" + key + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The same for an object that a manifest names, which counts into the version of the whole. */
    void readPart(String bucket, String key, ItemFormat format, ItemSink sink) {
        sink.part(bucket, key, read(bucket, key, null, format, sink));
    }

    private static String place(@Nullable JsonLocation at) {
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }
}
