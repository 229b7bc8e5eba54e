package dev.reprise.journal.store;

import java.util.Objects;

/**
 * A small item beside the executions that holds JSON, such as a state machine that was created, or an alias of it.
 *
 * @param partition its partition key, such as {@code MACHINES}
 * @param key its sort key: documents of a partition are listed in the order of their keys
 * @param version 1 when it was made, one more after each change: who changes it names the version that it has seen
 * @param json what it says, at most some 390 KB
 */
public record Document(String partition, String key, long version, String json) {

    public Document {
        if (partition.isEmpty() || key.isEmpty() || version < 1) {
            throw new IllegalArgumentException("A document has a partition, a key and a version from 1, not '"
                    + partition + "', '" + key + "', " + version);
        }
        Objects.requireNonNull(json, "json");
    }

    /** One that is not there yet. */
    public static Document first(String partition, String key, String json) {
        return new Document(partition, key, 1, json);
    }

    /** The same, saying something else. */
    public Document saying(String other) {
        return new Document(partition, key, version + 1, other);
    }
}
