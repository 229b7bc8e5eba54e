package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ApiGatewayHeaders;
import dev.reprise.asl.Resource;
import dev.reprise.execution.StatesError;
import dev.reprise.task.RequestProblem;
import dev.reprise.task.RequestTemplate;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskSource;
import dev.reprise.task.TaskThreads;
import dev.reprise.task.aws.client.AssumedRoles;
import dev.reprise.task.aws.client.AwsAccess;
import dev.reprise.task.aws.client.UnreachableServiceException;
import dev.reprise.task.aws.client.WebCalls;
import dev.reprise.task.aws.protocol.WireAnswer;
import dev.reprise.task.aws.protocol.WireRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * {@code arn:aws:states:::apigateway:invoke}: calls an API behind API Gateway. What it answers outside of 200 to 299 is
 * {@code ApiGateway.403} with the body as cause.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html">AWS, API Gateway</a>
 */
public final class ApiGatewayInvoke implements TaskSource {

    /** As API Gateway lets an integration run, and a little for the way. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Where API Gateway is: an API, perhaps through an endpoint of a VPC, the region, and the partition's domain. */
    private static final Pattern HOST = Pattern.compile(
            "[a-z0-9]+(-vpce-[a-z0-9-]+)?\\.execute-api\\.(?<region>[a-z0-9-]+)\\.(?<domain>[a-z0-9.-]+)");

    private static final Set<String> FIELDS = Set.of(
            "ApiEndpoint",
            "Method",
            "Headers",
            "Stage",
            "Path",
            "QueryParameters",
            "RequestBody",
            "AllowNullValues",
            "AuthType");

    private static final Set<String> AUTH_TYPES = Set.of("NO_AUTH", "IAM_ROLE", "RESOURCE_POLICY");

    private final TaskThreads threads;
    private final WebCalls web;
    private final WebAccess access;
    private final AwsAccess aws;
    private final StateCredentials credentials;

    /**
     * @param access names hosts that stand for API Gateway, whatever they are called
     * @param aws whether API Gateway itself may be called
     * @param roles that states with {@code Credentials} ask in
     */
    public ApiGatewayInvoke(TaskThreads threads, WebCalls web, WebAccess access, AwsAccess aws, AssumedRoles roles) {
        this.threads = threads;
        this.web = web;
        this.access = access;
        this.aws = aws;
        this.credentials = new StateCredentials(roles);
    }

    @Override
    public @Nullable TaskRunner find(Resource resource) {
        return resource.asks("apigateway", "invoke") ? call -> threads.run(() -> invoke(call)) : null;
    }

    @Override
    public List<RequestProblem> problems(Resource resource, RequestTemplate request) {
        return resource.withoutToken().asks("apigateway", "invoke") ? WebTemplate.problems(request, FIELDS) : List.of();
    }

    private JsonNode invoke(TaskCall call) {
        JsonNode input = call.input();
        WebParameters parameters =
                new WebParameters(input, input.path("AllowNullValues").asBoolean());
        String host = parameters.text("ApiEndpoint");
        WireRequest request = request(parameters, input);
        URI origin = origin(host, request.path());
        String authType = parameters.optionalText("AuthType");
        if (authType != null && !AUTH_TYPES.contains(authType)) {
            throw WebParameters.wrong(
                    "AuthType", "must be one of " + AUTH_TYPES.stream().sorted().toList() + ", was '" + authType + "'");
        }
        boolean signed = authType != null && !authType.equals("NO_AUTH");
        WireAnswer answer = signed ? sendSigned(origin, request, region(host), call) : send(origin, request);
        if (answer.status() / 100 != 2) {
            throw new TaskException("ApiGateway." + answer.status(), WebResult.cause(answer));
        }
        String text = WebResult.text(answer);
        if (text == null) {
            throw new TaskException(
                    "States.Runtime", host + " answered with what is no text in UTF-8, which no result can hold");
        }
        return WebResult.of(answer, text, ApiGatewayInvoke::nameOfHeader);
    }

    /** Scheme, host and port, once what is to be called there may be called. */
    private URI origin(String host, String path) {
        for (String scheme : List.of("https", "http")) {
            URI origin = alone(scheme, host);
            if (access.lists(URI.create(origin + path))) {
                access.check(URI.create(origin + path));
                return origin;
            }
        }
        if (region(host) == null) {
            throw WebParameters.wrong(
                    "ApiEndpoint",
                    "'" + host + "' is no host of API Gateway, such as"
                            + " abc123.execute-api.us-east-1.amazonaws.com; one that stands for it is to be in"
                            + " reprise.http.allowed");
        }
        String refusal = aws.refusal("execute-api");
        if (refusal != null) {
            throw new TaskException("ApiGateway.SdkClientException", refusal);
        }
        URI origin = alone("https", host);
        access.check(URI.create(origin + path));
        return origin;
    }

    private static URI alone(String scheme, String host) {
        URI origin = WebParameters.address(scheme + "://" + host);
        if (origin.getHost() == null || origin.getUserInfo() != null || !host.equals(origin.getRawAuthority())) {
            throw WebParameters.wrong("ApiEndpoint", "'" + host + "' must be a host and nothing more");
        }
        return origin;
    }

    /** The region of a host of API Gateway; null for any other host. */
    static @Nullable String region(String host) {
        Matcher matcher = HOST.matcher(host);
        if (!matcher.matches()) {
            return null;
        }
        String region = matcher.group("region");
        String domain = PartitionMetadata.of(Region.of(region)).dnsSuffix();
        return matcher.group("domain").equals(domain) ? region : null;
    }

    /** In ASCII, as it is sent, for so it is signed too. */
    private static String path(WebParameters parameters) {
        StringBuilder path = new StringBuilder();
        for (String field : List.of("Stage", "Path")) {
            String part = parameters.optionalText(field);
            if (part != null && !part.isEmpty()) {
                path.append(part.startsWith("/") ? "" : "/").append(part);
            }
        }
        try {
            // With a host, for a path that begins with two slashes would be taken for one.
            URI whole = new URI("https", "host", path.isEmpty() ? "/" : path.toString(), null);
            return URI.create(whole.toASCIIString()).getRawPath();
        } catch (URISyntaxException e) {
            throw WebParameters.wrong("Path", "is none: " + e.getMessage());
        }
    }

    private static WireRequest request(WebParameters parameters, JsonNode input) {
        Map<String, String> headers = parameters.headers();
        List<String> reserved = ApiGatewayHeaders.unsupported(headers.keySet());
        if (!reserved.isEmpty()) {
            throw WebParameters.wrong("Headers", "contain unsupported values: " + reserved);
        }
        JsonNode body = input.path("RequestBody");
        byte[] bytes = body.isMissingNode() || body.isNull()
                ? new byte[0]
                : body.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            headers.putIfAbsent("Content-Type", "application/json");
        }
        return new WireRequest(
                parameters.method(), path(parameters), parameters.query(URI.create("/")), headers, bytes);
    }

    /** As API Gateway writes it: {@code Content-Type}, but for two names of its own. */
    static String nameOfHeader(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "x-amz-apigw-id" -> "x-amz-apigw-id";
            case "x-amzn-requestid" -> "x-amzn-RequestId";
            default -> {
                StringBuilder written = new StringBuilder();
                for (String word : name.split("-", -1)) {
                    written.append(written.isEmpty() ? "" : "-")
                            .append(word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT))
                            .append(word.isEmpty() ? "" : word.substring(1));
                }
                yield written.toString();
            }
        };
    }

    private WireAnswer send(URI origin, WireRequest request) {
        return answer(origin, () -> web.send(origin, request, PATIENCE));
    }

    /** @param region null for the function's own */
    private WireAnswer sendSigned(URI origin, WireRequest request, @Nullable String region, TaskCall call) {
        return answer(
                origin,
                () -> web.sendSigned(
                        origin,
                        request,
                        "execute-api",
                        region,
                        credentials.identity(call.credentials(), call.context().executionArn()),
                        PATIENCE));
    }

    private interface Exchange {
        WireAnswer answer() throws IOException, InterruptedException;
    }

    private static WireAnswer answer(URI origin, Exchange exchange) {
        try {
            return exchange.answer();
        } catch (IOException e) {
            throw new TaskException(
                    new StatesError("ApiGateway.SdkClientException", HttpInvoke.describe(origin, e)), e);
        } catch (SdkClientException | UnreachableServiceException e) {
            throw new TaskException(
                    new StatesError("ApiGateway.SdkClientException", "The request cannot be signed: " + e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaskException("ApiGateway.SdkClientException", "The call was given up");
        } catch (IllegalArgumentException e) {
            throw new TaskException("States.Runtime", "HTTP has no such request: " + e.getMessage());
        }
    }

    @Override
    public List<String> known() {
        return List.of("arn:aws:states:::apigateway:invoke");
    }
}
