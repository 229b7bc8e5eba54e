package dev.reprise.task.aws.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reprise.asl.Resource;
import dev.reprise.execution.StatesError;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskContext;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import dev.reprise.task.aws.ServiceCalls;
import dev.reprise.task.aws.client.AssumedRoles;
import dev.reprise.task.aws.client.AwsAccess;
import dev.reprise.task.aws.client.AwsCall;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.Connections;
import dev.reprise.task.aws.client.Endpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** What SageMaker creates, against a service that keeps names and tags as it does, and whose answers get lost. */
class TaggedCreationTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final NamedThings service = new NamedThings();
    private AwsClient client;
    private OptimisedIntegrations integrations;

    @BeforeEach
    void start() throws Exception {
        service.start();
        client = new AwsClient(
                new Endpoints(() -> "us-east-1", anyone -> service.endpoint(), List.of()),
                () -> AwsBasicCredentials.create("a", "b"),
                AwsAccess.allowed(),
                new Connections(1_000_000),
                Clock.systemUTC());
        integrations = new OptimisedIntegrations(
                new ServiceCalls(new TaskThreads(executor), client, new AssumedRoles(client, Clock.systemUTC())));
    }

    @AfterEach
    void stop() {
        client.close();
        service.close();
        executor.shutdownNow();
    }

    /** Keeps what it is asked to create by its name, and refuses a name that is taken in its own words. */
    private static final class NamedThings implements AutoCloseable {

        private final Map<String, ArrayNode> tagsByArn = new ConcurrentHashMap<>();
        final List<String> asked = new CopyOnWriteArrayList<>();
        private HttpServer server;

        /** How many answers to a creation get lost yet. */
        final AtomicInteger lost = new AtomicInteger();

        volatile boolean mayTag = true;
        volatile boolean mayListTags = true;

        void start() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::handle);
            server.start();
        }

        URI endpoint() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        void exists(String kind, String name, String tags) throws IOException {
            tagsByArn.put(arn(kind, name), (ArrayNode) JSON.readTree(tags));
        }

        private static String arn(String kind, String name) {
            return "arn:" + kind + "/" + name;
        }

        private void handle(HttpExchange exchange) throws IOException {
            try (exchange) {
                String action =
                        exchange.getRequestHeaders().getFirst("X-Amz-Target").substring("SageMaker.".length());
                JsonNode request = JSON.readTree(exchange.getRequestBody());
                asked.add(action);
                ObjectNode answer = answer(action, request);
                if (action.startsWith("Create") && !answer.has("__type") && lost.getAndDecrement() > 0) {
                    return;
                }
                byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.has("__type") ? 400 : 200, body.length);
                exchange.getResponseBody().write(body);
            }
        }

        private ObjectNode answer(String action, JsonNode request) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            if (action.equals("ListTags")) {
                return mayListTags
                        ? answer.set(
                                "Tags",
                                tagsByArn.get(request.path("ResourceArn").asText()))
                        : refusal("AccessDeniedException", "not you");
            }
            String kind = action.replaceFirst("Create|Describe", "");
            String arn = arn(kind, request.path(kind + "Name").asText());
            if (action.startsWith("Create")) {
                ArrayNode tags = request.path("Tags") instanceof ArrayNode given ? given : answer.arrayNode();
                if (!mayTag && !tags.isEmpty()) {
                    return refusal("AccessDeniedException", "You may not sagemaker:AddTags");
                }
                if (tagsByArn.putIfAbsent(arn, tags) != null) {
                    return kind.endsWith("Job")
                            ? refusal("ResourceInUse", "a job of this name already exists")
                            : refusal("ValidationException", "Cannot create already existing thing \"" + arn + "\".");
                }
            }
            return answer.put(kind + "Arn", arn);
        }

        private static ObjectNode refusal(String code, String message) {
            return JsonNodeFactory.instance.objectNode().put("__type", code).put("message", message);
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private JsonNode submit(String kind, String input, String key) throws Exception {
        String resource = "arn:aws:states:::sagemaker:create" + kind + (kind.endsWith("Job") ? ".sync" : "");
        TaskContext context = new TaskContext("arn:aws:states:us-east-1:1:execution:m:e", "/", "S", 0, key, null);
        TaskCall call = new TaskCall(resource, JSON.readTree(input), context, null);
        JsonNode result = (kind.endsWith("Job")
                        ? integrations.job(Resource.parse(resource)).submit(call)
                        : new TaskRunners(integrations)
                                .find(Resource.parse(resource))
                                .run(call))
                .await()
                .atMost(Duration.ofSeconds(20));
        ObjectNode plain = result.deepCopy();
        plain.remove(List.of("SdkHttpMetadata", "SdkResponseMetadata"));
        return plain;
    }

    private StatesError failure(String kind, String input, String key) {
        return ((TaskException) catchThrowable(() -> submit(kind, input, key))).error();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TrainingJob",
                "TransformJob",
                "ProcessingJob",
                "LabelingJob",
                "HyperParameterTuningJob",
                "Model",
                "Endpoint",
                "EndpointConfig"
            })
    void whatWasCreatedWhileItsAnswerGotLostIsTheResult(String kind) throws Exception {
        service.lost.set(1);
        String request = "{\"" + kind + "Name\": \"n\"}";

        JsonNode result = submit(kind, request, "key");

        assertThat(result)
                .isEqualTo(JSON.readTree(
                        kind.endsWith("Job")
                                ? "{\"%1$sArn\": \"arn:%1$s/n\", \"%1$sName\": \"n\"}".formatted(kind)
                                : "{\"%1$sArn\": \"arn:%1$s/n\"}".formatted(kind)));
        assertThat(service.asked).containsExactly("Create" + kind, "Create" + kind, "Describe" + kind, "ListTags");
        assertThat(submit(kind, request, "key"))
                .as("after a crash the same attempt asks again")
                .isEqualTo(result);
    }

    @Test
    void aJobOfTheSameNameThatIsNotOfThisAttemptIsNone() throws Exception {
        StatesError taken = new StatesError(
                "SageMaker.ResourceInUseException",
                "a job of this name already exists (Service: AmazonSageMaker; Status Code: 400; Error Code:"
                        + " ResourceInUse; Request ID: null; Proxy: null)");
        submit("TrainingJob", "{\"TrainingJobName\": \"mine\"}", "first attempt");
        service.exists("TrainingJob", "foreign", "[{\"Key\": \"owner\", \"Value\": \"somebody\"}]");

        assertThat(failure("TrainingJob", "{\"TrainingJobName\": \"mine\"}", "second attempt"))
                .isEqualTo(taken);
        assertThat(failure("TrainingJob", "{\"TrainingJobName\": \"foreign\"}", "first attempt"))
                .isEqualTo(taken);
        service.mayListTags = false;
        assertThat(failure("TrainingJob", "{\"TrainingJobName\": \"mine\"}", "first attempt"))
                .as("where nobody may look")
                .isEqualTo(taken);
    }

    @Test
    void theTagStandsBesideThoseOfTheWorkflow() throws Exception {
        submit("Model", "{\"ModelName\": \"n\", \"Tags\": [{\"Key\": \"owner\", \"Value\": \"us\"}]}", "key");

        assertThat(service.tagsByArn.get("arn:Model/n"))
                .isEqualTo(JSON.readTree("[{\"Key\": \"owner\", \"Value\": \"us\"},"
                        + " {\"Key\": \"reprise:idempotency-token\", \"Value\": \"" + AwsCall.token("key") + "\"}]"));
    }

    @Test
    void whereThereIsNoRoomForATagNoneIsSet() throws Exception {
        ArrayNode tags = JSON.createArrayNode();
        for (int i = 0; i < 50; i++) {
            tags.addObject().put("Key", "k" + i).put("Value", "v");
        }

        submit("Model", "{\"ModelName\": \"n\", \"Tags\": " + tags + "}", "key");

        assertThat(service.tagsByArn.get("arn:Model/n")).isEqualTo(tags);
        assertThat(failure("Model", "{\"ModelName\": \"n\", \"Tags\": " + tags + "}", "key")
                        .error())
                .isEqualTo("SageMaker.AmazonSageMakerException");
    }

    @Test
    void aRoleThatMayNotSetTagsCreatesWithoutOne() throws Exception {
        service.mayTag = false;

        assertThat(submit("TransformJob", "{\"TransformJobName\": \"n\"}", "key")
                        .path("TransformJobArn"))
                .isEqualTo(JSON.readTree("\"arn:TransformJob/n\""));
        assertThat(service.tagsByArn.get("arn:TransformJob/n")).isEmpty();
        assertThat(service.asked).containsExactly("CreateTransformJob", "CreateTransformJob");
        assertThat(failure("TransformJob", "{\"TransformJobName\": \"n\"}", "key")
                        .error())
                .isEqualTo("SageMaker.ResourceInUseException");
    }
}
