package dev.reprise.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** Any JSONPath, evaluated by Jayway, with AWS's rules where the two differ. */
final class JaywaySelector implements PathSelector {

    private static final Configuration CONFIGURATION = Configuration.builder()
            .jsonProvider(new JsonNodeProvider())
            .mappingProvider(new JacksonMappingProvider())
            .options(EnumSet.noneOf(Option.class))
            .build();

    private final String path;
    private final JsonPath compiled;

    private JaywaySelector(String path, JsonPath compiled) {
        this.path = path;
        this.compiled = compiled;
    }

    static JaywaySelector compile(String path) {
        JaywaySyntax.check(path);
        try {
            return new JaywaySelector(path, JsonPath.compile(path));
        } catch (RuntimeException | StackOverflowError e) {
            // Jayway reports most of what is wrong with an InvalidPathException, and some with whatever it stumbled
            // over.
            throw new IllegalArgumentException("'" + path + "' is not a JSONPath: " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable JsonNode select(JsonNode from) {
        try {
            return node(read(from));
        } catch (PathNotFoundException e) {
            // AWS: a path that may select many and finds nothing on its way selects an empty array.
            return definite() ? null : JsonNodeFactory.instance.arrayNode();
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever stops Jayway, a filter that compares what cannot be compared or a path too long for the stack,
            // the path selects nothing.
            return null;
        }
    }

    @Override
    public String whyNothing(JsonNode from) {
        try {
            return "It selects " + read(from);
        } catch (RuntimeException | StackOverflowError e) {
            return JsonNodeProvider.withoutOwnName(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public boolean definite() {
        return compiled.isDefinite();
    }

    private @Nullable Object read(JsonNode from) {
        // Jayway keeps a function's arguments inside the compiled path, so that one cannot be shared between threads.
        JsonPath own = path.indexOf('(') < 0 ? compiled : JsonPath.compile(path);
        return own.read(from, CONFIGURATION);
    }

    /** Path functions, such as {@code length()}, give plain Java values. */
    private static JsonNode node(@Nullable Object value) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        return switch (value) {
            case null -> NullNode.getInstance();
            case JsonNode node -> node;
            case Integer number -> factory.numberNode(number);
            case Long number -> factory.numberNode(number);
            case BigInteger number -> factory.numberNode(number);
            case BigDecimal number -> factory.numberNode(number);
            case Number number -> factory.numberNode(number.doubleValue());
            case Boolean bool -> factory.booleanNode(bool);
            default -> factory.textNode(value.toString());
        };
    }
}
