package dev.reprise.journal.store;

import org.jspecify.annotations.Nullable;

/** The documents of a {@link RetryingStore}: repeats requests as it does. */
final class RetryingDocuments implements DocumentStore {

    private final RetryingStore retrying;
    private final DocumentStore documents;

    RetryingDocuments(RetryingStore retrying, DocumentStore documents) {
        this.retrying = retrying;
        this.documents = documents;
    }

    @Override
    public @Nullable Document read(String partition, String key, UnitMeter meter) {
        return retrying.<@Nullable Document>retrying(() -> documents.read(partition, key, meter));
    }

    @Override
    public ConditionalWrite<Document> put(Document document, UnitMeter meter) {
        return retrying.retrying(() -> documents.put(document, meter));
    }

    @Override
    public ConditionalWrite<Document> delete(Document document, UnitMeter meter) {
        return retrying.retrying(() -> documents.delete(document, meter));
    }

    @Override
    public Page<Document> list(String partition, String after, boolean backwards, int limit, UnitMeter meter) {
        return retrying.retrying(() -> documents.list(partition, after, backwards, limit, meter));
    }
}
