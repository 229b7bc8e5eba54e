package dev.reprise.task.aws.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.model.Protocol;
import dev.reprise.task.aws.model.ServiceModel;
import java.util.function.Supplier;

/** Writes requests and reads answers of one protocol. Thread-safe. */
public interface WireProtocol {

    /**
     * The request that asks for an operation.
     *
     * @param input its members, in the names of workflows
     * @param tokens gives random texts, for members that make a request one that can be repeated
     * @throws InvalidRequestException when the operation cannot be asked for so
     */
    WireRequest request(ServiceModel service, Operation operation, JsonNode input, Supplier<String> tokens);

    /**
     * What an answer says, in the names of workflows.
     *
     * @throws UnreadableAnswerException when it is none of this protocol
     */
    ObjectNode answer(ServiceModel service, Operation operation, WireAnswer answer);

    /** What an answer says that is no success. Whatever stands in it, this throws nothing. */
    WireError error(WireAnswer answer);

    /** The one of that name. */
    static WireProtocol of(Protocol protocol) {
        return switch (protocol) {
            case JSON_1_0 -> JsonProtocol.VERSION_1_0;
            case JSON_1_1 -> JsonProtocol.VERSION_1_1;
            case REST_JSON -> RestJsonProtocol.INSTANCE;
            case QUERY -> QueryProtocol.QUERY;
            case EC2 -> QueryProtocol.EC2;
            case REST_XML -> RestXmlProtocol.INSTANCE;
        };
    }
}
