package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;

/** An expression cannot be evaluated. Its text is the reference implementation's, which is AWS's. */
final class JsonataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_VALUE = 1_000;

    private final String code;
    private final String template;
    private @Nullable String token;
    private String value = "undefined";
    private String value2 = "undefined";
    private String type = "";
    private int index;

    private JsonataException(String code, String template) {
        super(template, null, false, false);
        this.code = code;
        this.template = template;
    }

    /** The error {@code code}, such as {@code T2001}. */
    static JsonataException of(String code) {
        return new JsonataException(code, Messages.of(code));
    }

    /** An error whose text is the author's own. */
    static JsonataException ofAuthor(String code, String text) {
        return new JsonataException(code, Messages.quoted(text));
    }

    /** An error without a code. */
    static JsonataException withoutCode(String text) {
        return new JsonataException("", Messages.quoted(text));
    }

    static JsonataException tooLarge() {
        return withoutCode("Expression evaluation memory limit exceeded: Check for excessive memory usage");
    }

    static JsonataException tooLong() {
        return withoutCode("Expression evaluation timeout: Check for infinite loop");
    }

    static JsonataException deep(int depth, int deepest) {
        return withoutCode(tooDeep(depth, deepest));
    }

    static String tooDeep(int depth, int deepest) {
        return "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as"
                + " tail-recursive. Depth="
                + depth + " max=" + deepest;
    }

    JsonataException value(@Nullable JsonNode shown) {
        value = shown(shown);
        return this;
    }

    JsonataException value2(@Nullable JsonNode shown) {
        value2 = shown(shown);
        return this;
    }

    JsonataException text(String shown) {
        return value(TextNode.valueOf(shown));
    }

    JsonataException token(@Nullable String name) {
        token = name;
        return this;
    }

    JsonataException index(int argument) {
        index = argument;
        return this;
    }

    JsonataException type(String elements) {
        type = elements;
        return this;
    }

    /** The same error, which happened in the function {@code name} unless it is known better. */
    JsonataException in(@Nullable String name) {
        token = token == null ? name : token;
        return this;
    }

    String code() {
        return code;
    }

    /** What happened, without the code. */
    String text() {
        return template.replace("{index}", String.valueOf(index))
                .replace("{type}", TextNode.valueOf(type).toString())
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
        if (value == null || value instanceof FunctionValue) {
            return "undefined";
        }
        return Messages.quoted(Texts.shown(value, LONGEST_VALUE));
    }
}
