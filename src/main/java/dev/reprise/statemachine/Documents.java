package dev.reprise.statemachine;

import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.Document;
import dev.reprise.journal.store.DocumentStore;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.StoreUnavailableException;
import dev.reprise.journal.store.UnitMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Documents of one store, changed as one changes what others may change too. */
final class Documents {

    /** A hundred others would have to change the same document in between. */
    private static final int ATTEMPTS = 100;

    private static final int PAGE = 100;

    private final DocumentStore store;

    Documents(DocumentStore store) {
        this.store = store;
    }

    @Nullable
    Document read(String partition, String key) {
        return store.read(partition, key, new UnitMeter());
    }

    Page<Document> list(String partition, String after, boolean backwards, int limit) {
        return store.list(partition, after, backwards, limit, new UnitMeter());
    }

    /** All whose keys begin so. */
    List<Document> all(String partition, String prefix) {
        List<Document> all = new ArrayList<>();
        String after = prefix;
        while (true) {
            Page<Document> page = list(partition, after, false, PAGE);
            page.items().stream()
                    .filter(document -> document.key().startsWith(prefix))
                    .forEach(all::add);
            if (page.next() == null || !page.next().startsWith(prefix)) {
                return all;
            }
            after = page.next();
        }
    }

    /**
     * Puts a document where none is.
     *
     * @return the one that is there already; null when it was put
     */
    @Nullable
    Document create(Document document) {
        ConditionalWrite<Document> put = store.put(document, new UnitMeter());
        return put instanceof ConditionalWrite.Refused<Document>(Document current) && !document.equals(current)
                ? current
                : null;
    }

    /**
     * Changes a document, however often others come first.
     *
     * @param change gives the new text for the one that is there, or for null when none is; it may be called several
     *     times, and throw to leave all as it is
     */
    Document change(String partition, String key, Function<@Nullable Document, String> change) {
        Document current = read(partition, key);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String json = change.apply(current);
            Document next = current == null ? Document.first(partition, key, json) : current.saying(json);
            if (!(store.put(next, new UnitMeter()) instanceof ConditionalWrite.Refused<Document>(Document found))
                    || next.equals(found)) {
                return next;
            }
            current = found;
        }
        throw new StoreUnavailableException(
                partition + "/" + key, "others changed it first, " + ATTEMPTS + " times in a row. Try again", null);
    }

    /** The same of a document that is there; null, and no change, when it is not. */
    @Nullable
    Document changeExisting(String partition, String key, Function<Document, String> change) {
        try {
            return change(partition, key, current -> {
                if (current == null) {
                    throw new AbsentException();
                }
                return change.apply(current);
            });
        } catch (AbsentException e) {
            return null;
        }
    }

    private static final class AbsentException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        AbsentException() {
            super(null, null, false, false);
        }
    }

    /** Deletes a document, whatever it says; nothing happens when there is none. */
    void delete(String partition, String key) {
        Document current = read(partition, key);
        for (int attempt = 0; attempt < ATTEMPTS && current != null; attempt++) {
            current =
                    store.delete(current, new UnitMeter()) instanceof ConditionalWrite.Refused<Document>(Document found)
                            ? found
                            : null;
        }
    }
}
