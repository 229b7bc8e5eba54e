package dev.reprise.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The members of a request that was held against its shape. */
record Members(JsonNode body) {

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
