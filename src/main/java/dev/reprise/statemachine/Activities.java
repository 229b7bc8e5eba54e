package dev.reprise.statemachine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.journal.store.Document;
import dev.reprise.journal.store.DocumentStore;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Page;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The activities that were created. Thread-safe; its methods block. */
public final class Activities {

    private static final String ACTIVITIES = "ACTIVITIES";

    private final Documents documents;

    public Activities(DocumentStore store) {
        this.documents = new Documents(store);
    }

    /**
     * An activity.
     *
     * @param encryption as it was given; null when it was not
     */
    public record CreatedActivity(
            String name, Instant createdAt, @Nullable JsonNode encryption) {

        private String toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("createdAt", createdAt.toEpochMilli());
            Fields.set(json, "encryption", encryption);
            return json.toString();
        }

        private static CreatedActivity of(Document document) {
            JsonNode json = Fields.of(document);
            return new CreatedActivity(document.key(), Fields.instant(json, "createdAt"), json.get("encryption"));
        }
    }

    /**
     * Makes an activity.
     *
     * @return the one of that name that is there already; null when it was made
     */
    public @Nullable CreatedActivity create(CreatedActivity activity) {
        documents.delete(JournalTable.DELETED_ACTIVITIES, activity.name());
        Document found = documents.create(Document.first(ACTIVITIES, activity.name(), activity.toJson()));
        return found == null ? null : CreatedActivity.of(found);
    }

    /** Null when there is none of that name. */
    public @Nullable CreatedActivity find(String name) {
        Document found = documents.read(ACTIVITIES, name);
        return found == null ? null : CreatedActivity.of(found);
    }

    /** From now on there is none of that name, and tasks that are to go to it fail: a second later at the latest. */
    public void delete(String name) {
        documents.create(Document.first(JournalTable.DELETED_ACTIVITIES, name, "{}"));
        documents.delete(ACTIVITIES, name);
    }

    /**
     * Activities in the order of their names.
     *
     * @param after a name to go on after; empty for the beginning
     */
    public Page<CreatedActivity> list(String after, int limit) {
        Page<Document> page = documents.list(ACTIVITIES, after, false, limit);
        return new Page<>(page.items().stream().map(CreatedActivity::of).toList(), page.next());
    }
}
