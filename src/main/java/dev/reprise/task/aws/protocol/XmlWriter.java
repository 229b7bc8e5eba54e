package dev.reprise.task.aws.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.task.aws.model.Member;
import dev.reprise.task.aws.model.Shape;
import dev.reprise.task.aws.model.Shape.TimeFormat;
import dev.reprise.task.aws.model.Structure;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A body of XML in the making. Not thread-safe. */
final class XmlWriter {

    private final StringBuilder xml = new StringBuilder();
    private final Supplier<String> tokens;

    XmlWriter(Supplier<String> tokens) {
        this.tokens = tokens;
    }

    byte[] bytes() {
        return xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * An element.
     *
     * @param namespace {@code URI} or {@code PREFIX=URI}; null when it has none of its own
     */
    void write(String name, @Nullable String namespace, Shape shape, JsonNode value) {
        switch (shape) {
            case Structure structure -> writeStructure(name, namespace, structure, value);
            case Shape.ListOf list -> {
                begin(name, namespace);
                writeElements(Objects.requireNonNullElse(list.elementName(), "member"), list, value);
                end(name);
            }
            case Shape.MapOf map -> {
                begin(name, namespace);
                writeEntries("entry", map, value);
                end(name);
            }
            case Shape.Scalar scalar -> writeText(name, namespace, shape, value);
            case Shape.Time time -> writeText(name, namespace, shape, value);
        }
    }

    private void writeText(String name, @Nullable String namespace, Shape shape, JsonNode value) {
        begin(name, namespace);
        escape(ScalarText.write(shape, value, TimeFormat.ISO));
        end(name);
    }

    private void writeStructure(String name, @Nullable String namespace, Structure structure, JsonNode value) {
        Values.expectObject(value);
        for (String field : (Iterable<String>) value::fieldNames) {
            if (structure.member(field) == null) {
                throw InvalidRequestException.unknown(field);
            }
        }
        open(name, namespace);
        for (Member member : structure.members()) {
            JsonNode part = member.isXmlAttribute() ? value.get(member.name()) : null;
            if (part != null && !part.isNull()) {
                xml.append(' ').append(member.wireName()).append("=\"");
                escape(ScalarText.write(member.shape(), part, TimeFormat.ISO));
                xml.append('"');
            }
        }
        xml.append('>');
        writeMembers(structure, value);
        end(name);
    }

    /** The members of a body, without what stands around them. */
    void writeMembers(Structure structure, JsonNode value) {
        for (Member member : structure.members()) {
            JsonNode part = member.place() != Member.Place.BODY || member.isXmlAttribute()
                    ? null
                    : RestRequests.value(member, value, tokens);
            if (part != null) {
                try {
                    writeMember(member, part);
                } catch (InvalidRequestException e) {
                    throw e.in(member.name());
                }
            }
        }
    }

    private void writeMember(Member member, JsonNode value) {
        switch (member.shape()) {
            case Shape.ListOf list when member.isFlat() -> writeElements(member.wireName(), list, value);
            case Shape.MapOf map when member.isFlat() -> writeEntries(member.wireName(), map, value);
            case Shape shape -> write(member.wireName(), member.namespace(), shape, value);
        }
    }

    private void writeElements(String name, Shape.ListOf list, JsonNode value) {
        Values.expectArray(value);
        for (int i = 0; i < value.size(); i++) {
            try {
                write(name, null, list.element().shape(), value.get(i));
            } catch (InvalidRequestException e) {
                throw e.in(Integer.toString(i));
            }
        }
    }

    private void writeEntries(String name, Shape.MapOf map, JsonNode value) {
        Values.expectObject(value);
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            begin(name, null);
            String keyName = Objects.requireNonNullElse(map.keyName(), "key");
            begin(keyName, null);
            escape(entry.getKey());
            end(keyName);
            try {
                write(
                        Objects.requireNonNullElse(map.valueName(), "value"),
                        null,
                        map.value().shape(),
                        entry.getValue());
            } catch (InvalidRequestException e) {
                throw e.in(entry.getKey());
            }
            end(name);
        }
    }

    private void open(String name, @Nullable String namespace) {
        xml.append('<').append(name);
        if (namespace != null) {
            int equals = namespace.indexOf('=');
            boolean prefixed = equals > 0 && namespace.indexOf(':') > equals;
            xml.append(prefixed ? " xmlns:" + namespace.substring(0, equals) : " xmlns")
                    .append("=\"")
                    .append(prefixed ? namespace.substring(equals + 1) : namespace)
                    .append('"');
        }
    }

    void begin(String name, @Nullable String namespace) {
        open(name, namespace);
        xml.append('>');
    }

    void end(String name) {
        xml.append("</").append(name).append('>');
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '"' -> xml.append("&quot;");
                case '\r' -> xml.append("&#xD;");
                case '\n' -> xml.append("&#xA;");
                case '\u0085' -> xml.append("&#x85;");
                case '\u2028' -> xml.append("&#x2028;");
                default -> xml.append(character);
            }
        }
    }
}
