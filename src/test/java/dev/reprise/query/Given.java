package dev.reprise.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Random;
import java.util.random.RandomGenerator;

/** An environment written down as JSON. */
public record Given(
        JsonNode input, JsonNode result, JsonNode errorOutput, ObjectNode context, ObjectNode variables, Fuel fuel)
        implements Environment {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public static Given input(String json) {
        return new Given(json(json), null, null, MAPPER.createObjectNode(), MAPPER.createObjectNode(), new Fuel());
    }

    public Given variable(String name, String json) {
        ObjectNode more = variables.deepCopy();
        more.set(name, json(json));
        return new Given(input, result, errorOutput, context, more, fuel);
    }

    public Given context(String json) {
        return new Given(input, result, errorOutput, (ObjectNode) json(json), variables, fuel);
    }

    public Given result(String json) {
        return new Given(input, json(json), errorOutput, context, variables, fuel);
    }

    public Given errorOutput(String json) {
        return new Given(input, result, json(json), context, variables, fuel);
    }

    /** JSON, in which single quotes may stand for double ones. */
    public static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text.indexOf('"') < 0 ? text.replace('\'', '"') : text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Override
    public JsonNode variable(String name) {
        return variables.get(name);
    }

    @Override
    public Instant now() {
        return Instant.parse("2026-11-20T12:00:00.123Z");
    }

    @Override
    public RandomGenerator random() {
        return new Random(42);
    }
}
