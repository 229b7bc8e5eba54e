package dev.reprise.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.StubService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A published definition with an input, what the services that it calls answer, and the end that it is to come to.
 *
 * @param json the case as it stands in the file; its members are those of the methods here
 */
record FieldRun(JsonNode json) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OF_HTTP = Set.of("SdkHttpMetadata", "SdkResponseMetadata");
    private static final Path FILE = Path.of("src/test/resources/field/runs.json");

    static List<FieldRun> readAll() {
        try {
            return StreamSupport.stream(JSON.readTree(Files.readString(FILE)).spliterator(), false)
                    .map(FieldRun::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }

    /** The definition's number, which is the name of its file. */
    String definition() {
        return json.path("definition").asText();
    }

    /** Whether this is that definition: in another folder another one may have its number. */
    boolean isOf(FieldDefinition other) {
        return definition().equals(other.name()) && json.path("origin").asText().equals(other.origin());
    }

    /** What this run shows. */
    String what() {
        return json.path("what").asText();
    }

    JsonNode input() {
        return json.path("input");
    }

    /**
     * By the names of states, what their service answers, as it sends it; a list is answered in turn, the last again.
     */
    Iterable<Map.Entry<String, JsonNode>> services() {
        return json.path("services").properties();
    }

    /** By the names of states, the results of tasks that call what is no service of AWS: an HTTP task, an activity. */
    Iterable<Map.Entry<String, JsonNode>> results() {
        return json.path("results").properties();
    }

    /**
     * What whoever has the token of a state's task sends: {@code output}, or {@code error} and {@code cause}; or null.
     */
    JsonNode callback(String state) {
        return json.path("callbacks").get(state);
    }

    /** Objects that are there, by {@code bucket/key}. */
    Iterable<Map.Entry<String, JsonNode>> objects() {
        return json.path("objects").properties();
    }

    /** By the ARN of a state machine, the workflow that stands for it. */
    Iterable<Map.Entry<String, JsonNode>> starts() {
        return json.path("starts").properties();
    }

    /** By the names of states, what their service was asked: the bodies of its requests, in their order. */
    Iterable<Map.Entry<String, JsonNode>> asked() {
        return json.path("asked").properties();
    }

    /**
     * What goes over the wire: {@code {"xml": …}} stands for XML, {@code {"refused": {"status": 400, "code": …,
     * "message": …}}} for an error, {@code {"functionError": …}} for a Lambda function's, {@code {"json": …}} for a
     * list; anything else is JSON.
     */
    static StubService.Answer answer(JsonNode said) {
        if (said.has("xml")) {
            return new StubService.Answer(
                    200, Map.of("Content-Type", "text/xml"), said.path("xml").asText());
        } else if (said.has("refused")) {
            JsonNode refused = said.path("refused");
            return StubService.Answer.error(
                    refused.path("status").asInt(),
                    refused.path("code").asText(),
                    refused.path("message").asText());
        } else if (said.has("functionError")) {
            return new StubService.Answer(
                    200,
                    Map.of("X-Amz-Function-Error", "Unhandled"),
                    said.path("functionError").toString());
        }
        return StubService.Answer.json((said.has("json") ? said.path("json") : said).toString());
    }

    /** A result without what a service's answer says of HTTP, such as the time. */
    static JsonNode plain(JsonNode result) {
        if (result.isObject()) {
            ObjectNode plain = JSON.createObjectNode();
            result.properties().stream()
                    .filter(member -> !OF_HTTP.contains(member.getKey()))
                    .forEach(member -> plain.set(member.getKey(), plain(member.getValue())));
            return plain;
        } else if (result.isArray()) {
            ArrayNode plain = JSON.createArrayNode();
            result.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        return result;
    }

    /** A body that is JSON is compared as such. */
    static JsonNode body(String text) {
        try {
            JsonNode read = text.startsWith("{") ? JSON.readTree(text) : null;
            return read == null ? JSON.getNodeFactory().textNode(text) : read;
        } catch (IOException e) {
            return JSON.getNodeFactory().textNode(text);
        }
    }

    @Override
    public String toString() {
        return definition() + " " + what();
    }
}
