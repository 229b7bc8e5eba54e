package dev.reprise.task.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.aws.client.AssumedRoles;
import dev.reprise.task.aws.client.AwsCall;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.FreshValues;
import dev.reprise.task.aws.client.ServiceRefusedException;
import dev.reprise.task.aws.client.UnreachableServiceException;
import dev.reprise.task.aws.client.WebCalls;
import dev.reprise.task.aws.protocol.WireAnswer;
import dev.reprise.task.aws.protocol.WireRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Connections of EventBridge, which hold what an API wants to see of who asks. EventBridge says what kind one is, the
 * secret that it keeps in Secrets Manager holds the values. Both are asked in the name of the task's {@code
 * Credentials}. A configuration may stand for one by its name. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection.html">AWS, Connections
 *     for HTTP endpoint targets</a>
 */
public final class HttpConnections {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** How long what was read is taken for what is there. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AwsClient aws;
    private final WebCalls web;
    private final WebAccess access;
    private final Map<String, String> configured;
    private final StateCredentials credentials;
    private final InstantSource clock;

    /** By the connection's ARN and who asked for it: what one role may read is not for another. */
    private final FreshValues<HttpConnection> known;

    /**
     * @param roles that tasks with {@code Credentials} ask in
     * @param configured {@code Headers}, {@code QueryParameters} and {@code RequestBody} of connections, JSON by name
     */
    public HttpConnections(
            AwsClient aws,
            AssumedRoles roles,
            WebCalls web,
            WebAccess access,
            Map<String, String> configured,
            InstantSource clock) {
        this.aws = aws;
        this.credentials = new StateCredentials(roles);
        this.web = web;
        this.access = access;
        this.configured = Map.copyOf(configured);
        this.clock = clock;
        this.known = new FreshValues<>(clock);
    }

    /**
     * The connection of that ARN.
     *
     * @throws TaskException when it cannot be had
     */
    HttpConnection find(String arn, TaskCall call) {
        try {
            return known.get(
                    name(arn, call),
                    () -> new FreshValues.Fresh<>(
                            read(arn, call), clock.instant().plus(FRESH)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaskException("States.Http.Socket", "The call was given up");
        }
    }

    /** The API did not take what the connection holds: it is read again when it is next asked for. */
    void forget(String arn, TaskCall call, HttpConnection refused) {
        known.forget(name(arn, call), refused);
    }

    private static String name(String arn, TaskCall call) {
        return arn + " " + Objects.requireNonNullElse(call.credentials(), NullNode.instance);
    }

    private HttpConnection read(String arn, TaskCall call) {
        String[] parts = arn.split("[:/]", -1);
        if (parts.length < 7 || !parts[2].equals("events") || !parts[5].equals("connection")) {
            throw WebParameters.wrong(
                    "ConnectionArn", "'" + arn + "' must be arn:aws:events:REGION:ACCOUNT:connection/NAME/ID");
        }
        String name = parts[6];
        String values = configured.get(name);
        return values == null ? fromEventBridge(arn, name, call) : fromConfiguration(name, values);
    }

    private static HttpConnection fromConfiguration(String name, String values) {
        JsonNode json;
        try {
            json = JSON.readTree(values);
        } catch (JsonProcessingException e) {
            throw new TaskException(
                    "States.Runtime", "reprise.http.connection." + name + " is no JSON: " + e.getOriginalMessage());
        }
        Map<String, JsonNode> body = new LinkedHashMap<>();
        json.path("RequestBody").properties().forEach(member -> body.put(member.getKey(), member.getValue()));
        return new HttpConnection(texts(json.path("Headers")), texts(json.path("QueryParameters")), body, false);
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().asText()));
        return texts;
    }

    // ---- EventBridge

    private HttpConnection fromEventBridge(String arn, String name, TaskCall call) {
        JsonNode described = ask("eventbridge", "describeConnection", "Name", name, call);
        String found = described.path("ConnectionArn").asText(arn);
        if (!place(found).equals(place(arn))) {
            throw WebParameters.wrong(
                    "ConnectionArn",
                    "'" + arn + "' is in another region or account than " + whoAsks(call) + ", where '" + found
                            + "' is");
        }
        JsonNode secret = secret(described.path("SecretArn").asText(), call);
        JsonNode parameters = described.path("AuthParameters");
        HttpConnection with = ConnectionParameters.of(parameters, secret);
        String type = described.path("AuthorizationType").asText();
        return switch (type) {
            case "API_KEY" ->
                with.with(
                        parameters.at("/ApiKeyAuthParameters/ApiKeyName").asText(),
                        ConnectionParameters.value(secret, "api_key_value"),
                        false);
            case "BASIC" -> {
                String pair = parameters.at("/BasicAuthParameters/Username").asText() + ":"
                        + ConnectionParameters.value(secret, "password");
                yield with.with(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)),
                        false);
            }
            case "OAUTH_CLIENT_CREDENTIALS" ->
                with.with("Authorization", "Bearer " + token(parameters.path("OAuthParameters"), secret), true);
            default ->
                throw new TaskException(
                        "States.Runtime",
                        "The connection " + name + " authorizes by '" + type + "', which is not known");
        };
    }

    private static String whoAsks(TaskCall call) {
        JsonNode credentials = call.credentials();
        return credentials == null || credentials.isNull()
                ? "this function"
                : "this function in the role " + credentials.path("RoleArn").asText();
    }

    /** Region and account of an ARN, and all before. */
    private static String place(String arn) {
        return arn.replaceFirst(":connection/.*", "");
    }

    private JsonNode secret(String arn, TaskCall call) {
        String text = ask("secretsmanager", "getSecretValue", "SecretId", arn, call)
                .path("SecretString")
                .asText();
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // What it holds is not for a message.
            throw new TaskException("States.Runtime", "The secret " + arn + " holds no JSON");
        }
    }

    private JsonNode ask(String service, String action, String member, String value, TaskCall call) {
        AwsCall request = AwsCall.of(
                        service, action, JsonNodeFactory.instance.objectNode().put(member, value))
                .as(credentials.identity(call.credentials(), call.context().executionArn()))
                .until(call.context().deadline());
        try {
            return aws.call(request).output();
        } catch (ServiceRefusedException e) {
            throw new TaskException(SdkErrors.INSTANCE.of(e), e);
        } catch (UnreachableServiceException e) {
            throw new TaskException(SdkErrors.INSTANCE.of(request.service(), e), e);
        }
    }

    // ---- tokens

    /** Asks for one with the client's credentials. RFC 6749, section 4.4. */
    private String token(JsonNode parameters, JsonNode secret) {
        URI address =
                WebParameters.address(parameters.path("AuthorizationEndpoint").asText());
        access.check(address);
        HttpConnection added =
                ConnectionParameters.of(parameters.path("OAuthHttpParameters"), "", secret, "oauth_http_parameters");
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        form.put("grant_type", "client_credentials");
        form.put("client_id", parameters.at("/ClientParameters/ClientID").asText());
        form.put("client_secret", ConnectionParameters.value(secret, "client_secret"));
        added.body().forEach(form::set);
        Map<String, String> headers = new LinkedHashMap<>(added.headers());
        headers.putIfAbsent("Content-Type", "application/x-www-form-urlencoded");
        HttpTarget target = HttpTarget.of(address);
        WireRequest request = new WireRequest(
                parameters.path("HttpMethod").asText("POST"),
                target.path(),
                target.query(added.query()),
                headers,
                FormEncoding.REPEAT.encode(form).getBytes(StandardCharsets.UTF_8));
        WireAnswer answer = send(target.origin(), request);
        String token = tokenIn(answer);
        if (answer.status() / 100 != 2 || token == null) {
            throw new TaskException(
                    "States.Http.StatusCode." + answer.status(),
                    address.getHost() + " gave no token for the connection");
        }
        return token;
    }

    private static @Nullable String tokenIn(WireAnswer answer) {
        try {
            return JSON.readTree(answer.body()).path("access_token").textValue();
        } catch (IOException e) {
            return null;
        }
    }

    private WireAnswer send(URI origin, WireRequest request) {
        try {
            return web.send(origin, request, PATIENCE);
        } catch (IOException e) {
            throw new TaskException("States.Http.Socket", HttpInvoke.describe(origin, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaskException("States.Http.Socket", "The call was given up");
        } catch (IllegalArgumentException e) {
            throw new TaskException("States.Runtime", "HTTP has no such request: " + e.getMessage());
        }
    }
}
