package dev.reprise.journal.seal;

import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.Document;
import dev.reprise.journal.store.DocumentStore;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.UnitMeter;
import org.jspecify.annotations.Nullable;

/** Lets somebody else be first between a read that found nothing and the put. */
final class LateFirst implements DocumentStore {

    private final DocumentStore documents;
    private final Runnable first;

    LateFirst(DocumentStore documents, Runnable first) {
        this.documents = documents;
        this.first = first;
    }

    @Override
    public @Nullable Document read(String partition, String key, UnitMeter meter) {
        return documents.read(partition, key, meter);
    }

    @Override
    public ConditionalWrite<Document> put(Document document, UnitMeter meter) {
        first.run();
        return documents.put(document, meter);
    }

    @Override
    public ConditionalWrite<Document> delete(Document document, UnitMeter meter) {
        return documents.delete(document, meter);
    }

    @Override
    public Page<Document> list(String partition, String after, boolean backwards, int limit, UnitMeter meter) {
        return documents.list(partition, after, backwards, limit, meter);
    }
}
