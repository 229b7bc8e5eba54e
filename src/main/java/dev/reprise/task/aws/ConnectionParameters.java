package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.task.TaskException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Headers, query and body that a connection adds. EventBridge tells them, but for the values that are secret, which
 * stand in the connection's secret under the same keys.
 */
final class ConnectionParameters {

    private ConnectionParameters() {}

    /** Those that are added to every request. */
    static HttpConnection of(JsonNode parameters, JsonNode secret) {
        return of(parameters, "InvocationHttpParameters", secret, "invocation_http_parameters");
    }

    /**
     * Those of one place.
     *
     * @param field where they stand; empty for the parameters themselves
     * @param secretField where they stand in the secret
     */
    static HttpConnection of(JsonNode parameters, String field, JsonNode secret, String secretField) {
        JsonNode told = field.isEmpty() ? parameters : parameters.path(field);
        JsonNode secrets = secret.path(secretField);
        Map<String, JsonNode> body = new LinkedHashMap<>();
        texts(told.path("BodyParameters"), secrets.path("body_parameters"))
                .forEach((name, value) -> body.put(name, TextNode.valueOf(value)));
        return new HttpConnection(
                texts(told.path("HeaderParameters"), secrets.path("header_parameters")),
                texts(told.path("QueryStringParameters"), secrets.path("query_string_parameters")),
                body,
                false);
    }

    private static Map<String, String> texts(JsonNode told, JsonNode secrets) {
        Map<String, String> texts = new LinkedHashMap<>();
        told.forEach(parameter -> texts.put(
                parameter.path("Key").asText(), parameter.path("Value").asText()));
        secrets.forEach(parameter -> texts.put(
                parameter.path("key").asText(), parameter.path("value").asText()));
        return texts;
    }

    /** @throws TaskException when it is not in the secret */
    static String value(JsonNode secret, String name) {
        String value = secret.path(name).textValue();
        if (value == null) {
            throw new TaskException("States.Runtime", "The secret of the connection has no " + name);
        }
        return value;
    }
}
