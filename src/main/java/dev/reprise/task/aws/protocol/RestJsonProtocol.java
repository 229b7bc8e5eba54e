package dev.reprise.task.aws.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.task.aws.model.Member;
import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.model.ServiceModel;
import dev.reprise.task.aws.model.Shape;
import dev.reprise.task.aws.model.Shape.Scalar;
import dev.reprise.task.aws.model.Structure;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Paths and methods that mean something, and bodies of JSON.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html">Smithy, AWS REST JSON 1</a>
 */
final class RestJsonProtocol implements WireProtocol {

    static final RestJsonProtocol INSTANCE = new RestJsonProtocol();

    private static final String CONTENT_TYPE = "Content-Type";
    private static final String JSON = "application/json";
    private static final String BYTES = "application/octet-stream";

    /** What it calls bytes is JSON: it has an error for all else, and who stands in for it on one machine gives it. */
    private static final String LAMBDA = "lambda";

    private RestJsonProtocol() {}

    @Override
    public WireRequest request(ServiceModel service, Operation operation, JsonNode input, Supplier<String> tokens) {
        WireRequest.Builder request = RestRequests.begin(operation, input, tokens);
        Structure structure = operation.input();
        Member payload = structure.payload();
        if (payload != null) {
            JsonNode value = RestRequests.value(payload, input, tokens);
            if (value != null) {
                try {
                    writePayload(service, payload.shape(), value, new JsonValues(tokens), request);
                } catch (InvalidRequestException e) {
                    throw e.in(payload.name());
                }
            } else if (payload.shape() instanceof Structure) {
                request.headerIfAbsent(CONTENT_TYPE, JSON).body(JsonText.write(JsonNodeFactory.instance.objectNode()));
            }
        } else if (structure.members().stream().anyMatch(member -> member.place() == Member.Place.BODY)) {
            request.headerIfAbsent(CONTENT_TYPE, JSON)
                    .body(JsonText.write(new JsonValues(tokens).writeStructure(structure, input)));
        }
        return request.build();
    }

    private static void writePayload(
            ServiceModel service, Shape shape, JsonNode value, JsonValues values, WireRequest.Builder request) {
        if (shape == Scalar.BLOB) {
            request.headerIfAbsent(CONTENT_TYPE, service.name().equals(LAMBDA) ? JSON : BYTES)
                    .body(Blobs.ofWorkflow(value));
        } else if (shape == Scalar.STRING) {
            request.headerIfAbsent(CONTENT_TYPE, "text/plain").body(Blobs.ofWorkflow(value));
        } else {
            request.headerIfAbsent(CONTENT_TYPE, JSON).body(JsonText.write(values.write(shape, value)));
        }
    }

    @Override
    public ObjectNode answer(ServiceModel service, Operation operation, WireAnswer answer) {
        Structure structure = operation.output();
        Member payload = structure.payload();
        ObjectNode output;
        if (payload == null) {
            output = structure.members().stream().anyMatch(member -> member.place() == Member.Place.BODY)
                    ? JsonValues.readStructure(structure, JsonText.read(answer.body()))
                    : JsonNodeFactory.instance.objectNode();
        } else {
            output = JsonNodeFactory.instance.objectNode();
            if (answer.body().length > 0) {
                output.set(payload.name(), readPayload(payload.shape(), answer.body()));
            }
        }
        RestAnswers.read(structure, answer, output);
        return output;
    }

    private static JsonNode readPayload(Shape shape, byte[] body) {
        if (shape == Scalar.BLOB) {
            return TextNode.valueOf(Blobs.toWorkflow(body));
        }
        return shape == Scalar.STRING
                ? TextNode.valueOf(new String(body, StandardCharsets.UTF_8))
                : JsonValues.read(shape, JsonText.read(body));
    }

    @Override
    public WireError error(WireAnswer answer) {
        return JsonErrors.read(answer);
    }
}
