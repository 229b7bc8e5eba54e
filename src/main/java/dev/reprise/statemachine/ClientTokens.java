package dev.reprise.statemachine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.Document;
import dev.reprise.journal.store.DocumentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By which tokens executions were redriven: the last ten of each, for a quarter of an hour. They stand among the
 * execution's items, and go with them.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html">AWS,
 *     RedriveExecution, clientToken</a>
 */
public final class ClientTokens {

    private static final String KEY = "TOKENS";
    private static final int MOST = 10;
    private static final Duration PERIOD = Duration.ofMinutes(15);

    private final Documents documents;

    public ClientTokens(DocumentStore store) {
        this.documents = new Documents(store);
    }

    /** When the execution was redriven by that token lately; null when it was not. */
    public @Nullable Instant redrivenBy(ExecutionId id, String token, Instant now) {
        Document found = documents.read(id.partition(), KEY);
        if (found == null) {
            return null;
        }
        for (JsonNode used : Fields.of(found)) {
            Instant at = Fields.instant(used, "at");
            if (used.path("token").asText().equals(token) && at.plus(PERIOD).isAfter(now)) {
                return at;
            }
        }
        return null;
    }

    /** Remembers that it was. */
    public void remember(ExecutionId id, String token, Instant at) {
        documents.change(id.partition(), KEY, current -> {
            List<JsonNode> used = new ArrayList<>();
            if (current != null) {
                Fields.of(current).forEach(used::add);
            }
            used.add(JsonNodeFactory.instance.objectNode().put("token", token).put("at", at.toEpochMilli()));
            ArrayNode last = JsonNodeFactory.instance.arrayNode();
            used.subList(Math.max(0, used.size() - MOST), used.size()).forEach(last::add);
            return last.toString();
        });
    }
}
