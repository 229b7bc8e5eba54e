package dev.reprise.query.jsonata.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;

/** An expression cannot be evaluated. Its text is the reference implementation's, which is AWS's. */
public final class JsonataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String template;
    private @Nullable String token;
    private String value = "undefined";
    private String value2 = "undefined";
    private @Nullable String type;
    private int index;

    private JsonataException(String code, String template) {
        super(template, null, false, false);
        this.code = code;
        this.template = template;
    }

    /** The error {@code code}, such as {@code T2001}. */
    public static JsonataException of(String code) {
        return new JsonataException(code, Messages.of(code));
    }

    /** An error whose text is the author's own. */
    public static JsonataException ofAuthor(String code, String text) {
        return new JsonataException(code, Messages.quoted(text));
    }

    /** An error without a code. */
    public static JsonataException withoutCode(String text) {
        return new JsonataException("", Messages.quoted(text));
    }

    /** A value is, or is about to become, larger than an evaluation may make it. */
    public static JsonataException tooLarge() {
        return withoutCode("Expression evaluation memory limit exceeded: Check for excessive memory usage");
    }

    /** The evaluation has no fuel left. */
    public static JsonataException tooLong() {
        return withoutCode("Expression evaluation timeout: Check for infinite loop");
    }

    /** Calls or values are nested deeper than they may be. */
    public static JsonataException deep(int depth, int deepest) {
        return withoutCode(tooDeep(depth, deepest));
    }

    /** The text of {@link #deep}. */
    public static String tooDeep(int depth, int deepest) {
        return "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as"
                + " tail-recursive. Depth="
                + depth + " max=" + deepest;
    }

    /** The text shows this value. */
    public JsonataException value(@Nullable JsonNode shown) {
        value = shown(shown);
        return this;
    }

    /** The text shows this second value. */
    public JsonataException value2(@Nullable JsonNode shown) {
        value2 = shown(shown);
        return this;
    }

    /** The text shows this text as its value. */
    public JsonataException text(String shown) {
        return value(TextNode.valueOf(shown));
    }

    /** The text names this function or operator. */
    public JsonataException token(@Nullable String name) {
        token = name;
        return this;
    }

    /** The text tells which argument it is about, from 1. */
    public JsonataException index(int argument) {
        index = argument;
        return this;
    }

    /** The text tells of which type elements are to be. */
    public JsonataException type(String elements) {
        type = elements;
        return this;
    }

    /** The same error, which happened in the function {@code name} unless it is known better. */
    public JsonataException in(@Nullable String name) {
        token = token == null ? name : token;
        return this;
    }

    /** Such as {@code T2001}; empty for an error without a code. */
    public String code() {
        return code;
    }

    /** What happened, without the code. */
    public String text() {
        return template.replace("{index}", String.valueOf(index))
                .replace(
                        "{type}",
                        type == null ? "undefined" : TextNode.valueOf(type).toString())
                .replace("{name}", String.valueOf(token))
                .replace(
                        "{token}",
                        token == null ? "undefined" : TextNode.valueOf(token).toString())
                .replace("{value2}", value2)
                .replace("{value}", value)
                .replace("{\u0000}", "{");
    }

    /** A value as JSON, cut off where it is long. */
    private static String shown(@Nullable JsonNode value) {
        if (value == null || value.isPojo()) {
            return "undefined"; // A function is.
        }
        return Messages.quoted(ShownValue.of(value));
    }
}
