package dev.reprise.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The members of a request that was held against its shape. */
record Members(JsonNode body) {

    /** The year 9999. */
    private static final double LATEST_SECONDS = 253_402_300_799d;

    /** One that is required. */
    String text(String name) {
        return body.path(name).textValue();
    }

    /** Null when it is absent. */
    @Nullable
    String textOrNull(String name) {
        return body.path(name).textValue();
    }

    boolean flag(String name) {
        return body.path(name).booleanValue();
    }

    boolean flag(String name, boolean absent) {
        return body.hasNonNull(name) ? flag(name) : absent;
    }

    @Nullable
    Integer wholeOrNull(String name) {
        return body.hasNonNull(name) ? Integer.valueOf(body.path(name).intValue()) : null;
    }

    @Nullable
    JsonNode jsonOrNull(String name) {
        return body.hasNonNull(name) ? body.get(name) : null;
    }

    Paging paging() {
        return Paging.of(wholeOrNull("maxResults"), textOrNull("nextToken"));
    }

    /** Whether the data are wanted too. */
    boolean withData() {
        return !"METADATA_ONLY".equals(textOrNull("includedData"));
    }

    boolean express() {
        return "EXPRESS".equals(textOrNull("type"));
    }

    SortedMap<String, String> tags() {
        SortedMap<String, String> tags = new TreeMap<>();
        for (JsonNode tag : body.path("tags")) {
            tags.put(tag.path("key").asText(), tag.path("value").asText());
        }
        return tags;
    }

    /** Labels that executions bear: no part of the service's model, so nobody else has looked at them. */
    Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        JsonNode given = body.path("labels");
        if (given.isMissingNode() || given.isNull()) {
            return labels;
        }
        if (!given.isObject()) {
            throw ApiException.unreadable("'labels' must be an object, such as {\"order\": \"4711\"}");
        }
        for (Map.Entry<String, JsonNode> label : given.properties()) {
            if (!label.getValue().isValueNode() || label.getValue().isNull()) {
                throw ApiException.unreadable("'labels." + label.getKey() + "' must be a string");
            }
            labels.put(label.getKey(), label.getValue().asText());
        }
        return labels;
    }

    /** A time in seconds since 1970, as the API has them; null when it is absent. */
    @Nullable
    Instant timeOrNull(String name) {
        JsonNode given = body.path(name);
        if (given.isMissingNode() || given.isNull()) {
            return null;
        }
        if (!given.isNumber() || Math.abs(given.doubleValue()) > LATEST_SECONDS) {
            throw ApiException.unreadable("'" + name + "' must be a time in seconds since 1970");
        }
        return Instant.ofEpochMilli(given.decimalValue().movePointRight(3).longValue());
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        body.path(name).forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    List<VersionRequest.Route> routes() {
        List<VersionRequest.Route> routes = new ArrayList<>();
        for (JsonNode route : body.path("routingConfiguration")) {
            routes.add(new VersionRequest.Route(
                    route.path("stateMachineVersionArn").asText(),
                    route.path("weight").intValue()));
        }
        return routes;
    }
}
