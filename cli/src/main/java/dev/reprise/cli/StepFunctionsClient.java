package dev.reprise.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client of the Step Functions API: JSON 1.0, signed where the endpoint wants that. */
final class StepFunctionsClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** More than a long poll takes. */
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private final URI endpoint;
    private final @Nullable Signing signing;
    private final HttpClient http;

    /** @param signing null where requests are not signed */
    StepFunctionsClient(URI endpoint, @Nullable Signing signing) {
        this.endpoint = endpoint;
        this.signing = signing;
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * Asks for an action.
     *
     * @throws CommandException when it is refused, or nobody answers
     */
    JsonNode call(String action, ObjectNode request) {
        byte[] sent = request.toString().getBytes(StandardCharsets.UTF_8);
        Map<String, List<String>> headers = Map.of(
                "Content-Type", List.of("application/x-amz-json-1.0"),
                "X-Amz-Target", List.of("AWSStepFunctions." + action));
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(endpoint).timeout(TIMEOUT).POST(HttpRequest.BodyPublishers.ofByteArray(sent));
        (signing == null ? headers : signing.sign(endpoint, headers, sent))
                .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        try {
            HttpResponse<String> response = http.send(builder.build(), HttpResponse.BodyHandlers.ofString());
            if (Forbidden.is(response.statusCode(), "") && !isJson(response.body())) {
                throw refused(action, response.statusCode(), object());
            }
            JsonNode body = JsonText.MAPPER.readTree(response.body().isEmpty() ? "{}" : response.body());
            if (response.statusCode() != 200) {
                throw refused(action, response.statusCode(), body);
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new CommandException(endpoint + " gives no JSON: is it an endpoint of the Step Functions API?");
        } catch (IOException e) {
            throw new CommandException(
                    "Nothing answers at " + endpoint + " (" + e + "). Start ./mvnw quarkus:dev, or say where"
                            + " the endpoint is: --endpoint URL, or AWS_ENDPOINT_URL_SFN");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted");
        }
    }

    private static boolean isJson(String body) {
        try {
            return JsonText.MAPPER.readTree(body).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private CommandException refused(String action, int status, JsonNode body) {
        String type = body.path("__type").asText("");
        String error = type.substring(type.indexOf('#') + 1);
        // Lambda and API Gateway write it in capitals.
        String message = body.path("message").asText(body.path("Message").asText(""));
        return new CommandException(action + ": " + (error.isEmpty() ? "HTTP status " + status : error)
                + (message.isEmpty() ? "" : ": " + message)
                + (Forbidden.is(status, error) ? "\n" + Forbidden.advice(signing, error, message) : ""));
    }

    /**
     * Asks for all pages.
     *
     * @param member what holds a page's elements
     */
    void pages(String action, ObjectNode request, String member, Consumer<JsonNode> each) {
        ObjectNode next = request.deepCopy();
        while (true) {
            JsonNode page = call(action, next);
            page.path(member).forEach(each);
            if (!page.hasNonNull("nextToken")) {
                return;
            }
            next.set("nextToken", page.get("nextToken"));
        }
    }
}
