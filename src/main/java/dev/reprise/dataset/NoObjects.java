package dev.reprise.dataset;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where there is no store: whoever asks is told so. */
public final class NoObjects implements ObjectStore {

    /** A store without objects. */
    public NoObjects() {}

    @Override
    public StoredObject get(String bucket, String key, @Nullable String version) {
        throw refused(bucket);
    }

    @Override
    public Stream<ListedObject> list(String bucket, String prefix, String after) {
        throw refused(bucket);
    }

    @Override
    public void put(String bucket, String key, byte[] content) {
        throw refused(bucket);
    }

    private static DataSetException refused(String bucket) {
        return new DataSetException("There is no store of objects here to find bucket '" + bucket + "' in");
    }
}
