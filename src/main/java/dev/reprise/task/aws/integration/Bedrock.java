package dev.reprise.task.aws.integration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.asl.FiniteJsonFactory;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.aws.LegacyErrors;
import dev.reprise.task.aws.ServiceCalls;
import dev.reprise.task.aws.ServiceErrors;
import dev.reprise.task.aws.client.AwsAnswer;
import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.model.ServiceModel;
import dev.reprise.task.aws.model.ServiceModels;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code bedrock}: models asked, and customised. What a model is asked may stand in an object of S3, and so may what it
 * answers.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-bedrock.html">AWS, Bedrock</a>
 */
final class Bedrock {

    private static final ServiceErrors ERRORS = new LegacyErrors("Bedrock", "AmazonBedrock");

    private static final JobKind CUSTOMISATION = JobKind.described(
                    "getModelCustomizationJob", "{\"JobIdentifier\": \"/JobArn\"}")
            .succeedingIn("Completed")
            .failingIn("Failed", "Stopped")
            .cancelledBy("stopModelCustomizationJob", "{\"JobIdentifier\": \"/JobArn\"}");

    private static final String RUNTIME = "bedrockruntime";

    static final ServiceIntegration INTEGRATION = ServiceIntegration.of("bedrock", ERRORS)
            .with(
                    "createModelCustomizationJob",
                    Action.of("bedrock", "createModelCustomizationJob").waitingFor(CUSTOMISATION))
            .with(
                    "invokeModel",
                    Action.of(RUNTIME, "invokeModel")
                            .taking(new Fields(Bedrock::fields), TaskCall::input)
                            .run(Bedrock::invokeModel));

    private static final JsonMapper JSON =
            JsonMapper.builder(new FiniteJsonFactory()).build();

    private static final String JSON_TYPE = "application/json";
    private static final Pattern S3_URI = Pattern.compile("s3://([^/]+)/(.+)");

    private Bedrock() {}

    private static List<String> fields() {
        List<String> names = new ArrayList<>(List.of("Input", "Output"));
        Objects.requireNonNull(ServiceModels.get(RUNTIME).operation("invokeModel"))
                .input()
                .members()
                .forEach(member -> names.add(member.name()));
        return names;
    }

    private static TaskRunner invokeModel(ServiceCalls calls) {
        return call -> {
            String source = call.input().at("/Input/S3Uri").asText("");
            Uni<ObjectNode> request = source.isEmpty()
                    ? Uni.createFrom()
                            .item(() -> request(call.input(), call.input().get("Body")))
                    : calls.call(s3(), operation("getObject"), call, object(source, call.input()), ERRORS)
                            .map(answer -> request(call.input(), answer.output().get("Body")));
            return request.flatMap(asked -> calls.call(
                            ServiceModels.get(RUNTIME),
                            Objects.requireNonNull(ServiceModels.get(RUNTIME).operation("invokeModel")),
                            call,
                            asked,
                            ERRORS))
                    .flatMap(answer -> result(calls, call, answer));
        };
    }

    private static ServiceModel s3() {
        return ServiceModels.get("s3");
    }

    private static Operation operation(String name) {
        return Objects.requireNonNull(s3().operation(name), name);
    }

    private static ObjectNode object(String uri, JsonNode input) {
        Matcher parts = S3_URI.matcher(uri);
        if (!parts.matches()) {
            throw new TaskException("States.Runtime", "Not an address such as s3://bucket/key: '" + uri + "'");
        }
        return ((ObjectNode) input).objectNode().put("Bucket", parts.group(1)).put("Key", parts.group(2));
    }

    private static ObjectNode request(JsonNode input, @Nullable JsonNode body) {
        ObjectNode request = input.deepCopy();
        request.remove(List.of("Input", "Output", "Body"));
        if (body != null) {
            request.set("Body", body);
        }
        if (!request.hasNonNull("ContentType")) {
            request.put("ContentType", JSON_TYPE);
        }
        return request;
    }

    private static Uni<JsonNode> result(ServiceCalls calls, TaskCall call, AwsAnswer answer) {
        ObjectNode result = answer.output();
        String target = call.input().at("/Output/S3Uri").asText("");
        if (target.isEmpty()) {
            result.set("Body", parsed(result.path("Body")));
            return Uni.createFrom().item(result);
        }
        ObjectNode put = object(target, call.input());
        put.set("Body", result.path("Body"));
        put.set("ContentType", result.path("ContentType"));
        return calls.call(s3(), operation("putObject"), call, put, ERRORS).map(written -> result.put("Body", target));
    }

    /** What is JSON becomes JSON; a model may answer otherwise. */
    private static JsonNode parsed(JsonNode body) {
        try {
            return body.isTextual() ? JSON.readTree(body.textValue()) : body;
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(body.textValue());
        }
    }
}
