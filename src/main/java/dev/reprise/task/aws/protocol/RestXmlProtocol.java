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
 * Paths and methods that mean something, and bodies of XML: S3, Route 53 and CloudFront.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html">Smithy, AWS REST XML</a>
 */
final class RestXmlProtocol implements WireProtocol {

    static final RestXmlProtocol INSTANCE = new RestXmlProtocol();

    private static final String CONTENT_TYPE = "Content-Type";
    private static final String XML = "application/xml";

    private RestXmlProtocol() {}

    @Override
    public WireRequest request(ServiceModel service, Operation operation, JsonNode input, Supplier<String> tokens) {
        WireRequest.Builder request = RestRequests.begin(operation, input, tokens);
        Structure structure = operation.input();
        Member payload = structure.payload();
        if (payload != null) {
            JsonNode value = RestRequests.value(payload, input, tokens);
            if (value != null) {
                try {
                    writePayload(service, payload, value, tokens, request);
                } catch (InvalidRequestException e) {
                    throw e.in(payload.name());
                }
            }
        } else if (hasBody(structure, input) || operation.root() != null) {
            String root = operation.root() == null ? operation.name() + "Request" : operation.root();
            XmlWriter writer = new XmlWriter(tokens);
            writer.begin(root, operation.namespace() == null ? service.namespace() : operation.namespace());
            writer.writeMembers(structure, input);
            writer.end(root);
            request.headerIfAbsent(CONTENT_TYPE, XML).body(writer.bytes());
        }
        return request.build();
    }

    private static boolean hasBody(Structure structure, JsonNode input) {
        return structure.members().stream()
                .anyMatch(member -> member.place() == Member.Place.BODY && input.hasNonNull(member.name()));
    }

    private static void writePayload(
            ServiceModel service,
            Member payload,
            JsonNode value,
            Supplier<String> tokens,
            WireRequest.Builder request) {
        Shape shape = payload.shape();
        if (shape == Scalar.BLOB) {
            request.headerIfAbsent(CONTENT_TYPE, "application/octet-stream").body(Blobs.ofWorkflow(value));
        } else if (shape instanceof Scalar) {
            request.headerIfAbsent(CONTENT_TYPE, "text/plain").body(Blobs.ofWorkflow(value));
        } else {
            XmlWriter writer = new XmlWriter(tokens);
            writer.write(
                    payload.wireName(),
                    payload.namespace() == null ? service.namespace() : payload.namespace(),
                    shape,
                    value);
            request.headerIfAbsent(CONTENT_TYPE, XML).body(writer.bytes());
        }
    }

    @Override
    public ObjectNode answer(ServiceModel service, Operation operation, WireAnswer answer) {
        Structure structure = operation.output();
        Member payload = structure.payload();
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        if (payload == null) {
            XmlElement root = XmlElement.read(hasBody(structure) ? answer.body() : WireRequest.NO_BODY);
            output = XmlValues.readStructure(structure, root);
            // S3 answers where a bucket is without an element around it.
            if (operation.name().equals("GetBucketLocation") && !root.text().isBlank()) {
                output.put("LocationConstraint", root.text().strip());
            }
        } else if (answer.body().length > 0) {
            output.set(payload.name(), readPayload(payload.shape(), answer.body()));
        }
        RestAnswers.read(structure, answer, output);
        return output;
    }

    private static boolean hasBody(Structure structure) {
        return structure.members().stream().anyMatch(member -> member.place() == Member.Place.BODY);
    }

    private static JsonNode readPayload(Shape shape, byte[] body) {
        if (shape == Scalar.BLOB) {
            return TextNode.valueOf(Blobs.toWorkflow(body));
        }
        return shape instanceof Scalar
                ? TextNode.valueOf(new String(body, StandardCharsets.UTF_8))
                : XmlValues.read(shape, XmlElement.read(body));
    }

    @Override
    public WireError error(WireAnswer answer) {
        return XmlErrors.read(answer);
    }
}
