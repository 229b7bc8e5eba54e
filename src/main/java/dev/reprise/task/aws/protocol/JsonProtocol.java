package dev.reprise.task.aws.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.model.ServiceModel;
import java.util.function.Supplier;

/**
 * Everything in the body, in JSON, and the operation in a header.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html">Smithy, AWS JSON 1.0</a>
 */
final class JsonProtocol implements WireProtocol {

    static final JsonProtocol VERSION_1_0 = new JsonProtocol("application/x-amz-json-1.0");
    static final JsonProtocol VERSION_1_1 = new JsonProtocol("application/x-amz-json-1.1");

    private final String contentType;

    private JsonProtocol(String contentType) {
        this.contentType = contentType;
    }

    @Override
    public WireRequest request(ServiceModel service, Operation operation, JsonNode input, Supplier<String> tokens) {
        WireRequest.Builder request = new WireRequest.Builder("POST")
                .header("Content-Type", contentType)
                .header("X-Amz-Target", service.target() + "." + operation.name())
                .body(JsonText.write(new JsonValues(tokens).writeStructure(operation.input(), input)));
        if (service.isQueryCompatible()) {
            request.header("x-amzn-query-mode", "true");
        }
        return request.build();
    }

    @Override
    public ObjectNode answer(ServiceModel service, Operation operation, WireAnswer answer) {
        return JsonValues.readStructure(operation.output(), JsonText.read(answer.body()));
    }

    @Override
    public WireError error(WireAnswer answer) {
        return JsonErrors.read(answer);
    }
}
