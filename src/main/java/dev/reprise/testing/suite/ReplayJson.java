package dev.reprise.testing.suite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What comes of a replay, as JSON: for programs, and for pages. The replay's own events are left to whoever wants them.
 */
public final class ReplayJson {

    private ReplayJson() {}

    /** The result without its events. */
    public static ObjectNode write(ReplayResult result) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("verdict", result.verdict().name());
        ArrayNode differences = json.putArray("differences");
        result.differences().forEach(each -> differences.add(difference(each)));
        if (result.otherData() != null) {
            json.set("otherData", difference(result.otherData()));
        }
        json.set("then", end(result.then()));
        json.set("now", end(result.now()));
        json.put("facts", result.facts());
        json.put("leftOverCount", result.leftOverCount());
        ArrayNode left = json.putArray("leftOver");
        for (ReplayResult.LeftOver each : result.leftOver()) {
            left.addObject()
                    .put("state", each.state())
                    .put("scope", each.scope())
                    .put("attempt", each.attempt())
                    .put("event", each.event());
        }
        return json;
    }

    private static ObjectNode difference(Difference difference) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", difference.kind().name());
        json.put("words", difference.words());
        json.put("scope", difference.scope().toString());
        if (difference.state() != null) {
            json.put("state", difference.state());
        }
        if (difference.item() != null) {
            json.put("item", difference.item());
        }
        if (difference.attempt() != null) {
            json.put("attempt", difference.attempt());
        }
        if (difference.event() != null) {
            json.put("event", difference.event());
        }
        if (difference.replayed() != null) {
            json.put("replayed", difference.replayed());
        }
        return json;
    }

    private static ObjectNode end(ReplayResult.End end) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", end.status().name());
        if (end.output() != null) {
            json.set("output", end.output());
        }
        if (end.error() != null) {
            json.put("error", end.error());
        }
        if (end.cause() != null) {
            json.put("cause", end.cause());
        }
        return json;
    }
}
