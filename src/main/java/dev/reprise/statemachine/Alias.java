package dev.reprise.statemachine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.journal.store.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A name for one version of a state machine, or for two that share what is started by it.
 *
 * @param routes one or two, whose weights make 100
 * @param description null when it has none
 */
public record Alias(
        String machine,
        String name,
        List<Route> routes,
        @Nullable String description,
        Instant createdAt,
        Instant updatedAt) {

    /** What the weights of all routes make. */
    public static final int ALL = 100;

    public Alias {
        routes = List.copyOf(routes);
    }

    /**
     * A version.
     *
     * @param weight how many of a hundred executions start it, 0 to 100
     */
    public record Route(long version, int weight) {}

    /**
     * The version that one execution starts.
     *
     * @param drawn 0 to 99
     */
    public long version(int drawn) {
        int sum = 0;
        for (Route route : routes) {
            sum += route.weight();
            if (drawn < sum) {
                return route.version();
            }
        }
        return routes.getLast().version();
    }

    /** Whether anything that is started by it may start that version. */
    public boolean leadsTo(long version) {
        return routes.stream().anyMatch(route -> route.version() == version);
    }

    String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("routes");
        routes.forEach(route -> list.addObject().put("version", route.version()).put("weight", route.weight()));
        Fields.put(json, "description", description);
        return json.put("createdAt", createdAt.toEpochMilli())
                .put("updatedAt", updatedAt.toEpochMilli())
                .toString();
    }

    static Alias of(String machine, Document document) {
        JsonNode json = Fields.of(document);
        List<Route> routes = new ArrayList<>();
        json.path("routes")
                .forEach(route -> routes.add(new Route(
                        route.path("version").longValue(), route.path("weight").intValue())));
        return new Alias(
                machine,
                document.key().substring(Versions.ALIAS.length()),
                routes,
                json.path("description").textValue(),
                Fields.instant(json, "createdAt"),
                Fields.instant(json, "updatedAt"));
    }
}
