package dev.reprise.task.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.asl.FiniteJsonFactory;
import dev.reprise.execution.StatesError;
import dev.reprise.task.TaskException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * What Lambda answered for a function that did its work.
 *
 * @param payload the function's result; an empty text when there is none, as for an asynchronous invocation
 */
record LambdaAnswer(JsonNode payload, InvokeResponse response) {

    private static final JsonMapper JSON =
            JsonMapper.builder(new FiniteJsonFactory()).build();

    /** @throws TaskException when the function failed */
    static LambdaAnswer of(InvokeResponse response) {
        JsonNode payload = parse(response);
        if (response.functionError() != null) {
            throw failure(payload);
        }
        return new LambdaAnswer(payload, response);
    }

    private static JsonNode parse(InvokeResponse response) {
        String text = response.payload() == null ? "" : response.payload().asUtf8String();
        if (text.isEmpty()) {
            return TextNode.valueOf("");
        }
        try {
            return JSON.readTree(text);
        } catch (InputCoercionException e) {
            throw new TaskException(
                    "States.TaskFailed", "The function's result cannot be kept: " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            // A function in a language of one's own may answer with anything.
            return TextNode.valueOf(text);
        }
    }

    /**
     * The names and texts are AWS's: the error is the type that the function gives, and the cause the whole of what it
     * says.
     */
    private static TaskException failure(JsonNode payload) {
        JsonNode type = payload.path("errorType");
        if (type.isTextual() && !type.textValue().isEmpty()) {
            return new TaskException(new StatesError(type.textValue(), payload.toString()), null);
        }
        return new TaskException(
                new StatesError(
                        "Lambda.Unknown",
                        "The cause could not be determined because Lambda did not return an error type. Returned"
                                + " payload: "
                                + payload),
                null);
    }

    /** The result of {@code arn:aws:states:::lambda:invoke}: the payload among what else the API answers. */
    JsonNode toJson() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        if (response.executedVersion() != null) {
            result.put("ExecutedVersion", response.executedVersion());
        }
        if (response.logResult() != null) {
            result.put("LogResult", response.logResult());
        }
        result.set("Payload", payload);
        result.set("SdkHttpMetadata", httpMetadata());
        result.putObject("SdkResponseMetadata")
                .put("RequestId", response.responseMetadata().requestId());
        result.put("StatusCode", response.statusCode());
        return result;
    }

    private ObjectNode httpMetadata() {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        ObjectNode all = metadata.putObject("AllHttpHeaders");
        ObjectNode first = metadata.putObject("HttpHeaders");
        for (Map.Entry<String, List<String>> header :
                new TreeMap<>(response.sdkHttpResponse().headers()).entrySet()) {
            header.getValue().forEach(all.withArray(header.getKey())::add);
            first.put(header.getKey(), header.getValue().getFirst());
        }
        metadata.put("HttpStatusCode", response.sdkHttpResponse().statusCode());
        return metadata;
    }
}
