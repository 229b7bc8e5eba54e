package dev.reprise.task.aws.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.aws.model.Member;
import dev.reprise.task.aws.model.Shape;
import dev.reprise.task.aws.model.Structure;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values in answers of XML, in the names of workflows. */
final class XmlValues {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private XmlValues() {}

    static ObjectNode readStructure(Structure structure, XmlElement element) {
        ObjectNode read = NODES.objectNode();
        for (Member member : structure.members()) {
            if (member.place() == Member.Place.BODY) {
                JsonNode value = read(member, element);
                if (value != null) {
                    read.set(member.name(), value);
                }
            }
        }
        return read;
    }

    /** Null when the member is not there. */
    private static @Nullable JsonNode read(Member member, XmlElement element) {
        if (member.isXmlAttribute()) {
            String value = element.attribute(member.wireName());
            return value == null ? null : ScalarText.read(member.shape(), value);
        }
        if (member.isFlat()) {
            return readFlat(member, element);
        }
        XmlElement child = element.child(member.wireName());
        return child == null ? null : read(member.shape(), child);
    }

    private static @Nullable JsonNode readFlat(Member member, XmlElement element) {
        Shape shape = member.shape();
        String name = shape instanceof Shape.ListOf list && list.elementName() != null
                ? list.elementName()
                : member.wireName();
        List<XmlElement> elements = element.children(name);
        if (elements.isEmpty()) {
            return null;
        }
        return switch (shape) {
            case Shape.ListOf list -> readList(list, elements);
            case Shape.MapOf map -> readMap(map, elements);
            case Shape.Scalar scalar -> read(shape, elements.getFirst());
            case Shape.Time time -> read(shape, elements.getFirst());
            case Structure structure -> read(shape, elements.getFirst());
        };
    }

    static JsonNode read(Shape shape, XmlElement element) {
        return switch (shape) {
            case Shape.Scalar scalar -> ScalarText.read(scalar, element.text());
            case Shape.Time time -> ScalarText.read(time, element.text());
            case Shape.ListOf list -> readList(list, element.children());
            case Shape.MapOf map -> readMap(map, element.children());
            case Structure structure -> readStructure(structure, element);
        };
    }

    private static JsonNode readList(Shape.ListOf list, List<XmlElement> elements) {
        ArrayNode read = NODES.arrayNode(elements.size());
        Shape each = list.element().shape();
        elements.forEach(element -> read.add(read(each, element)));
        return read;
    }

    private static JsonNode readMap(Shape.MapOf map, List<XmlElement> entries) {
        ObjectNode read = NODES.objectNode();
        String keyName = Objects.requireNonNullElse(map.keyName(), "key");
        String valueName = Objects.requireNonNullElse(map.valueName(), "value");
        for (XmlElement entry : entries) {
            XmlElement key = entry.child(keyName);
            XmlElement value = entry.child(valueName);
            if (key != null) {
                read.set(
                        key.text(),
                        value == null ? NODES.nullNode() : read(map.value().shape(), value));
            }
        }
        return read;
    }
}
