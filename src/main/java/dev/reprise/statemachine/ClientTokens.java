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

    /**
     * A token that came lately.
     *
     * @param redrives how often the execution has been redriven once the token's redrive is made
     * @param at when it came
     */
    public record Used(int redrives, Instant at) {}

    /** What is known of a token; null when it has not come lately. */
    public @Nullable Used find(ExecutionId id, String token, Instant now) {
        Document found = documents.read(id.partition(), KEY);
        if (found == null) {
            return null;
        }
        for (JsonNode used : Fields.of(found)) {
            Instant at = Fields.instant(used, "at");
            if (used.path("token").asText().equals(token) && at.plus(PERIOD).isAfter(now)) {
                return new Used(used.path("redrives").intValue(), at);
            }
        }
        return null;
    }

    /** Remembers a token before its redrive is made: who dies right after that is not redriven a second time. */
    public void remember(ExecutionId id, String token, Used use) {
        documents.change(id.partition(), KEY, current -> {
            List<JsonNode> used = new ArrayList<>();
            if (current != null) {
                for (JsonNode other : Fields.of(current)) {
                    if (!other.path("token").asText().equals(token)) {
                        used.add(other);
                    }
                }
            }
            used.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("token", token)
                    .put("redrives", use.redrives())
                    .put("at", use.at().toEpochMilli()));
            ArrayNode last = JsonNodeFactory.instance.arrayNode();
            used.subList(Math.max(0, used.size() - MOST), used.size()).forEach(last::add);
            return last.toString();
        });
    }
}
