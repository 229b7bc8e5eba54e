package dev.reprise.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays JSON out: two spaces a level, members in their order, numbers as they are written; what is short stands on one
 * line, but for objects that hold objects. Laid out once, a text is laid out for good.
 */
final class JsonFormatter {

    private static final int WIDTH = 110;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private sealed interface Value {

        record Plain(String text) implements Value {}

        record Array(List<Value> elements) implements Value {}

        record Obj(List<Member> members) implements Value {}
    }

    private record Member(String name, Value value) {}

    private final StringBuilder text = new StringBuilder();

    private JsonFormatter() {}

    /** @throws CommandException when the text is no JSON, or an object has two members of one name */
    static String format(String json) {
        JsonFormatter formatter = new JsonFormatter();
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() == null) {
                throw new CommandException("There is no JSON in it");
            }
            formatter.write(read(parser), "", 0);
            if (parser.nextToken() != null) {
                throw new CommandException("More follows the JSON");
            }
        } catch (JsonProcessingException e) {
            throw new CommandException("line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("Reading memory failed", e);
        }
        return formatter.text.append('\n').toString();
    }

    private static Value read(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                List<Member> members = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.add(new Member(name, read(parser)));
                }
                return new Value.Obj(members);
            }
            case START_ARRAY -> {
                List<Value> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(read(parser));
                }
                return new Value.Array(elements);
            }
            case VALUE_STRING -> {
                return new Value.Plain(quoted(parser.getText()));
            }
            default -> {
                return new Value.Plain(parser.getText());
            }
        }
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /** @param before how many columns stand on the line already, the indent included */
    private void write(Value value, String indent, int before) {
        if (mayStandOnOneLine(value)) {
            String line = line(value);
            if (before + line.length() <= WIDTH || value instanceof Value.Plain) {
                text.append(line);
                return;
            }
        }
        String inner = indent + "  ";
        switch (value) {
            case Value.Plain plain -> text.append(plain.text());
            case Value.Array array -> {
                text.append('[');
                for (int i = 0; i < array.elements().size(); i++) {
                    text.append(i == 0 ? "\n" : ",\n").append(inner);
                    write(array.elements().get(i), inner, inner.length());
                }
                text.append('\n').append(indent).append(']');
            }
            case Value.Obj object -> {
                text.append('{');
                for (int i = 0; i < object.members().size(); i++) {
                    Member member = object.members().get(i);
                    String name = quoted(member.name()) + ": ";
                    text.append(i == 0 ? "\n" : ",\n").append(inner).append(name);
                    write(member.value(), inner, inner.length() + name.length());
                }
                text.append('\n').append(indent).append('}');
            }
        }
    }

    private static boolean mayStandOnOneLine(Value value) {
        return switch (value) {
            case Value.Plain plain -> true;
            case Value.Array array -> array.elements().stream().allMatch(JsonFormatter::mayStandOnOneLine);
            case Value.Obj object ->
                object.members().stream()
                        .noneMatch(member -> member.value() instanceof Value.Obj inner
                                        && !inner.members().isEmpty()
                                || !mayStandOnOneLine(member.value()));
        };
    }

    private static String line(Value value) {
        return switch (value) {
            case Value.Plain plain -> plain.text();
            case Value.Array array ->
                "["
                        + String.join(
                                ", ",
                                array.elements().stream()
                                        .map(JsonFormatter::line)
                                        .toList()) + "]";
            case Value.Obj object ->
                object.members().isEmpty()
                        ? "{}"
                        : "{ "
                                + String.join(
                                        ", ",
                                        object.members().stream()
                                                .map(member -> quoted(member.name()) + ": " + line(member.value()))
                                                .toList())
                                + " }";
        };
    }
}
