package dev.reprise.testing.teststate;

import dev.reprise.dataset.DataSetException;
import dev.reprise.dataset.ListedObject;
import dev.reprise.dataset.ObjectStore;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The one object that an {@code ItemReader} under test reads, whatever it is called. */
record GivenObject(String content) implements ObjectStore {

    private static final String VERSION = "given";

    @Override
    public StoredObject get(String bucket, String key, @Nullable String version) {
        return new StoredObject(VERSION, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Stream<ListedObject> list(String bucket, String prefix, String after) {
        throw new DataSetException("A list of objects is given as the items themselves");
    }

    @Override
    public void put(String bucket, String key, byte[] content) {
        throw new DataSetException("A test writes nothing");
    }
}
