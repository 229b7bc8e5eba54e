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
import java.time.Duration;
import java.util.function.Consumer;

/** A client of the Step Functions API: JSON 1.0, without signatures, as an endpoint on loopback takes it. */
final class StepFunctionsClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** More than a long poll takes. */
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private final URI endpoint;
    private final HttpClient http;

    StepFunctionsClient(URI endpoint) {
        this.endpoint = endpoint;
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
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(endpoint)
                            .timeout(TIMEOUT)
                            .header("Content-Type", "application/x-amz-json-1.0")
                            .header("X-Amz-Target", "AWSStepFunctions." + action)
                            .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
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

    private static CommandException refused(String action, int status, JsonNode body) {
        String type = body.path("__type").asText("HTTP status " + status);
        return new CommandException(action + ": " + type.substring(type.indexOf('#') + 1)
                + (body.hasNonNull("message") ? ": " + body.path("message").asText() : ""));
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
