package dev.reprise.testing;

import dev.reprise.dataset.DataSetException;
import dev.reprise.dataset.ListedObject;
import dev.reprise.dataset.ObjectStore;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Buckets in memory, for tests. Any name is a bucket's. */
final class InMemoryObjects implements ObjectStore {

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Stored(byte[] content, String etag, Instant modified) {}

    private final Map<String, Map<String, Stored>> buckets = new ConcurrentSkipListMap<>();
    private final InstantSource clock;

    InMemoryObjects(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public StoredObject get(String bucket, String key, @Nullable String version) {
        Stored found = bucket(bucket).get(key);
        if (found == null) {
            throw new DataSetException("The specified key does not exist. (Service: S3, Status Code: 404): s3://"
                    + bucket + "/" + key + ". Give the test the object: .object(\"" + bucket + "\", \"" + key
                    + "\", CONTENT)");
        }
        if (version != null && !version.equals(found.etag())) {
            throw new DataSetException("The object has changed: s3://" + bucket + "/" + key);
        }
        return new StoredObject(found.etag(), new ByteArrayInputStream(found.content()));
    }

    @Override
    public Stream<ListedObject> list(String bucket, String prefix, String after) {
        return bucket(bucket).entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith(prefix) && entry.getKey().compareTo(after) > 0)
                .map(entry -> new ListedObject(
                        entry.getKey(),
                        entry.getValue().content().length,
                        entry.getValue().etag(),
                        entry.getValue().modified(),
                        "STANDARD"));
    }

    @Override
    public void put(String bucket, String key, byte[] content) {
        bucket(bucket).put(key, new Stored(content.clone(), '"' + hash(content) + '"', clock.instant()));
    }

    private static String hash(byte[] content) {
        return Integer.toHexString(Arrays.hashCode(content)) + "-" + content.length;
    }

    private Map<String, Stored> bucket(String name) {
        return buckets.computeIfAbsent(name, unseen -> new ConcurrentSkipListMap<>());
    }

    /** What an object holds; null when there is none. */
    byte @Nullable [] content(String bucket, String key) {
        Stored found = bucket(bucket).get(key);
        return found == null ? null : found.content().clone();
    }
}
