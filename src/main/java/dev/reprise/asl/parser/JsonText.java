package dev.reprise.asl.parser;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.reprise.asl.Diagnostic.StepFunctionsWording;
import dev.reprise.asl.SourcePosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads JSON, or YAML that says what JSON could, without recursion, and reports what Jackson's own tree passes over:
 * names that an object has twice.
 */
final class JsonText {

    /** Deep enough for a hundred Maps inside each other; shallow enough that whoever walks the tree may recurse. */
    static final int DEEPEST = 500;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxStringLength(Integer.MAX_VALUE)
            .build();

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(CONSTRAINTS)
            .build();

    /** A container that is being filled. */
    private static final class Open {
        final JsonNode node;
        final Place place;

        Open(JsonNode node, Place place) {
            this.node = node;
            this.place = place;
        }
    }

    private final Problems problems;
    private final Deque<Open> open = new ArrayDeque<>();

    private JsonText(Problems problems) {
        this.problems = problems;
    }

    /** The tree; null when the text is not of that format, or empty. */
    static @Nullable JsonNode read(String text, DefinitionFormat format, Problems problems) {
        try (JsonParser parser = parser(text, format)) {
            try {
                return new JsonText(problems).read(parser);
            } catch (JsonProcessingException e) {
                report(e, parser.currentLocation(), problems);
                return null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A string cannot fail to be read", e);
        }
    }

    static JsonParser parser(String text, DefinitionFormat format) throws IOException {
        return switch (format) {
            case JSON -> FACTORY.createParser(text);
            case YAML -> YamlText.parser(text);
        };
    }

    private @Nullable JsonNode read(JsonParser parser) throws IOException {
        JsonNode root = null;
        String name = "";
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (root != null && open.isEmpty()) {
                throw new JsonParseException(
                        parser, "Unexpected text after the end of the document", parser.currentTokenLocation());
            }
            switch (token) {
                case FIELD_NAME -> name = parser.currentName();
                case END_OBJECT, END_ARRAY -> open.pop();
                default -> {
                    JsonNode value = value(parser, token);
                    Place place = add(name, value);
                    if (parser instanceof YAMLParser yaml) {
                        YamlText.check(yaml, place, problems);
                    }
                    root = root == null ? value : root;
                    if (value.isContainerNode()) {
                        open.push(new Open(value, place));
                    }
                }
            }
        }
        return root;
    }

    /** Puts a value where it belongs, and says where that is. */
    private Place add(String name, JsonNode value) {
        Open container = open.peek();
        if (container == null) {
            return Place.ROOT;
        }
        if (container.node instanceof ObjectNode object) {
            Place place = container.place.member(name);
            if (object.replace(name, value) != null) {
                reportDuplicate(name, place, container.place);
            }
            return place;
        }
        ArrayNode array = (ArrayNode) container.node;
        array.add(value);
        return container.place.element(array.size() - 1);
    }

    private void reportDuplicate(String name, Place place, Place container) {
        boolean isState = container.isMember("States");
        problems.error(
                isState ? "DUPLICATE_STATE_NAME" : "INVALID_JSON_DESCRIPTION",
                place,
                isState ? "Duplicate State name: " + name : "Duplicate field '" + name + "'",
                "rename or remove one of the two");
    }

    private static JsonNode value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> NODES.objectNode();
            case START_ARRAY -> NODES.arrayNode();
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> fraction(parser);
            default ->
                throw new JsonParseException(
                        parser, "a definition holds no such value: " + token, parser.currentTokenLocation());
        };
    }

    private static JsonNode whole(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private static JsonNode fraction(JsonParser parser) throws IOException {
        double value = parser.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw new JsonParseException(
                    parser, "Number out of range: " + parser.getText(), parser.currentTokenLocation());
        }
        return NODES.numberNode(value);
    }

    /** People are shown where the mistake begins; Step Functions says how far it had read. */
    private static void report(JsonProcessingException e, JsonLocation read, Problems problems) {
        MarkedYAMLException yaml = e.getCause() instanceof MarkedYAMLException marked ? marked : null;
        String message = yaml == null ? e.getOriginalMessage() : YamlText.message(yaml);
        JsonLocation begins = e.getLocation() == null ? read : e.getLocation();
        problems.unreadable(
                yaml == null ? SourcePosition.of(begins) : YamlText.position(yaml),
                message,
                new StepFunctionsWording(message + "\n at " + read, read.toString()));
    }
}
