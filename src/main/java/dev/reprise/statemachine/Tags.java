package dev.reprise.statemachine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.journal.store.Document;
import dev.reprise.journal.store.DocumentStore;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tags by what bears them: {@code stateMachine:NAME} or {@code activity:NAME}. Thread-safe; its methods block. */
public final class Tags {

    private static final String TAGS = "TAGS";

    private final Documents documents;

    public Tags(DocumentStore store) {
        this.documents = new Documents(store);
    }

    /** Those of a resource; empty when it has none. */
    public SortedMap<String, String> of(String resource) {
        return read(documents.read(TAGS, resource));
    }

    /** Puts those with which a resource was made, unless it has had tags since: it may be asked for again. */
    public void begin(String resource, SortedMap<String, String> tags) {
        documents.create(Document.first(TAGS, resource, write(tags)));
    }

    /** Changes them; {@code change} may be called several times, and throw to leave all as it is. */
    public void change(String resource, UnaryOperator<SortedMap<String, String>> change) {
        documents.change(TAGS, resource, current -> write(change.apply(read(current))));
    }

    /** Nothing happens when there are none. */
    public void delete(String resource) {
        documents.delete(TAGS, resource);
    }

    private static SortedMap<String, String> read(@Nullable Document document) {
        SortedMap<String, String> tags = new TreeMap<>();
        if (document != null) {
            for (Map.Entry<String, JsonNode> tag : Fields.of(document).properties()) {
                tags.put(tag.getKey(), tag.getValue().asText());
            }
        }
        return tags;
    }

    private static String write(SortedMap<String, String> tags) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        tags.forEach(json::put);
        return json.toString();
    }
}
