package dev.reprise.task.aws.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.task.aws.model.Member;
import dev.reprise.task.aws.model.Shape;
import dev.reprise.task.aws.model.Shape.Scalar;
import dev.reprise.task.aws.model.Shape.TimeFormat;
import dev.reprise.task.aws.model.Structure;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Values in bodies of JSON: those of a workflow in the names of a service, and back. */
final class JsonValues {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Supplier<String> tokens;

    /** @param tokens for members that make a request one that can be repeated */
    JsonValues(Supplier<String> tokens) {
        this.tokens = tokens;
    }

    /** @throws InvalidRequestException when the value is not of that shape */
    JsonNode write(Shape shape, JsonNode value) {
        return switch (shape) {
            case Scalar scalar -> write(scalar, value);
            case Shape.Time time ->
                Times.write(Times.ofWorkflow(value), Objects.requireNonNullElse(time.format(), TimeFormat.UNIX));
            case Shape.ListOf list -> writeList(list, value);
            case Shape.MapOf map -> writeMap(map, value);
            case Structure structure -> writeStructure(structure, value);
        };
    }

    private static JsonNode write(Scalar scalar, JsonNode value) {
        return switch (scalar) {
            case STRING, JSON_TEXT -> value.isTextual() ? value : TextNode.valueOf(value.toString());
            case INTEGER, DECIMAL -> Numbers.ofWorkflow(scalar, value);
            case BOOLEAN -> BooleanNode.valueOf(Numbers.flagOfWorkflow(value));
            case BLOB -> TextNode.valueOf(Base64.getEncoder().encodeToString(Blobs.ofWorkflow(value)));
            case ANYTHING -> value;
            case EVENTS -> throw new InvalidRequestException("can't be sent");
        };
    }

    private JsonNode writeList(Shape.ListOf list, JsonNode value) {
        Values.expectArray(value);
        ArrayNode written = NODES.arrayNode(value.size());
        Shape element = list.element().shape();
        for (int i = 0; i < value.size(); i++) {
            JsonNode each = value.get(i);
            try {
                written.add(each.isNull() ? each : write(element, each));
            } catch (InvalidRequestException e) {
                throw e.in(Integer.toString(i));
            }
        }
        return written;
    }

    private JsonNode writeMap(Shape.MapOf map, JsonNode value) {
        Values.expectObject(value);
        ObjectNode written = NODES.objectNode();
        Shape each = map.value().shape();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            try {
                written.set(
                        entry.getKey(), entry.getValue().isNull() ? entry.getValue() : write(each, entry.getValue()));
            } catch (InvalidRequestException e) {
                throw e.in(entry.getKey());
            }
        }
        return written;
    }

    /** The members of a body. Those that stand elsewhere are left to who writes them there. */
    ObjectNode writeStructure(Structure structure, JsonNode value) {
        if (value.isTextual() && structure.isAttributeValue()) {
            return NODES.objectNode().set("S", value);
        }
        Values.expectObject(value);
        ObjectNode written = NODES.objectNode();
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            Member member = structure.member(field.getKey());
            if (member == null) {
                throw InvalidRequestException.unknown(field.getKey());
            }
            if (member.place() != Member.Place.BODY || field.getValue().isNull()) {
                continue;
            }
            try {
                written.set(member.wireName(), write(member.shape(), field.getValue()));
            } catch (InvalidRequestException e) {
                throw e.in(member.name());
            }
        }
        for (Member member : structure.members()) {
            if (member.isIdempotencyToken()
                    && member.place() == Member.Place.BODY
                    && !value.hasNonNull(member.name())) {
                written.put(member.wireName(), tokens.get());
            }
        }
        return written;
    }

    /** A service's value in the names of workflows. What is not of the model's shape stays as it is. */
    static JsonNode read(Shape shape, JsonNode value) {
        if (value.isNull()) {
            return value;
        }
        return switch (shape) {
            case Scalar scalar -> read(scalar, value);
            case Shape.Time time -> value.isContainerNode() ? value : TextNode.valueOf(Times.toWorkflow(text(value)));
            case Shape.ListOf list -> {
                if (!value.isArray()) {
                    yield value;
                }
                ArrayNode read = NODES.arrayNode(value.size());
                Shape element = list.element().shape();
                value.forEach(each -> read.add(read(element, each)));
                yield read;
            }
            case Shape.MapOf map -> {
                if (!value.isObject()) {
                    yield value;
                }
                ObjectNode read = NODES.objectNode();
                Shape each = map.value().shape();
                value.properties().forEach(entry -> read.set(entry.getKey(), read(each, entry.getValue())));
                yield read;
            }
            case Structure structure -> value.isObject() ? readStructure(structure, value) : value;
        };
    }

    /** As the service wrote it: a number's own text has an exponent where it is large. */
    private static String text(JsonNode value) {
        return value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
    }

    private static JsonNode read(Scalar scalar, JsonNode value) {
        return switch (scalar) {
            case BLOB -> value.isTextual() ? TextNode.valueOf(ScalarText.blob(value.textValue())) : value;
            case STRING, JSON_TEXT, INTEGER, DECIMAL, BOOLEAN, ANYTHING, EVENTS -> value;
        };
    }

    static ObjectNode readStructure(Structure structure, JsonNode value) {
        ObjectNode read = NODES.objectNode();
        for (Member member : structure.members()) {
            JsonNode field = member.place() == Member.Place.BODY ? value.get(member.wireName()) : null;
            if (field != null && !field.isNull()) {
                read.set(member.name(), read(member.shape(), field));
            }
        }
        return read;
    }
}
