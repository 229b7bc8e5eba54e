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

/**
 * A form in the making, as the query protocol and that of EC2 have it: values in structures are named by their path,
 * such as {@code Tags.member.1.Key}. Not thread-safe.
 */
final class FormWriter {

    private final StringBuilder form = new StringBuilder();
    private final boolean ec2;
    private final Supplier<String> tokens;

    /** @param ec2 whether names are those of the EC2 protocol */
    FormWriter(boolean ec2, Supplier<String> tokens) {
        this.ec2 = ec2;
        this.tokens = tokens;
    }

    byte[] bytes() {
        return form.toString().getBytes(StandardCharsets.US_ASCII);
    }

    FormWriter add(String name, String value) {
        if (!form.isEmpty()) {
            form.append('&');
        }
        form.append(Percent.encode(name, false)).append('=').append(Percent.encode(value, false));
        return this;
    }

    /** @param prefix empty at the top */
    void writeStructure(String prefix, Structure structure, JsonNode value) {
        Values.expectObject(value);
        for (String field : (Iterable<String>) value::fieldNames) {
            if (structure.member(field) == null) {
                throw InvalidRequestException.unknown(field);
            }
        }
        for (Member member : structure.members()) {
            JsonNode part = RestRequests.value(member, value, tokens);
            if (part != null) {
                try {
                    writeMember(prefix, member, part);
                } catch (InvalidRequestException e) {
                    throw e.in(member.name());
                }
            }
        }
    }

    private void writeMember(String prefix, Member member, JsonNode value) {
        String name = nameOf(member);
        // A list without an envelope is named by its elements.
        if (!ec2 && member.isFlat() && member.shape() instanceof Shape.ListOf list && list.elementName() != null) {
            name = list.elementName();
        }
        write(prefix.isEmpty() ? name : prefix + "." + name, member.shape(), member.isFlat(), value);
    }

    private String nameOf(Member member) {
        if (!ec2) {
            return member.wireName();
        }
        return member.ec2Name() != null
                ? member.ec2Name()
                : Character.toUpperCase(member.wireName().charAt(0))
                        + member.wireName().substring(1);
    }

    private void write(String name, Shape shape, boolean flat, JsonNode value) {
        switch (shape) {
            case Structure structure -> writeStructure(name, structure, value);
            case Shape.ListOf list -> writeList(name, list, flat, value);
            case Shape.MapOf map -> writeMap(name, map, flat, value);
            case Shape.Scalar scalar -> add(name, ScalarText.write(shape, value, TimeFormat.ISO));
            case Shape.Time time -> add(name, ScalarText.write(shape, value, TimeFormat.ISO));
        }
    }

    private void writeList(String name, Shape.ListOf list, boolean flat, JsonNode value) {
        Values.expectArray(value);
        if (value.isEmpty() && !ec2) {
            add(name, "");
        }
        String prefix = ec2 || flat ? name : name + "." + Objects.requireNonNullElse(list.elementName(), "member");
        for (int i = 0; i < value.size(); i++) {
            try {
                write(prefix + "." + (i + 1), list.element().shape(), false, value.get(i));
            } catch (InvalidRequestException e) {
                throw e.in(Integer.toString(i));
            }
        }
    }

    private void writeMap(String name, Shape.MapOf map, boolean flat, JsonNode value) {
        Values.expectObject(value);
        String prefix = ec2 || flat ? name : name + ".entry";
        int number = 0;
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            String each = prefix + "." + ++number + ".";
            add(each + Objects.requireNonNullElse(map.keyName(), "key"), entry.getKey());
            try {
                write(
                        each + Objects.requireNonNullElse(map.valueName(), "value"),
                        map.value().shape(),
                        false,
                        entry.getValue());
            } catch (InvalidRequestException e) {
                throw e.in(entry.getKey());
            }
        }
    }
}
