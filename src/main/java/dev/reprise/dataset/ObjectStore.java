package dev.reprise.dataset;

import java.io.InputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objects in buckets: S3, or a folder that stands in for it. Thread-safe; every method may block and throws {@link
 * DataSetException} when it cannot do what it is asked.
 */
public interface ObjectStore {

    /**
     * Opens an object. Its content is read as it is asked for, never held whole.
     *
     * @param version what {@link StoredObject#version()} said of it when it was first read, or an S3 version id; null
     *     for whatever it is now
     * @throws DataSetException when there is none, or it is no longer of that version
     */
    StoredObject get(String bucket, String key, @Nullable String version);

    /**
     * Every object whose key starts with {@code prefix}, in the order of the keys' UTF-8 bytes. The listing goes on as
     * the stream is read, so reading it may throw what this method throws.
     *
     * @param after only keys behind this one in that order, which need not be there; empty for all
     */
    Stream<ListedObject> list(String bucket, String prefix, String after);

    /**
     * The same store, which refuses buckets of any other account. A store that knows of no accounts is itself.
     *
     * @param account its number, S3's {@code ExpectedBucketOwner}
     */
    default ObjectStore ownedBy(String account) {
        return this;
    }

    /** Writes an object, in place of one of the same key. */
    void put(String bucket, String key, byte[] content);

    /**
     * An object that was opened; whoever asked for it closes the content.
     *
     * @param version changes whenever the object does
     */
    record StoredObject(String version, InputStream content) {}
}
