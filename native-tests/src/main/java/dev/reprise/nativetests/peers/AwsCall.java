package dev.reprise.nativetests.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.reprise.nativetests.lambda.FunctionSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of a service of AWS, in the words of a policy.
 *
 * @param action what was asked for, such as {@code dynamodb:PutItem}
 * @param resources ARNs of what it was asked of, one at least
 * @param body the request's JSON; missing where it is none
 * @param at when it came
 */
public record AwsCall(String action, List<String> resources, JsonNode body, Instant at) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INVOCATIONS = "/invocations";

    /** By the prefix of the header that names the operation in AWS's JSON protocols. */
    private static final Map<String, String> SERVICES =
            Map.of("DynamoDB_20120810", "dynamodb", "AmazonSQS", "sqs", "AWSGlue", "glue");

    public AwsCall {
        resources = List.copyOf(resources);
    }

    /**
     * Reads a request.
     *
     * @param target the header {@code X-Amz-Target}; null in protocols that do without
     * @throws IllegalArgumentException for one of a service that these tests do not know
     */
    static AwsCall of(String method, URI uri, @Nullable String target, byte[] content) {
        Instant now = Instant.now();
        if (target != null) {
            int point = target.indexOf('.');
            String service = SERVICES.get(target.substring(0, point));
            if (service == null) {
                throw new IllegalArgumentException("no service that these tests know: " + target);
            }
            JsonNode body = json(content);
            return new AwsCall(service + ":" + target.substring(point + 1), resources(service, body), body, now);
        }
        String path = uri.getPath();
        if (path.endsWith(INVOCATIONS)) {
            String[] parts =
                    path.substring(0, path.length() - INVOCATIONS.length()).split("/");
            String function = parts[parts.length - 1];
            String arn = function.startsWith("arn:") ? function : FunctionSettings.arnOf(function);
            return new AwsCall("lambda:InvokeFunction", List.of(arn), json(content), now);
        }
        String query = uri.getQuery() == null ? "" : uri.getQuery();
        return new AwsCall(
                "s3:" + object(method, path, query), List.of("arn:aws:s3:::" + path.substring(1)), json(content), now);
    }

    /** Whether it was this action, asked of something whose ARN ends so. */
    public boolean is(String wanted, String resource) {
        return action.equals(wanted) && resources.stream().anyMatch(arn -> arn.endsWith(resource));
    }

    private static String object(String method, String path, String query) {
        boolean ofBucket = path.indexOf('/', 1) < 0;
        boolean reads = method.equals("GET") || method.equals("HEAD");
        if (reads && ofBucket) {
            return "ListBucket";
        }
        if (reads) {
            return query.contains("versionId=") ? "GetObjectVersion" : "GetObject";
        }
        return method.equals("PUT") && !ofBucket && query.isEmpty() ? "PutObject" : method + " " + path + "?" + query;
    }

    private static List<String> resources(String service, JsonNode body) {
        return switch (service) {
            case "dynamodb" -> tables(body);
            case "sqs" -> {
                String url = body.path("QueueUrl").asText();
                yield List.of(arn(service, url.substring(url.lastIndexOf('/') + 1)));
            }
            default -> List.of(arn(service, "job/" + body.path("JobName").asText()));
        };
    }

    /** A batch names several tables. */
    private static List<String> tables(JsonNode body) {
        if (body.has("TableName")) {
            String index =
                    body.has("IndexName") ? "/index/" + body.path("IndexName").asText() : "";
            return List.of(arn("dynamodb", "table/" + body.path("TableName").asText() + index));
        }
        List<String> names = new ArrayList<>();
        body.path("RequestItems").fieldNames().forEachRemaining(name -> names.add(arn("dynamodb", "table/" + name)));
        return names.isEmpty() ? List.of("?") : names;
    }

    /** The ARN of something of the function's own account and region. */
    public static String arn(String service, String resource) {
        return "arn:aws:%s:%s:%s:%s".formatted(service, FunctionSettings.REGION, FunctionSettings.ACCOUNT, resource);
    }

    private static JsonNode json(byte[] content) {
        try {
            return content.length == 0 ? MissingNode.getInstance() : JSON.readTree(content);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
