package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.ApiGatewayHeaders;
import dev.reprise.asl.Resource;
import dev.reprise.task.RequestProblem;
import dev.reprise.task.RequestTemplate;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskSource;
import dev.reprise.task.TaskThreads;
import dev.reprise.task.aws.client.WebCalls;
import dev.reprise.task.aws.protocol.WireAnswer;
import dev.reprise.task.aws.protocol.WireRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code arn:aws:states:::http:invoke}: calls any API over HTTPS. What the API answers outside of 200 to 299 is
 * {@code States.Http.StatusCode.404} with the body as cause; no answer is {@code States.Http.Socket}.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html">AWS, Call HTTPS APIs</a>
 */
public final class HttpInvoke implements TaskSource {

    /** As Step Functions waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String FORM = "application/x-www-form-urlencoded";

    private static final Set<String> FIELDS = Set.of(
            "ApiEndpoint",
            "Method",
            "Authentication",
            "InvocationConfig",
            "Headers",
            "QueryParameters",
            "RequestBody",
            "Transform");

    private final TaskThreads threads;
    private final WebCalls web;
    private final WebAccess access;
    private final HttpConnections connections;

    public HttpInvoke(TaskThreads threads, WebCalls web, WebAccess access, HttpConnections connections) {
        this.threads = threads;
        this.web = web;
        this.access = access;
        this.connections = connections;
    }

    @Override
    public @Nullable TaskRunner find(Resource resource) {
        return resource.asks("http", "invoke") ? call -> threads.run(() -> invoke(call)) : null;
    }

    @Override
    public List<RequestProblem> problems(Resource resource, RequestTemplate request) {
        return resource.asks("http", "invoke") ? WebTemplate.problems(request, FIELDS) : List.of();
    }

    private JsonNode invoke(TaskCall call) {
        JsonNode input = call.input();
        WebParameters parameters = new WebParameters(input, false);
        URI address = WebParameters.address(parameters.text("ApiEndpoint"));
        access.check(address);
        String arn = connectionArn(input);
        HttpConnection connection = arn == null ? HttpConnection.NONE : connections.find(arn, call);
        WireAnswer answer = send(address, request(parameters, address, input, connection));
        if (arn != null && connection.isToken() && (answer.status() == 401 || answer.status() == 407)) {
            connections.forget(arn, call, connection);
            answer = send(address, request(parameters, address, input, connections.find(arn, call)));
        }
        if (answer.status() / 100 != 2) {
            String cause = WebResult.cause(answer);
            throw new TaskException(
                    "States.Http.StatusCode." + answer.status(),
                    cause.isEmpty() ? WebResult.statusText(answer.status()) : cause);
        }
        String text = WebResult.text(answer);
        if (text == null) {
            throw new TaskException(
                    "States.Runtime",
                    address.getHost() + " answered with what is no text in UTF-8, which no result can hold");
        }
        return WebResult.of(answer, text, UnaryOperator.identity());
    }

    private static @Nullable String connectionArn(JsonNode input) {
        JsonNode arn = input.path("Authentication").path("ConnectionArn");
        return (arn.isMissingNode() ? input.path("InvocationConfig").path("ConnectionArn") : arn).textValue();
    }

    private static WireRequest request(
            WebParameters parameters, URI address, JsonNode input, HttpConnection connection) {
        Map<String, String> headers = parameters.headers();
        List<String> reserved = ApiGatewayHeaders.unsupported(headers.keySet()).stream()
                .filter(name -> !name.equalsIgnoreCase("authorization"))
                .toList();
        if (!reserved.isEmpty()) {
            throw WebParameters.wrong("Headers", "contain what may not be sent: " + reserved);
        }
        headers.putAll(connection.headers());
        headers.putIfAbsent("User-Agent", "Reprise|HttpInvoke");
        Map<String, List<String>> query = parameters.query(address);
        connection.query().forEach((name, value) -> query.put(name, List.of(value)));
        byte[] body = body(input, connection, headers).getBytes(StandardCharsets.UTF_8);
        if (body.length > 0) {
            headers.putIfAbsent("Content-Type", "application/json");
        }
        return new WireRequest(parameters.method(), HttpTarget.of(address).path(), query, headers, body);
    }

    /** A text is sent as it is, anything else as JSON or as a form. */
    private static String body(JsonNode input, HttpConnection connection, Map<String, String> headers) {
        JsonNode body = input.path("RequestBody");
        if (!connection.body().isEmpty()) {
            if (!body.isObject() && !body.isMissingNode() && !body.isNull()) {
                throw WebParameters.wrong("RequestBody", "must be an object, as the connection adds to it");
            }
            ObjectNode merged = JsonNodeFactory.instance.objectNode();
            body.properties().forEach(member -> merged.set(member.getKey(), member.getValue()));
            connection.body().forEach(merged::set);
            body = merged;
        }
        FormEncoding form = encoding(input.path("Transform"));
        if (form != null && body.isObject()) {
            String type = headers.get("Content-Type");
            if (type != null && !type.toLowerCase(java.util.Locale.ROOT).startsWith(FORM)) {
                throw WebParameters.wrong("Headers", "must have the Content-Type " + FORM + " for URL_ENCODED");
            }
            headers.put("Content-Type", FORM);
            return form.encode(body);
        }
        return body.isMissingNode() || body.isNull() ? "" : body.isTextual() ? body.textValue() : body.toString();
    }

    private static @Nullable FormEncoding encoding(JsonNode transform) {
        String encoding = transform.path("RequestBodyEncoding").asText("NONE");
        String format =
                transform.path("RequestEncodingOptions").path("ArrayFormat").asText("INDICES");
        return switch (encoding) {
            case "NONE" -> null;
            case "URL_ENCODED" -> {
                try {
                    yield FormEncoding.valueOf(format);
                } catch (IllegalArgumentException e) {
                    throw WebParameters.wrong(
                            "Transform",
                            "ArrayFormat must be one of " + List.of(FormEncoding.values()) + ", was '" + format + "'");
                }
            }
            default ->
                throw WebParameters.wrong(
                        "Transform", "RequestBodyEncoding must be NONE or URL_ENCODED, was '" + encoding + "'");
        };
    }

    private WireAnswer send(URI address, WireRequest request) {
        try {
            return web.send(HttpTarget.of(address).origin(), request, PATIENCE);
        } catch (IOException e) {
            throw new TaskException(
                    new dev.reprise.execution.StatesError("States.Http.Socket", describe(address, e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaskException("States.Http.Socket", "The call was given up");
        } catch (IllegalArgumentException e) {
            throw new TaskException("States.Runtime", "HTTP has no such request: " + e.getMessage());
        }
    }

    static String describe(URI address, IOException e) {
        return "Cannot reach " + address.getHost() + ": "
                + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }

    @Override
    public List<String> known() {
        return List.of("arn:aws:states:::http:invoke");
    }
}
