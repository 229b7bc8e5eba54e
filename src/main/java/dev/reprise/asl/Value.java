package dev.reprise.asl;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A field's value that is either written down or computed when the state runs: ASL spells the three forms
 * {@code Seconds: 5}, {@code SecondsPath: "$.delay"} and {@code Seconds: "{% $delay %}"}.
 *
 * @see <a href="https://states-language.net/#ref-paths">ASL, Reference paths</a>
 */
public sealed interface Value {

    /** A value as it stands in the definition. */
    record Literal(JsonNode json) implements Value {}

    /**
     * The text of a {@code …Path} field: a path into the input, a variable, the context object, or an intrinsic
     * function where ASL allows one.
     */
    record Path(String text) implements Value {}

    /** A JSONata expression, without its {@code {% %}} delimiters. */
    record Jsonata(String expression) implements Value {}
}
