package dev.reprise.task.aws.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.model.ServiceModel;
import java.util.function.Supplier;

/**
 * Forms asked, XML answered: SNS, STS, RDS, CloudFormation and others; and EC2, which has names of its own.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">Smithy, AWS Query</a>
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html">Smithy, AWS EC2 Query</a>
 */
final class QueryProtocol implements WireProtocol {

    static final QueryProtocol QUERY = new QueryProtocol(false);
    static final QueryProtocol EC2 = new QueryProtocol(true);

    private final boolean ec2;

    private QueryProtocol(boolean ec2) {
        this.ec2 = ec2;
    }

    @Override
    public WireRequest request(ServiceModel service, Operation operation, JsonNode input, Supplier<String> tokens) {
        FormWriter form =
                new FormWriter(ec2, tokens).add("Action", operation.name()).add("Version", service.version());
        form.writeStructure("", operation.input(), input);
        return new WireRequest.Builder("POST")
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .body(form.bytes())
                .build();
    }

    @Override
    public ObjectNode answer(ServiceModel service, Operation operation, WireAnswer answer) {
        XmlElement root = XmlElement.read(answer.body());
        String wrapper = operation.wrapper() == null ? operation.name() + "Result" : operation.wrapper();
        XmlElement wrapped = ec2 ? null : root.child(wrapper);
        return XmlValues.readStructure(operation.output(), wrapped == null ? root : wrapped);
    }

    @Override
    public WireError error(WireAnswer answer) {
        return XmlErrors.read(answer);
    }
}
