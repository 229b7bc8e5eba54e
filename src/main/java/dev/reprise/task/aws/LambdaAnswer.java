package dev.reprise.task.aws;

import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.asl.FiniteJsonFactory;
import dev.reprise.execution.StatesError;
import dev.reprise.task.TaskException;
import dev.reprise.task.aws.protocol.Blobs;
import dev.reprise.task.aws.protocol.WireAnswer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What Lambda answered for a function that did its work.
 *
 * @param payload the function's result; an empty text when there is none, as for an asynchronous invocation
 * @param wire what else Lambda says, in headers
 */
record LambdaAnswer(JsonNode payload, WireAnswer wire) {

    private static final JsonMapper JSON =
            JsonMapper.builder(new FiniteJsonFactory()).build();

    /** @throws TaskException when the function failed */
    static LambdaAnswer of(WireAnswer wire) {
        JsonNode payload = parse(wire.body());
        if (wire.header("X-Amz-Function-Error") != null) {
            throw failure(payload);
        }
        return new LambdaAnswer(payload, wire);
    }

    private static JsonNode parse(byte[] body) {
        if (body.length == 0) {
            return TextNode.valueOf("");
        }
        try {
            return JSON.readTree(body);
        } catch (InputCoercionException e) {
            throw new TaskException(
                    "States.TaskFailed", "The function's result cannot be kept: " + e.getOriginalMessage());
        } catch (IOException e) {
            // A function in a language of one's own may answer with anything.
            return TextNode.valueOf(Blobs.toWorkflow(body));
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
        putIfPresent(result, "ExecutedVersion", wire.header("X-Amz-Executed-Version"));
        putIfPresent(result, "LogResult", wire.header("X-Amz-Log-Result"));
        result.set("Payload", payload);
        HttpMetadata.add(wire, result);
        result.put("StatusCode", wire.status());
        return result;
    }

    private static void putIfPresent(ObjectNode result, String name, @Nullable String value) {
        if (value != null) {
            result.put(name, value);
        }
    }
}
