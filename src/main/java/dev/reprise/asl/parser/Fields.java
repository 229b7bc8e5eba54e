package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of an object that has been checked.
 *
 * @param object where they stand
 * @param language the query language of the state
 */
record Fields(ObjectNode object, QueryLanguage language) {

    private static final ObjectNode NONE = JsonNodeFactory.instance.objectNode();

    /** The fields of an object inside this one; none when it is absent. */
    Fields inner(String name) {
        return new Fields(object.get(name) instanceof ObjectNode inner ? inner : NONE, language);
    }

    boolean has(String name) {
        return object.has(name);
    }

    /** A JSON value as it stands; null when absent. */
    @Nullable
    JsonNode json(String name) {
        return object.get(name);
    }

    /** An object as it stands; null when absent. */
    @Nullable
    ObjectNode objectNode(String name) {
        return (ObjectNode) object.get(name);
    }

    /** A string; null when absent. */
    @Nullable
    String text(String name) {
        JsonNode value = object.get(name);
        return value == null ? null : value.textValue();
    }

    /** A string that is there. */
    String requiredText(String name) {
        return object.path(name).asText();
    }

    /** A path: {@code otherwise} when absent, null when the file says null. */
    @Nullable
    String path(String name, String otherwise) {
        JsonNode value = object.get(name);
        return value == null ? otherwise : value.textValue();
    }

    /** Written down, selected by the field's {@code …Path} twin, or computed by JSONata; null when absent. */
    @Nullable
    Value value(String name) {
        JsonNode value = object.get(name);
        if (value == null) {
            String path = text(name + "Path");
            return path == null ? null : new Value.Path(path);
        }
        return value(value);
    }

    private Value value(JsonNode value) {
        return language == QueryLanguage.JSONATA && Jsonata.isExpression(value)
                ? new Value.Jsonata(Jsonata.expression(value))
                : new Value.Literal(value);
    }

    /** A constant of an enum; {@code otherwise} when absent. */
    <E extends Enum<E>> E choice(String name, E otherwise) {
        String value = text(name);
        return value == null ? otherwise : Enum.valueOf(otherwise.getDeclaringClass(), value);
    }

    /** The elements of an array of objects; none when it is absent. */
    List<Fields> elements(String name) {
        List<Fields> elements = new ArrayList<>();
        for (JsonNode element : object.path(name)) {
            elements.add(new Fields((ObjectNode) element, language));
        }
        return elements;
    }

    /** The elements of an array of strings; none when it is absent. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : object.path(name)) {
            texts.add(element.asText());
        }
        return texts;
    }
}
