package dev.reprise.journal.store;

import org.jspecify.annotations.Nullable;

/** Where {@link Document}s are kept. What is said of {@link ExecutionStore} holds here too. */
public interface DocumentStore {

    /** Null when there is no such document. */
    @Nullable
    Document read(String partition, String key, UnitMeter meter);

    /** Puts a document, on the condition that the version before is there; of version 1, that there is none. */
    ConditionalWrite<Document> put(Document document, UnitMeter meter);

    /** Deletes a document, on the condition that this very version is there. */
    ConditionalWrite<Document> delete(Document document, UnitMeter meter);

    /**
     * Documents of a partition in the order of their keys.
     *
     * @param after a key to go on after, which need not be there; empty for the beginning
     * @param backwards whether the greatest key comes first; {@code after} is then a key to go on before
     * @param limit at least 1
     * @return its {@code next} is the key to go on after; null on the last page
     */
    Page<Document> list(String partition, String after, boolean backwards, int limit, UnitMeter meter);
}
