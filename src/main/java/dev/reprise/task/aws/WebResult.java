package dev.reprise.task.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.asl.FiniteJsonFactory;
import dev.reprise.task.aws.protocol.WireAnswer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The answer of an API as a task's result: {@code Headers}, {@code ResponseBody}, {@code StatusCode}, {@code
 * StatusText}.
 */
final class WebResult {

    private static final JsonMapper JSON = JsonMapper.builder(new FiniteJsonFactory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What codes mean, where the answer itself does not say. RFC 9110, section 15. */
    private static final Map<Integer, String> TEXTS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(202, "Accepted"),
            Map.entry(203, "Non-Authoritative Information"),
            Map.entry(204, "No Content"),
            Map.entry(205, "Reset Content"),
            Map.entry(206, "Partial Content"),
            Map.entry(301, "Moved Permanently"),
            Map.entry(302, "Found"),
            Map.entry(303, "See Other"),
            Map.entry(304, "Not Modified"),
            Map.entry(307, "Temporary Redirect"),
            Map.entry(308, "Permanent Redirect"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(409, "Conflict"),
            Map.entry(410, "Gone"),
            Map.entry(422, "Unprocessable Entity"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"));

    private WebResult() {}

    /**
     * The result.
     *
     * @param text the answer's body
     * @param nameOfHeader what becomes of a header's name, which the HTTP client gives in lower case
     */
    static JsonNode of(WireAnswer answer, String text, UnaryOperator<String> nameOfHeader) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ObjectNode headers = result.putObject("Headers");
        answer.headers().forEach((name, values) -> {
            // HTTP 2 has such names, and no application has sent them.
            if (!name.startsWith(":")) {
                ArrayNode all = headers.putArray(nameOfHeader.apply(name));
                values.forEach(all::add);
            }
        });
        result.set("ResponseBody", body(text));
        result.put("StatusCode", answer.status());
        result.put("StatusText", statusText(answer.status()));
        return result;
    }

    static String statusText(int status) {
        return TEXTS.getOrDefault(status, "");
    }

    /** JSON where it is JSON. */
    static JsonNode body(String text) {
        if (text.isBlank()) {
            return TextNode.valueOf(text);
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    /** The answer's body as text; null when it is none. */
    static @Nullable String text(WireAnswer answer) {
        if (isBinary(answer)) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(answer.body()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /**
     * What the answer says of a failure: its body, with U+FFFD for what is no UTF-8; nothing when it is no text at all.
     */
    static String cause(WireAnswer answer) {
        return isBinary(answer) ? "" : new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static boolean isBinary(WireAnswer answer) {
        String type = answer.header("content-type");
        String kind = type == null ? "" : type.toLowerCase(Locale.ROOT);
        return kind.startsWith("image/")
                || kind.startsWith("audio/")
                || kind.startsWith("video/")
                || kind.startsWith("application/octet-stream");
    }
}
