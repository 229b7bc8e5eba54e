package dev.reprise.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The syntax of a JSONata expression, as far as it says which names are read where. Literals and operators keep no more than their parts. */
sealed interface JsonataNode {

    /** A bare name: a member of the context value. */
    record Name(String name) implements JsonataNode {}

    /** {@code $name}; {@code $} has the empty name, {@code $$} the name {@code $}. */
    record Variable(String name) implements JsonataNode {}

    /** {@code *}, {@code **} or {@code %}, which look at the context value too. */
    record Wildcard(String symbol) implements JsonataNode {}

    /** A string, number, regular expression, boolean or null. */
    record Literal() implements JsonataNode {}

    /** Parts that are evaluated in the context around them: operators, arrays, argument lists. */
    record Parts(List<JsonataNode> parts) implements JsonataNode {}

    /** {@code left + right} and the like. */
    record Arithmetic(JsonataNode left, JsonataNode right) implements JsonataNode {}

    /** {@code left.right}, {@code left[right]}, {@code left^(right)}, {@code left{right}}: {@code right} sees each value of {@code left} as its context. */
    record Step(JsonataNode left, List<JsonataNode> right) implements JsonataNode {}

    /** {@code (a; b)}: variables bound inside are not seen outside. */
    record Block(List<JsonataNode> expressions) implements JsonataNode {}

    /** {@code $name := value}. */
    record Bind(String name, JsonataNode value) implements JsonataNode {}

    /** {@code left@$name} or {@code left#$name}: the name is bound for the steps that follow. */
    record BindStep(JsonataNode left, String name) implements JsonataNode {}

    /** {@code function($a, $b) { body }}. */
    record Lambda(List<String> parameters, JsonataNode body) implements JsonataNode {}

    /** {@code procedure(arguments)}. */
    record Call(JsonataNode procedure, List<JsonataNode> arguments) implements JsonataNode {}

    /** <code>|pattern|update, delete|</code>, whose pattern sees what the transform is applied to. */
    record Transform(
            JsonataNode pattern,
            JsonataNode update,
            @Nullable JsonataNode delete) implements JsonataNode {}
}
