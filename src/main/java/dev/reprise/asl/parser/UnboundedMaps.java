package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Warns of a Map that calls others for all its items at once: it is the commonest way to be throttled, or to throttle
 * somebody else.
 */
final class UnboundedMaps {

    /** Where an object that is a state, a branch or a processor holds others. */
    private static final List<String> INSIDE = List.of("States", "Branches", "ItemProcessor", "Iterator");

    private UnboundedMaps() {}

    static void check(JsonNode map, Place place, Checking checking) {
        JsonNode limit = map.path("MaxConcurrency");
        boolean bounded = map.has("MaxConcurrencyPath") || limit.isTextual() || limit.asLong() > 0;
        String resource = bounded ? null : firstCall(map);
        if (resource != null) {
            checking.problems()
                    .warning(
                            "UNBOUNDED_CONCURRENCY",
                            place,
                            "without MaxConcurrency all items call " + resource + " at once",
                            "set MaxConcurrency to what the other side bears");
        }
    }

    /** The first resource outside this process that is called for an item; null when there is none. */
    private static @Nullable String firstCall(JsonNode map) {
        Deque<JsonNode> open = new ArrayDeque<>();
        open.add(map);
        while (!open.isEmpty()) {
            JsonNode node = open.remove();
            if (node.path("Type").asText().equals("Task")) {
                Resource resource = Resource.parse(node.path("Resource").asText());
                if (!(resource instanceof Resource.InProcess || resource instanceof Resource.Unknown)) {
                    return resource.uri();
                }
            }
            for (String field : INSIDE) {
                node.path(field).forEach(open::add);
                if (node.path(field).isObject()) {
                    open.add(node.path(field));
                }
            }
        }
        return null;
    }
}
