package dev.reprise.task.aws.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.task.aws.model.Member;
import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.model.Shape;
import dev.reprise.task.aws.model.Shape.TimeFormat;
import dev.reprise.task.aws.model.Structure;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the REST protocols have in common: members in the path, the query and headers. */
final class RestRequests {

    private static final Pattern LABEL = Pattern.compile("\\{([^}+]+)(\\+?)}");

    private RestRequests() {}

    /** A request that has all but its body. */
    static WireRequest.Builder begin(Operation operation, JsonNode input, Supplier<String> tokens) {
        Values.expectObject(input);
        Structure structure = operation.input();
        for (String name : (Iterable<String>) input::fieldNames) {
            if (structure.member(name) == null) {
                throw InvalidRequestException.unknown(name);
            }
        }
        WireRequest.Builder request = new WireRequest.Builder(operation.method());
        String uri = operation.uri();
        int question = uri.indexOf('?');
        request.path(path(question < 0 ? uri : uri.substring(0, question), structure, input));
        if (question >= 0) {
            for (String parameter : uri.substring(question + 1).split("&", -1)) {
                int equals = parameter.indexOf('=');
                request.query(
                        equals < 0 ? parameter : parameter.substring(0, equals),
                        equals < 0 ? "" : parameter.substring(equals + 1));
            }
        }
        for (Member member : structure.members()) {
            JsonNode value = value(member, input, tokens);
            if (value != null) {
                try {
                    write(member, value, request);
                } catch (InvalidRequestException e) {
                    throw e.in(member.name());
                }
            }
        }
        return request;
    }

    /** Null when it is not sent. */
    static @Nullable JsonNode value(Member member, JsonNode input, Supplier<String> tokens) {
        JsonNode value = input.get(member.name());
        if (value == null || value.isNull()) {
            return member.isIdempotencyToken() ? TextNode.valueOf(tokens.get()) : null;
        }
        return value;
    }

    private static String path(String template, Structure structure, JsonNode input) {
        Matcher label = LABEL.matcher(template);
        StringBuilder path = new StringBuilder();
        while (label.find()) {
            label.appendReplacement(
                    path,
                    Matcher.quoteReplacement(
                            label(label.group(1), !label.group(2).isEmpty(), structure, input)));
        }
        return label.appendTail(path).toString();
    }

    private static String label(String wireName, boolean greedy, Structure structure, JsonNode input) {
        for (Member member : structure.members()) {
            if (member.place() == Member.Place.PATH && member.wireName().equals(wireName)) {
                JsonNode value = input.path(member.name());
                String text = value.isMissingNode() || value.isNull()
                        ? ""
                        : ScalarText.write(member.shape(), value, TimeFormat.ISO);
                if (text.isEmpty()) {
                    throw InvalidRequestException.missing(member.name());
                }
                return Percent.encode(text, greedy);
            }
        }
        throw new IllegalStateException("The table has no member for the label {" + wireName + "}");
    }

    private static void write(Member member, JsonNode value, WireRequest.Builder request) {
        switch (member.place()) {
            case HEADER -> request.header(member.wireName(), HeaderText.write(member.shape(), value));
            case HEADERS -> {
                Values.expectObject(value);
                for (Map.Entry<String, JsonNode> entry : value.properties()) {
                    request.header(
                            member.wireName() + entry.getKey(),
                            HeaderText.write(Shape.Scalar.STRING, entry.getValue()));
                }
            }
            case QUERY -> writeQuery(member.wireName(), member.shape(), value, request);
            case BODY, PATH, STATUS -> {}
        }
    }

    private static void writeQuery(String name, Shape shape, JsonNode value, WireRequest.Builder request) {
        switch (shape) {
            case Shape.ListOf list -> {
                Values.expectArray(value);
                value.forEach(each -> writeQuery(name, list.element().shape(), each, request));
            }
            case Shape.MapOf map -> {
                Values.expectObject(value);
                for (Map.Entry<String, JsonNode> entry : value.properties()) {
                    // A parameter of the model comes before one that happens to have its name.
                    if (!request.hasQuery(entry.getKey())) {
                        writeQuery(entry.getKey(), map.value().shape(), entry.getValue(), request);
                    }
                }
            }
            case Shape.Scalar scalar -> request.query(name, ScalarText.write(shape, value, TimeFormat.ISO));
            case Shape.Time time -> request.query(name, ScalarText.write(shape, value, TimeFormat.ISO));
            case Structure structure -> throw new InvalidRequestException("can't be sent");
        }
    }
}
