package dev.reprise.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.RequestException;
import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests of HTTP as Lambda gets them: from a Function URL or API Gateway's HTTP API, payload 2.0, and from API
 * Gateway's REST API or an HTTP API with payload 1.0. Bodies of a type that is not known to be text come in base64.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads">AWS, Request and
 *     response payloads</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">AWS,
 *     Payload format versions</a>
 */
final class HttpEvents {

    private HttpEvents() {}

    /** Whether the event is such a request. */
    static boolean isOne(JsonNode event) {
        return event.path("requestContext").isObject()
                && (event.has("httpMethod") || event.path("requestContext").has("http"));
    }

    /** Whether the function's own URL brings it. */
    static boolean isOfFunctionUrl(JsonNode event) {
        return event.path("requestContext").path("domainName").asText().contains(".lambda-url.");
    }

    /**
     * Without the query: what functions are asked by HTTP is the Step Functions API, which has none.
     *
     * @throws RequestException when its body is not what it says
     */
    static HttpCall read(JsonNode event) {
        JsonNode http = event.path("requestContext").path("http");
        boolean second = http.isObject();
        Map<String, String> headers = new HashMap<>();
        event.path("multiValueHeaders")
                .properties()
                .forEach(header ->
                        headers.put(header.getKey(), header.getValue().path(0).asText()));
        event.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        String method =
                second ? http.path("method").asText() : event.path("httpMethod").asText();
        return new HttpCall(
                method.toUpperCase(Locale.ROOT),
                second ? event.path("rawPath").asText() : event.path("path").asText(),
                "",
                headers,
                body(
                        event.path("body").textValue(),
                        event.path("isBase64Encoded").booleanValue()));
    }

    private static byte[] body(@Nullable String body, boolean base64) {
        if (body == null) {
            return new byte[0];
        }
        if (!base64) {
            return body.getBytes(UTF_8);
        }
        try {
            return Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new RequestException(
                    "InvalidEvent", "The event's body says that it is in base64, and is not: " + e.getMessage());
        }
    }

    /** The same form of answer suits both payloads. */
    static ObjectNode write(HttpAnswer answer) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("statusCode", answer.status());
        ObjectNode headers = json.putObject("headers");
        answer.headers().forEach(headers::put);
        byte[] bytes = bytes(answer.body());
        boolean isText = isText(answer.headers().get("Content-Type"));
        json.put("body", isText ? new String(bytes, UTF_8) : Base64.getEncoder().encodeToString(bytes));
        return json.put("isBase64Encoded", !isText);
    }

    private static boolean isText(@Nullable String contentType) {
        return contentType != null && (contentType.contains("json") || contentType.startsWith("text/"));
    }

    private static byte[] bytes(HttpAnswer.Body body) {
        return switch (body) {
            case HttpAnswer.Bytes(byte[] bytes) -> bytes;
            case HttpAnswer.Stream(HttpAnswer.Writing writing) -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try {
                    writing.writeTo(out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                yield out.toByteArray();
            }
        };
    }
}
