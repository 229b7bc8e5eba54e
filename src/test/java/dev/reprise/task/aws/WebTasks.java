package dev.reprise.task.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.asl.Resource;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskContext;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskSource;
import dev.reprise.task.TaskThreads;
import dev.reprise.task.aws.client.AssumedRoles;
import dev.reprise.task.aws.client.AwsAccess;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.ClusterTokens;
import dev.reprise.task.aws.client.Connections;
import dev.reprise.task.aws.client.Endpoints;
import dev.reprise.task.aws.client.WebCalls;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** Tasks that call APIs, for tests. JSON may be written with single quotes. */
final class WebTasks implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    final Connections connections = new Connections(1_000_000);
    final TaskThreads threads = new TaskThreads(Runnable::run);
    final WebCalls web = new WebCalls(
            connections, () -> "eu-west-1", () -> AwsBasicCredentials.create("AKID", "secret"), Clock.systemUTC());

    HttpInvoke http(WebAccess access, Map<String, String> configured, URI services) {
        AwsClient aws = aws(services);
        return new HttpInvoke(
                threads,
                web,
                access,
                new HttpConnections(
                        aws, new AssumedRoles(aws, Clock.systemUTC()), web, access, configured, Clock.systemUTC()));
    }

    private AwsClient aws(URI services) {
        return new AwsClient(
                new Endpoints(() -> "us-east-1", service -> services, List.of()),
                () -> AwsBasicCredentials.create("AKID", "secret"),
                AwsAccess.allowed(),
                connections,
                Clock.systemUTC());
    }

    ApiGatewayInvoke apiGateway(WebAccess access) {
        return apiGateway(access, URI.create("http://nowhere.invalid"));
    }

    /** @param services where STS is */
    ApiGatewayInvoke apiGateway(WebAccess access, URI services) {
        return new ApiGatewayInvoke(
                threads, web, access, AwsAccess.allowed(), new AssumedRoles(aws(services), Clock.systemUTC()));
    }

    /** @param services where STS is */
    KubernetesTasks kubernetes(WebAccess access, AwsAccess mayBeCalled, URI services) {
        ClusterTokens tokens = new ClusterTokens(
                () -> "eu-west-1",
                () -> AwsBasicCredentials.create("AKID", "secret"),
                Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
        return new KubernetesTasks(
                threads,
                new KubernetesApi(
                        web, tokens, access, mayBeCalled, new AssumedRoles(aws(services), Clock.systemUTC())));
    }

    static WebAccess only(StubApi... apis) {
        return new WebAccess(List.of(apis).stream().map(StubApi::url).toList(), true, false);
    }

    static JsonNode run(TaskSource source, String resource, JsonNode input) {
        return run(source, resource, input, null);
    }

    static JsonNode run(TaskSource source, String resource, JsonNode input, JsonNode credentials) {
        TaskContext context = new TaskContext("arn:aws:states:us-east-1:1:execution:m:e", "/", "Call", 0, "key", null);
        return source.find(Resource.parse(resource))
                .run(new TaskCall(resource, input, context, credentials))
                .await()
                .indefinitely();
    }

    static JsonNode run(TaskSource source, String resource, String input) {
        return run(source, resource, json(input));
    }

    static TaskException failure(TaskSource source, String resource, String input) {
        return failure(source, resource, json(input), null);
    }

    static TaskException failure(TaskSource source, String resource, JsonNode input, JsonNode credentials) {
        try {
            throw new AssertionError("It gave " + run(source, resource, input, credentials));
        } catch (TaskException e) {
            return e;
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
