package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.Resource;
import dev.reprise.task.TaskException;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;

/**
 * A request to run a Lambda function.
 *
 * @param region where to ask; null for the region that this function runs in
 * @param function the function's name, whole or bare, as the request has it
 */
record LambdaInvocation(@Nullable String region, String function, InvokeRequest request) {

    private static final Set<String> PARAMETERS =
            Set.of("FunctionName", "Payload", "InvocationType", "Qualifier", "ClientContext", "LogType");

    /** Of a function named by its ARN. */
    static LambdaInvocation of(Resource.LambdaFunction function, JsonNode payload) {
        return new LambdaInvocation(
                function.region(),
                function.uri(),
                InvokeRequest.builder()
                        .functionName(function.uri())
                        .payload(SdkBytes.fromUtf8String(payload.toString()))
                        .build());
    }

    /**
     * Reads the parameters of {@code arn:aws:states:::lambda:invoke}.
     *
     * @throws TaskException when they are not those of an Invoke request
     */
    static LambdaInvocation ofParameters(JsonNode parameters) {
        for (Iterator<String> fields = parameters.fieldNames(); fields.hasNext(); ) {
            String field = fields.next();
            if (!PARAMETERS.contains(field)) {
                throw refused("The field '" + field + "' is not supported by lambda:invoke; it takes "
                        + String.join(", ", PARAMETERS.stream().sorted().toList()));
            }
        }
        String function = text(parameters, "FunctionName");
        if (function == null || function.isEmpty()) {
            throw refused("The field 'FunctionName' is required by lambda:invoke but was missing");
        }
        InvokeRequest request = InvokeRequest.builder()
                .functionName(function)
                .invocationType(text(parameters, "InvocationType"))
                .qualifier(text(parameters, "Qualifier"))
                .clientContext(text(parameters, "ClientContext"))
                .logType(text(parameters, "LogType"))
                .payload(SdkBytes.fromUtf8String(payload(parameters).toString()))
                .build();
        return new LambdaInvocation(region(function), function, request);
    }

    /** Null when the function is named by less than its whole ARN. */
    private static @Nullable String region(String function) {
        return Resource.parse(function) instanceof Resource.LambdaFunction arn && arn.canExist() ? arn.region() : null;
    }

    /** What the function gets: {@code Payload}, or an empty object. */
    static JsonNode payload(JsonNode parameters) {
        JsonNode payload = parameters.get("Payload");
        return payload == null ? JsonNodeFactory.instance.objectNode() : payload;
    }

    private static @Nullable String text(JsonNode parameters, String field) {
        JsonNode value = parameters.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw refused("The field '" + field + "' of lambda:invoke must be a string");
        }
        return value.textValue();
    }

    private static TaskException refused(String problem) {
        return new TaskException("States.Runtime", problem);
    }
}
