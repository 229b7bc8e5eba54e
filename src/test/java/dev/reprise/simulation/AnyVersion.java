package dev.reprise.simulation;

import dev.reprise.dataset.ListedObject;
import dev.reprise.dataset.ObjectStore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Objects that are said to be what they were, whatever they are. To see who notices. */
record AnyVersion(ObjectStore objects) implements ObjectStore {

    @Override
    public StoredObject get(String bucket, String key, @Nullable String version) {
        StoredObject there = objects.get(bucket, key, null);
        return version == null ? there : new StoredObject(version, there.content());
    }

    @Override
    public Stream<ListedObject> list(String bucket, String prefix, String after) {
        return objects.list(bucket, prefix, after);
    }

    @Override
    public void put(String bucket, String key, byte[] content) {
        objects.put(bucket, key, content);
    }
}
