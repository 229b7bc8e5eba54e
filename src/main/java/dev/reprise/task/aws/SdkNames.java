package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.aws.model.Member;
import dev.reprise.task.aws.model.Shape;
import dev.reprise.task.aws.model.Structure;
import java.util.Map;
import java.util.function.Function;

/**
 * Names of members as {@code aws-sdk} tasks have them: {@code DbInstanceIdentifier}, {@code SnsTopicArn}, where the
 * service's model has {@code DBInstanceIdentifier} and {@code SNSTopicArn}. Only names of structures change; those of a
 * map are data.
 */
final class SdkNames {

    private SdkNames() {}

    /** A request in the names of the model. The same object where nothing has another name. */
    static JsonNode toModel(JsonNode request, Shape shape) {
        return renamed(request, shape, Member::name);
    }

    /** An answer in the names of workflows. The same object where nothing has another name. */
    static JsonNode toWorkflow(JsonNode answer, Shape shape) {
        return renamed(answer, shape, Member::sdkName);
    }

    private static JsonNode renamed(JsonNode value, Shape shape, Function<Member, String> naming) {
        return switch (shape) {
            case Structure structure -> value.isObject() ? members(value, structure, naming) : value;
            case Shape.ListOf list ->
                value.isArray() ? elements(value, list.element().shape(), naming) : value;
            case Shape.MapOf map ->
                value.isObject() ? entries(value, map.value().shape(), naming) : value;
            case Shape.Scalar scalar -> value;
            case Shape.Time time -> value;
        };
    }

    private static JsonNode members(JsonNode object, Structure structure, Function<Member, String> naming) {
        ObjectNode changed = JsonNodeFactory.instance.objectNode();
        boolean same = true;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            Member member = structure.sdkMember(field.getKey());
            String name = member == null ? field.getKey() : naming.apply(member);
            JsonNode value = member == null ? field.getValue() : renamed(field.getValue(), member.shape(), naming);
            same &= name.equals(field.getKey()) && isSame(value, field.getValue());
            changed.set(name, value);
        }
        return same ? object : changed;
    }

    private static JsonNode entries(JsonNode object, Shape shape, Function<Member, String> naming) {
        ObjectNode changed = JsonNodeFactory.instance.objectNode();
        boolean same = true;
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            JsonNode value = renamed(entry.getValue(), shape, naming);
            same &= isSame(value, entry.getValue());
            changed.set(entry.getKey(), value);
        }
        return same ? object : changed;
    }

    private static JsonNode elements(JsonNode array, Shape shape, Function<Member, String> naming) {
        ArrayNode changed = JsonNodeFactory.instance.arrayNode(array.size());
        boolean same = true;
        for (JsonNode element : array) {
            JsonNode value = renamed(element, shape, naming);
            same &= isSame(value, element);
            changed.add(value);
        }
        return same ? array : changed;
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(JsonNode a, JsonNode b) {
        return a == b;
    }
}
