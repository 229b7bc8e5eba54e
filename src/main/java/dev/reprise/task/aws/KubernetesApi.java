package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.StatesError;
import dev.reprise.task.TaskException;
import dev.reprise.task.aws.client.AssumedRoles;
import dev.reprise.task.aws.client.AwsAccess;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.ClusterTokens;
import dev.reprise.task.aws.client.TrustedAuthority;
import dev.reprise.task.aws.client.UnreachableServiceException;
import dev.reprise.task.aws.client.WebCalls;
import dev.reprise.task.aws.protocol.WireAnswer;
import dev.reprise.task.aws.protocol.WireRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Clusters of EKS, asked over Kubernetes' own API with a token that STS vouches for. What a cluster answers outside of
 * 200 to 299 is the error {@code EKS.404}. Calls run on the thread that makes them. Thread-safe.
 */
public final class KubernetesApi {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Where a token may go that tells whose it is. */
    private static final Pattern HOST =
            Pattern.compile("[a-zA-Z0-9.-]+\\.(eks\\.amazonaws\\.com(\\.cn)?|eks-cluster\\.[a-z0-9-]+\\.api\\.aws)");

    private static final String UNREACHABLE = "EKS.SdkClientException";

    private final WebCalls web;
    private final ClusterTokens tokens;
    private final WebAccess access;
    private final AwsAccess aws;
    private final StateCredentials credentials;

    /**
     * @param access names hosts that stand for a cluster of EKS, whatever they are called
     * @param aws whether EKS itself may be called
     * @param roles that tasks with {@code Credentials} ask in
     */
    public KubernetesApi(WebCalls web, ClusterTokens tokens, WebAccess access, AwsAccess aws, AssumedRoles roles) {
        this.web = web;
        this.tokens = tokens;
        this.access = access;
        this.aws = aws;
        this.credentials = new StateCredentials(roles);
    }

    /**
     * Who is asked, and in whose name.
     *
     * @param name the cluster's
     * @param authority who has signed its certificate, as EKS tells
     * @param endpoint its address
     * @param credentials the state's; null when it has none
     * @param execution ARN of whoever asks
     */
    record Cluster(
            String name,
            String authority,
            URI endpoint,
            @Nullable JsonNode credentials,
            String execution) {

        /** The one that a request names. */
        static Cluster of(JsonNode input, @Nullable JsonNode credentials, String execution) {
            WebParameters parameters = new WebParameters(input, false);
            String endpoint = parameters.text("Endpoint").replaceAll("/$", "");
            URI address;
            try {
                address = URI.create(endpoint);
            } catch (IllegalArgumentException e) {
                throw WebParameters.wrong("Endpoint", "'" + endpoint + "' is no URL: " + e.getMessage());
            }
            if (address.getHost() == null || !endpoint.equals(address.getScheme() + "://" + address.getAuthority())) {
                throw WebParameters.wrong(
                        "Endpoint", "'" + endpoint + "' must be https:// and a host, as EKS tells of the cluster");
            }
            return new Cluster(
                    parameters.text("ClusterName"),
                    parameters.text("CertificateAuthority"),
                    address,
                    credentials,
                    execution);
        }
    }

    /**
     * A question to a cluster.
     *
     * @param path with percent signs where they are needed; begins with a slash
     * @param body JSON, or a text that is sent as it is; null for none
     */
    record Question(
            String method,
            String path,
            Map<String, List<String>> query,
            @Nullable JsonNode body) {

        static Question get(String path, Map<String, List<String>> query) {
            return new Question("GET", path, query, null);
        }

        /** What kind of change a body of {@code PATCH} is, its form tells. */
        private String contentType() {
            return !method.equals("PATCH")
                    ? "application/json"
                    : body != null && body.isArray() ? "application/json-patch+json" : "application/merge-patch+json";
        }

        private WireRequest asked(String token) {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Accept", "application/json, */*");
            headers.put("Authorization", "Bearer " + token);
            headers.put("User-Agent", "Reprise|EKS");
            byte[] bytes = new byte[0];
            if (body != null) {
                headers.put("Content-Type", contentType());
                bytes = (body.isTextual() ? body.textValue() : body.toString()).getBytes(StandardCharsets.UTF_8);
            }
            return new WireRequest(method, path, query, headers, bytes);
        }
    }

    /**
     * What the cluster answers, in whatever status.
     *
     * @throws TaskException when there is no answer, or the cluster may not be asked
     */
    WireAnswer ask(Cluster cluster, Question question, Duration patience) {
        check(cluster.endpoint(), question.path());
        TrustedAuthority authority = authority(cluster);
        try {
            WireRequest request = question.asked(tokens.token(cluster.name(), identity(cluster)));
            return web.send(cluster.endpoint(), request, patience, authority);
        } catch (IOException e) {
            throw new TaskException(new StatesError(UNREACHABLE, HttpInvoke.describe(cluster.endpoint(), e)), e);
        } catch (SdkClientException | UnreachableServiceException e) {
            throw new TaskException(
                    new StatesError(UNREACHABLE, "No token for the cluster can be signed: " + e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaskException(UNREACHABLE, "The call was given up");
        } catch (IllegalArgumentException e) {
            throw new TaskException("States.Runtime", "HTTP has no such request: " + e.getMessage());
        }
    }

    private void check(URI endpoint, String path) {
        URI whole = WebParameters.address(endpoint + path);
        if (!access.lists(whole)) {
            if (!HOST.matcher(endpoint.getHost()).matches()) {
                throw WebParameters.wrong(
                        "Endpoint",
                        "'" + endpoint + "' is no cluster of EKS, such as https://0A1B.gr7.us-east-1.eks.amazonaws.com;"
                                + " one that stands for it is to be in reprise.http.allowed");
            }
            String refusal = aws.refusal("eks");
            if (refusal != null) {
                throw new TaskException(UNREACHABLE, refusal);
            }
        }
        access.check(whole);
    }

    private static @Nullable TrustedAuthority authority(Cluster cluster) {
        if (!"https".equalsIgnoreCase(cluster.endpoint().getScheme())) {
            return null;
        }
        try {
            return new TrustedAuthority(cluster.authority());
        } catch (IllegalArgumentException e) {
            throw WebParameters.wrong(
                    "CertificateAuthority", "must be certificates in PEM in base64, as EKS tells: " + e.getMessage());
        }
    }

    /** Null for the function's own. */
    private @Nullable AwsCredentialsIdentity identity(Cluster cluster) {
        AwsCredentialsIdentity role = credentials.identity(cluster.credentials(), cluster.execution());
        // A peer on this machine asks for no secret.
        return role == null && aws.refusal("eks") != null ? AwsClient.LOCAL : role;
    }

    /** What a task is told of an answer; one that is no success is its error. */
    static ObjectNode result(WireAnswer answer) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        String text = WebResult.text(answer);
        result.set("ResponseBody", WebResult.body(text == null ? WebResult.cause(answer) : text));
        result.put("StatusCode", answer.status());
        result.put("StatusText", WebResult.statusText(answer.status()));
        if (answer.status() / 100 != 2) {
            throw new TaskException("EKS." + answer.status(), result.toString());
        }
        return result;
    }
}
