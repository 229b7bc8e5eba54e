package dev.reprise.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;

/** {@code States.Format}, {@code States.StringSplit}, {@code States.Hash} and the Base64 functions. */
final class TextFunctions {

    /** AWS's bound on what is encoded, decoded and hashed, in characters. */
    private static final int LONGEST = 10_000;

    private static final Set<String> ALGORITHMS = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    private TextFunctions() {}

    /** Each {@code {}} of the template gives way to the next argument; <code>\{</code> and <code>\}</code> stand for themselves. */
    static JsonNode format(List<JsonNode> arguments, Environment environment) {
        String template = Arguments.string(arguments, 0);
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
                out.append(text(arguments.get(next++)));
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

    private static IntrinsicCall.Failure mismatch(String template, int values) {
        return new IntrinsicCall.Failure(
                "The number of placeholders in '" + template + "' does not match the number of values: " + values);
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    /** Each character of the second argument separates; empty parts are left out. */
    static JsonNode split(List<JsonNode> arguments, Environment environment) {
        StringTokenizer parts = new StringTokenizer(Arguments.string(arguments, 0), Arguments.string(arguments, 1));
        ArrayNode split = JsonNodeFactory.instance.arrayNode();
        while (parts.hasMoreTokens()) {
            split.add(parts.nextToken());
        }
        return split;
    }

    static JsonNode base64Encode(List<JsonNode> arguments, Environment environment) {
        byte[] bytes = bounded(Arguments.string(arguments, 0)).getBytes(StandardCharsets.UTF_8);
        return TextNode.valueOf(Base64.getEncoder().encodeToString(bytes));
    }

    static JsonNode base64Decode(List<JsonNode> arguments, Environment environment) {
        String encoded = bounded(Arguments.string(arguments, 0));
        try {
            return TextNode.valueOf(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IntrinsicCall.Failure("The value is not valid Base64: " + e.getMessage());
        }
    }

    /** Hexadecimal digest of the UTF-8 text. */
    static JsonNode hash(List<JsonNode> arguments, Environment environment) {
        JsonNode data = arguments.get(0);
        return TextNode.valueOf(digest(bounded(text(data)), Arguments.string(arguments, 1)));
    }

    /** Shared with JSONata's {@code $hash}. */
    static String digest(String data, String algorithm) {
        if (!ALGORITHMS.contains(algorithm)) {
            throw new IntrinsicCall.Failure(
                    "The algorithm must be one of MD5, SHA-1, SHA-256, SHA-384 and SHA-512 but was: " + algorithm);
        }
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(data.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The JDK lacks " + algorithm, e);
        }
    }

    private static String bounded(String text) {
        if (text.length() > LONGEST) {
            throw new IntrinsicCall.Failure(
                    "The value must not be longer than " + LONGEST + " characters, but has " + text.length());
        }
        return text;
    }
}
