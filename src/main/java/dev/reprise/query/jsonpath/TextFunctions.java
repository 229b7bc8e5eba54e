package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.query.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.StringTokenizer;

/** {@code States.Format}, {@code States.StringSplit}, {@code States.Hash} and the Base64 functions. */
final class TextFunctions {

    /** AWS's bound on what is encoded, decoded and hashed, in characters. */
    private static final int LONGEST = 10_000;

    private TextFunctions() {}

    /**
     * Each {@code {}} of the template gives way to the next argument; <code>\{</code> and <code>\}</code> stand for
     * themselves. An object or an array is written as Java writes a map or a list.
     */
    static JsonNode format(Arguments arguments) {
        String template = arguments.string(0);
        arguments.burnCharacters(template.length());
        StringBuilder out = new StringBuilder();
        int next = 1;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '\\' && i + 1 < template.length() && "'\\{}".indexOf(template.charAt(i + 1)) >= 0) {
                out.append(template.charAt(++i));
            } else if (c == '{' && template.startsWith("{}", i)) {
                if (next == arguments.size()) {
                    throw mismatch(template, arguments.size() - 1);
                }
                JavaText.append(arguments.any(next++), out, arguments.fuel());
                i++;
            } else {
                out.append(c);
            }
        }
        if (next < arguments.size()) {
            throw mismatch(template, arguments.size() - 1);
        }
        return TextNode.valueOf(out.toString());
    }

    private static FunctionFailure mismatch(String template, int values) {
        return new FunctionFailure(
                "The number of placeholders in '" + template + "' does not match the number of values: " + values);
    }

    /** Each character of the second argument separates; empty parts are left out. */
    static JsonNode split(Arguments arguments) {
        String text = arguments.string(0);
        String separators = arguments.string(1);
        arguments.burnCharacters((long) text.length() * (1 + separators.length()));
        StringTokenizer parts = new StringTokenizer(text, separators);
        ArrayNode split = JsonNodeFactory.instance.arrayNode();
        while (parts.hasMoreTokens()) {
            arguments.burnElements(1);
            split.add(parts.nextToken());
        }
        return split;
    }

    static JsonNode base64Encode(Arguments arguments) {
        byte[] bytes = bounded(arguments.string(0), arguments).getBytes(StandardCharsets.UTF_8);
        return TextNode.valueOf(Base64.getEncoder().encodeToString(bytes));
    }

    static JsonNode base64Decode(Arguments arguments) {
        String encoded = bounded(arguments.string(0), arguments);
        try {
            return TextNode.valueOf(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new FunctionFailure("The value is not valid Base64: " + e.getMessage());
        }
    }

    /** Hexadecimal digest of the UTF-8 text. */
    static JsonNode hash(Arguments arguments) {
        JsonNode data = arguments.any(0);
        String text = data.isTextual() ? data.textValue() : arguments.shown(0);
        String bounded = bounded(text, arguments);
        try {
            return TextNode.valueOf(Digests.hexadecimal(bounded, arguments.string(1)));
        } catch (IllegalArgumentException e) {
            throw new FunctionFailure(String.valueOf(e.getMessage()));
        }
    }

    private static String bounded(String text, Arguments arguments) {
        if (text.length() > LONGEST) {
            throw new FunctionFailure(
                    "The value must not be longer than " + LONGEST + " characters, but has " + text.length());
        }
        arguments.burnCharacters(text.length());
        return text;
    }
}
